"""A home with a log as large as wanted, made of what the desk really writes, signed, and kept for the next run.

`python -m tests.benchmarks.biglog [ENTRIES ENCOUNTERS]` makes one and prints where it lies (a million entries: three
minutes, 2 GB). It is in the folder for temporary files, under a name that says what is in it; whoever wants to write
to one takes `copied`.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import shutil
import sqlite3
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from db import migrations
from db.store import Store
from kiosk.log.log import ensure_log
from kiosk.log.search_index import catch_up
from kiosk.log.signing_key import read_signer
from kiosk.record.entries import Actor, EncodedEntry, Entry, encode
from kiosk.record.entry_kinds import LASTING, EntryKind
from kiosk.record.pack_entries import kept_entry
from kiosk.record.transparency.checkpoint import SignedCheckpoint, sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, Instant
from tests.benchmarks.lives import Life, lives, pack, varied

ENTRIES: Final = 1_000_000
ENCOUNTERS: Final = 100_000
_END: Final = datetime(2026, 9, 1, 12, tzinfo=UTC)
_APART: Final = timedelta(minutes=30)
_BOOT: Final = "00000000-0000-4000-8000-000000000001"
_SESSION: Final = 10  # encounters between a start of the kiosk and its end
_BATCH: Final = 20_000
_MAKE: Final = b"4"  # counted up when other entries are made


def big_home(entries: int = ENTRIES, encounters: int = ENCOUNTERS) -> Home:
    """The home whose live log has so many entries, made when it is not there. To be read only."""
    folder = Path(tempfile.gettempdir()) / "kiosk-benchmarks" / f"{entries}-{encounters}-{_recipe()}"
    if not folder.exists():
        new = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True, mode=0o700)
        _fill(Home(new), entries, encounters)
        new.rename(folder)
    return Home(folder)


def copied(home: Home, folder: Path) -> Home:
    """The same home again, at `folder`, to be written to."""
    shutil.copytree(home.path, folder)
    return Home(folder)


def _recipe() -> str:
    """Changes when the tables do."""
    tables = sorted(Path(migrations.__file__).parent.glob("versions/*.py"))
    return hashlib.sha256(b"".join([_MAKE, *(path.read_bytes() for path in tables)])).hexdigest()[:8]


def _fill(home: Home, entries: int, encounters: int) -> None:
    path = ensure_log(home, "live", FixedClock(_END - _APART * (encounters + 1)))
    signer, tree = read_signer(home, "live"), Tree()
    encoded = _encoded(_written(entries, encounters), signer.public.name)
    with closing(sqlite3.connect(path, isolation_level=None)) as log:
        _unguarded(log)
        for batch in iter(lambda: list(itertools.islice(encoded, _BATCH)), []):
            checkpoints = []
            for entry, lasting in batch:
                tree = tree.grown([entry.leaf])
                if lasting:
                    checkpoints.append(sign_checkpoint(signer.public.name, tree, signer, lasting=True))
            _insert(log, [entry for entry, _ in batch], checkpoints)
        checkpoint = sign_checkpoint(signer.public.name, tree, signer)
        log.execute(
            "UPDATE newest_checkpoint SET size=?, root=?, note=?, peaks=?",
            (checkpoint.size, checkpoint.root, checkpoint.note, checkpoint.peaks),
        )
        _guarded(log)
    with Store.open(path) as store:
        while catch_up(store, _BATCH):
            pass


def _unguarded(log: sqlite3.Connection) -> None:
    """Take guards and indexes off while rows pour in; `_guarded` puts the same ones back."""
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        log.execute(f"PRAGMA {pragma}").fetchall()
    log.execute("CREATE TEMP TABLE taken_off AS SELECT type, name, sql FROM sqlite_master "
                "WHERE sql IS NOT NULL AND type IN ('trigger', 'index')")  # fmt: skip
    for kind, name in log.execute("SELECT type, name FROM taken_off").fetchall():
        log.execute(f"DROP {kind} {name}")
    log.execute("BEGIN")


def _guarded(log: sqlite3.Connection) -> None:
    for (sql,) in log.execute("SELECT sql FROM taken_off").fetchall():
        log.execute(sql)
    log.execute("COMMIT")


def _insert(log: sqlite3.Connection, entries: Sequence[EncodedEntry], checkpoints: Iterable[SignedCheckpoint]) -> None:
    log.executemany("INSERT INTO entry(seq, header, leaf) VALUES (?,?,?)", ((e.seq, e.header, e.leaf) for e in entries))
    values = ((e.seq, name, 0, body) for e in entries for name, body in e.disclosures)
    log.executemany("INSERT INTO disclosure VALUES (?,?,?,?)", values)
    log.executemany(
        "INSERT INTO checkpoint VALUES (?,?,?)",
        ((checkpoint.size, checkpoint.root, checkpoint.note) for checkpoint in checkpoints),
    )


def _encoded(written: Iterator[tuple[Entry, Instant]], origin: str) -> Iterator[tuple[EncodedEntry, bool]]:
    """Each entry as bytes, and whether its checkpoint is kept for good."""
    chance = random.Random(1)  # noqa: S311 - salts of made-up values, the same in every run
    for seq, (entry, at) in enumerate(written):
        event_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        encoded = encode(entry, origin=origin, seq=seq, event_id=event_id, at=at, salt=lambda: chance.randbytes(16))
        yield encoded, entry.kind in LASTING


def _written(entries: int, encounters: int) -> Iterator[tuple[Entry, Instant]]:
    """So many entries of so many encounters: sessions of ten encounters, the pack's words first, and no more."""
    of = pack()
    first = (Entry(EntryKind.SESSION_STARTED, {"before": "none"}, actor=Actor.KIOSK, pack=of.content_hash),
             kept_entry(of.protocol, of.content_hash, of.content))  # fmt: skip
    begun = _END - _APART * encounters
    count = 0
    for n, life in enumerate(_chosen(lives(of), entries, encounters)):
        at = begun + n * _APART
        no = f"{at.year}-{n + 1:04d}"
        around = first if n == 0 else _restarted(of.content_hash) if n % _SESSION == 0 else ()
        for entry in (*around, *varied(life, n, no, str(uuid.UUID(int=n + 1, version=4)))):
            at += timedelta(seconds=20)
            count += 1
            yield entry, _instant(at)
    assert count <= entries, f"{count} entries are more than the {entries} that were asked for"
    for entry in itertools.islice(itertools.cycle(_restarted(of.content_hash)), entries - count):
        yield entry, _instant(_END)


def _chosen(of: Sequence[Life], entries: int, encounters: int) -> Iterator[Life]:
    """Short and long lives in turn, so that they add up to a little less than the entries asked for."""
    short, long = (itertools.cycle(part) for part in (of[: len(of) // 4], of[len(of) // 4 :]))
    longest, used = len(of[-1]), 4
    usual = sum(map(len, of[: len(of) // 4])) / (len(of) // 4)
    for n in range(encounters):
        left = entries - used - longest - 2 * ((encounters - n) // _SESSION + 1)
        more = left / (encounters - n) - usual
        life = next(long if more > 2 or (n % 4 == 0 and more > 0.05) else short)
        used += len(life) + (2 if n % _SESSION == 0 else 0)
        yield life


def _restarted(content_hash: str) -> tuple[Entry, Entry]:
    return (
        Entry(EntryKind.SESSION_ENDED, actor=Actor.KIOSK, pack=content_hash),
        Entry(EntryKind.SESSION_STARTED, {"before": "ended"}, actor=Actor.KIOSK, pack=content_hash),
    )


def _instant(at: datetime) -> Instant:
    wall_us = round(at.timestamp() * 1_000_000)
    return Instant(wall_us, _BOOT, wall_us * 1000 % (1 << 52))


if __name__ == "__main__":
    print(big_home(*(int(word) for word in sys.argv[1:3])).path)  # noqa: T201 - a benchmark's answer
