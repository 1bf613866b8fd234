"""A log sent to the district beside a plain copy of the same bytes. `python -m tests.benchmarks.replicating [ENTRIES]`.

The copy is `COPY … FROM STDIN`, which `\\copy` of psql uses, into the same tables with the same indexes, in one
transaction, by a superuser: it checks nothing. The sender reads the log, computes every root, judges the level of each
value, and the server checks every hash and keeps its lists. Both go to one private server on this computer, in turns,
with a store of its own each time. Aim: 2 for the entries, with their roots checked: sent alone for that, then with
their values as the sender does it, where a call waits now and then for the values that are read meanwhile.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from db.district.calls import Answer, Batch, Word
from db.district.connection import Store, connected
from db.district.enrolling import enroll
from db.district.install import install
from db.district.private_server import PrivateServer, private_server
from db.district.publishing import Part
from db.reader import Reader
from kiosk.district.sending.journal import Journal
from kiosk.district.sending.logs import live_logs
from kiosk.district.sending.outbox import Outbox, Values
from kiosk.district.sending.pacing import BackOff
from kiosk.district.sending.process import SWITCH_S
from kiosk.district.sending.roots import Roots
from kiosk.district.sending.sender import Sender
from kiosk.district.sending.wire import Connection, District
from kiosk.district.settings import DistrictSettings, address, read_district, save_district
from kiosk.district.status import read_status
from kiosk.record.disclosure.levels import Classes, Level
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.benchmarks.biglog import big_home, copied

ENTRIES = 100_000
AN_ENCOUNTER = 10
"""Entries."""
ROUNDS = 3
T = TypeVar("T")
SECRET = "a made-up secret"  # noqa: S105 - no secret: of a server that ends with the benchmark


class Once(threading.Event):
    """Ends the sender when it would wait."""

    def wait(self, timeout: float | None = None) -> bool:
        """Say that the end is requested."""
        del timeout
        return True


class Times(NamedTuple):
    """Seconds: by the clock, and of the processor that the server took for this connection."""

    clock: float
    server: float


_NONE = Times(0.0, 0.0)
_TICKS_S = os.sysconf("SC_CLK_TCK")


def used(store: Store) -> float:
    """Seconds of the processor that the server took for this connection."""
    stat = Path(f"/proc/{store.connection.info.backend_pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / _TICKS_S


def timed(store: Store, work: Callable[[], T]) -> tuple[T, Times]:
    """What `work` returns, and what it took."""
    begun, took = time.perf_counter(), used(store)
    found = work()
    return found, Times(time.perf_counter() - begun, used(store) - took)


class Timed:
    """A connection, and what its calls took."""

    def __init__(self, store: Store) -> None:
        self._store, self._inner = store, Connection(store, 600)
        self.entries = self.values = _NONE

    def ingest(self, batch: Batch) -> Answer:
        """Send entries."""
        answer, took = timed(self._store, lambda: self._inner.ingest(batch))
        self.entries = _sum(self.entries, took)
        return answer

    def disclose(self, values: Values) -> Answer:
        """Send values."""
        answer, took = timed(self._store, lambda: self._inner.disclose(values))
        self.values = _sum(self.values, took)
        return answer

    def published(self, known: bytes) -> Part | None:
        """Return what is published: nothing."""
        return self._inner.published(known)


def _sum(one: Times, other: Times) -> Times:
    return Times(one.clock + other.clock, one.server + other.server)


def main(entries: int) -> None:
    """Print the ratios, each the least of the rounds: other programs only ever add."""
    with tempfile.TemporaryDirectory() as folder, private_server() as server:
        home = copied(big_home(entries, entries // AN_ENCOUNTER), Path(folder) / "home")
        sys.setswitchinterval(SWITCH_S)
        rounds = [(*copy(server, home), alone(server, home), *sent(server, home)) for _ in range(ROUNDS)]
    say(f"{entries} entries; seconds by the clock, and of the server's processor")
    names = (
        "copy of entries",
        "copy of values",
        "entries alone",
        "calls with entries",
        "calls with values",
        "sender, all",
    )
    least = [Times(*map(min, zip(*column, strict=True))) for column in zip(*rounds, strict=True)]
    for name, one in zip(names, least, strict=True):
        say(f"  {name:20} {one.clock:6.2f} {one.server:6.2f}")
    (entries_copied, values_copied, entries_alone, entries_sent, values_sent, whole) = least
    floor = _sum(entries_copied, values_copied)
    say(f"entries alone, read and sent, roots checked, against the copy: {_ratio(entries_alone, entries_copied)}")
    say(f"calls with entries, while values are read, against the copy: {_ratio(entries_sent, entries_copied)}")
    say(f"values, hashes checked, lists made, against the copy: {_ratio(values_sent, values_copied)}")
    say(f"all that the sender does against both copies: {_ratio(whole, floor)}")


def say(row: str) -> None:
    """Print a line."""
    print(row, flush=True)  # noqa: T201 - a benchmark's answer


def _ratio(one: Times, floor: Times) -> str:
    return f"{one.clock / floor.clock:.2f} by the clock, {one.server / floor.server:.2f} of the server's processor"


@contextmanager
def a_store(server: PrivateServer) -> Iterator[str]:
    """A database with an empty store."""
    with connected(server.address()) as store:
        store.connection.execute("CREATE DATABASE district")
    try:
        with connected(server.address("district")) as store:
            install(store)
        yield "district"
    finally:
        with connected(server.address()) as store:
            store.connection.execute("DROP DATABASE district WITH (FORCE)")
            store.connection.execute("CHECKPOINT")


def copy(server: PrivateServer, home: Home) -> tuple[Times, Times]:
    """What a copy of the entries takes, and one of their values."""
    with closing(Reader.open(home.log("live"))) as log:
        rows = [*log.entries()]
    entries = "COPY district.entry (log_id, seq, header, leaf) FROM STDIN"
    values = "COPY district.disclosure (log_id, seq, name, encrypted, kept, level, body) FROM STDIN"
    bodies = ((1, row.seq, name, False, False, 1, body) for row in rows for name, body in row.disclosures)
    with a_store(server) as database, connected(server.address(database)) as store:
        first = written(store, entries, _pieces((1, row.seq, row.header, row.leaf) for row in rows))
        return first, written(store, values, _pieces(bodies))


def written(store: Store, statement: str, pieces: list[bytes]) -> Times:
    """What a copy takes, from its first byte until it is committed; the bytes are made before."""

    def write() -> None:
        with store.connection.cursor().copy(statement.encode()) as out:
            for piece in pieces:
                out.write(piece)

    return timed(store, write)[1]


def _pieces(rows: Iterable[tuple[object, ...]]) -> list[bytes]:
    """The rows as the text of a copy, in pieces as psql sends them."""
    lines = [b"\t".join(map(_text, row)) + b"\n" for row in rows]
    return [b"".join(lines[at : at + 100]) for at in range(0, len(lines), 100)]


def _text(value: object) -> bytes:
    match value:
        case bytes():
            return b"\\\\x" + value.hex().encode()
        case bool():
            return b"t" if value else b"f"
        case _:
            return str(value).replace("\\", "\\\\").encode()


def alone(server: PrivateServer, home: Home) -> Times:
    """What it takes to read all entries, compute every root, send them and have them checked: without their values."""
    with enrolled(server, home) as connections, connected(address(home, read_district(home))) as store:
        connections.append(Timed(store))
        return timed(store, lambda: _send_entries(home, connections[-1]))[1]


def _send_entries(home: Home, district: Timed) -> None:
    """One batch is read while the one before it is sent, as the sender does it."""
    with live_logs(home) as logs, ThreadPoolExecutor(1) as ahead:
        ((log, _),) = logs
        outbox = Outbox(log, Level.FULL, Classes(lambda _: None), Roots())
        batch = outbox.entries(0)
        while True:
            following = ahead.submit(outbox.entries, batch.size) if batch.size < outbox.size else None
            answer = district.ingest(batch)
            assert (answer.word, answer.root) == (Word.OK, batch.root), answer
            if following is None:
                return
            batch = following.result()


def sent(server: PrivateServer, home: Home) -> tuple[Times, Times, Times]:
    """What the calls with entries take, those with values, and the whole sender until all is acknowledged."""
    with enrolled(server, home) as connections:

        @contextmanager
        def connect() -> Iterator[District]:
            with connected(address(home, read_district(home))) as store:
                connections.append(Timed(store))
                yield connections[-1]

        begun = time.perf_counter()
        Sender(home, connect, Journal(home, SystemClock()), Once(), BackOff()).run()
        took = time.perf_counter() - begun
    found = read_status(home)
    assert found is not None
    assert (found.failure, found.behind, found.values_behind, found.findings) == (None, 0, 0, ()), found
    (one,) = connections
    return one.entries, one.values, Times(took, one.entries.server + one.values.server)


@contextmanager
def enrolled(server: PrivateServer, home: Home) -> Iterator[list[Timed]]:
    """The home as a desk of a new store, for a block; a list for its connections."""
    with a_store(server) as database:
        with connected(server.address(database)) as store:
            role = enroll(store, "Lincoln", "Front office", Level.FULL, SECRET)
        secret = home.path / "district.secret"
        secret.write_text(SECRET, encoding="utf-8")
        secret.chmod(0o600)
        save_district(home, DistrictSettings("made-up", (str(server.folder),), database, role, secret.name, Level.FULL))
        for path in home.sending.glob("*.json"):
            path.unlink()
        yield []
        with connected(server.address(database)) as store:
            store.connection.execute(f"DROP OWNED BY {role}")
    with connected(server.address()) as store:
        store.connection.execute(f"DROP ROLE {role}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
