"""`kiosk log verify` beside merely reading the same rows with the store. `python -m tests.benchmarks.verifying [N]`.

A log of N entries (a million when left out) in encounters of eight, three values each, a checkpoint kept for each
encounter, is made once in a folder of its own and removed at the end. Aim: at most 2.5 times the reading, in memory
that does not grow with N.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from db.migrations.upgrade import create
from db.store import Reader
from kiosk.log.verify import check_log
from kiosk.record.canonical import Json
from kiosk.record.entries import EncodedEntry, Entry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer
from kiosk.system.clock import FixedClock

KIOSK = "00000000-0000-4000-8000-000000000001"
SIGNER = Signer(f"front-office-kiosk/{KIOSK}", bytes(range(32)))
EACH = 8
MANY = 10_000


def entries(first: int, end: int) -> Iterator[EncodedEntry]:
    """Sealed entries, every eighth the closing of an encounter."""
    at = FixedClock().now()
    for seq in range(first, end):
        kind = EntryKind.ENCOUNTER_CLOSED if seq % EACH == EACH - 1 else EntryKind.STEP_ANSWERED
        body: dict[str, Json] = {
            "visit": 1,
            "chosen": f"door-{seq % 3}",
            "field.agency-as-stated": "Some agency or other",
        }
        entry = Entry(kind, body, f"encounter-{seq // EACH}", step="channel", pack="0" * 64)
        yield encode(entry, origin=SIGNER.public.name, seq=seq, event_id=f"event-{seq}", at=at)


def make(path: Path, count: int) -> None:
    """A log of so many entries at `path`, signed as the kiosk signs."""
    empty = sign_checkpoint(SIGNER.public.name, Tree(), SIGNER)
    name = SIGNER.public.name
    create(path, origin=name, created_us=0, log_vkey=str(SIGNER.public), checkpoint=empty)
    tree = Tree()
    with closing(sqlite3.connect(path)) as connection:
        for first in range(0, count, MANY):
            made = list(entries(first, min(first + MANY, count)))
            connection.executemany("INSERT INTO entry VALUES (?,?,?)", [(e.seq, e.header, e.leaf) for e in made])
            values = [(e.seq, name, 0, body) for e in made for name, body in e.disclosures]
            connection.executemany("INSERT INTO disclosure VALUES (?,?,?,?)", values)
            for entry in made:
                tree = tree.grown([entry.leaf])
                if entry.seq % EACH == EACH - 1:
                    checkpoint = sign_checkpoint(name, tree, SIGNER)
                    connection.execute(
                        "INSERT INTO checkpoint VALUES (?,?,?)", (checkpoint.size, checkpoint.root, checkpoint.note)
                    )
            connection.commit()
        checkpoint = sign_checkpoint(name, tree, SIGNER)
        row = (checkpoint.size, checkpoint.root, checkpoint.note, checkpoint.peaks)
        connection.execute("UPDATE newest_checkpoint SET size=?, root=?, note=?, peaks=?", row)
        connection.commit()


def read(path: Path) -> None:
    """Every entry with its values, by the store's own reading."""
    with Reader.open(path) as reader:
        for _ in reader.entries():
            pass


def seconds(work: Callable[[], object]) -> float:
    """How long `work` took by the clock on the wall: what a person waits."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Make the log, read and verify it in turns, and print the ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "live.db"
        make(log, count)
        verdict = check_log(log)
        assert verdict.verified, verdict.problems[:3]
        rounds = [(seconds(lambda: read(log)), seconds(lambda: check_log(log))) for _ in range(2)]
    reading, checking = (min(column) for column in zip(*rounds, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    row = (
        f"{count} entries: read {reading:.1f} s, verify {checking:.1f} s, ratio {checking / reading:.2f}, {memory} MiB"
    )
    print(row)  # noqa: T201 - a benchmark's answer


if __name__ == "__main__":
    main()
