"""An acknowledged answer beside a raw sqlite3 commit of the same bytes: `answers`, for `tests.benchmarks.log`."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.desk.service import Desk
from kiosk.desk.station import Station
from kiosk.log.log import LogOnDisk, open_writer
from kiosk.log.signing_key import read_signer
from kiosk.protocol.replies import Chosen, Place
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.record.entries import EncodedEntry
from kiosk.record.transparency.checkpoint import sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.benchmarks.lives import pack

ROUNDS = 400
_TABLES = (
    "CREATE TABLE entry (seq INTEGER PRIMARY KEY, header TEXT, leaf BLOB) STRICT",
    "CREATE TABLE disclosure (seq INTEGER, name TEXT, body BLOB) STRICT",
)


class _Raw:
    """Plain sqlite3, as durable as the log: WAL, synchronous=FULL, one commit for one entry, no index, no guard."""

    def __init__(self, path: Path) -> None:
        self.file = sqlite3.connect(path, isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", *_TABLES):
            self.file.execute(statement).fetchall()

    def keep(self, entry: EncodedEntry) -> None:
        """Commit the bytes of one entry."""
        self.file.execute("BEGIN IMMEDIATE")
        self.file.execute("INSERT INTO entry VALUES (?,?,?)", (entry.seq, entry.header, entry.leaf))
        values = ((entry.seq, name, body) for name, body in entry.disclosures)
        self.file.executemany("INSERT INTO disclosure VALUES (?,?,?)", values)
        self.file.execute("COMMIT")


@dataclass(frozen=True)
class Answers:
    """Median milliseconds of an answer at the desk, of the raw commit, and of what the answer spends on signing."""

    answer: float
    raw: float
    signing: float


def answers(home: Home, scratch: Path) -> Answers:
    """Answer over and over at the desk of this home, and commit the same bytes by plain sqlite3 in turn."""
    log = open_writer(home, "live", SystemClock())
    signer, spent = read_signer(home, "live"), []
    with closing(log), closing((raw := _Raw(scratch / "raw.db")).file):
        desk = desk_of(log)
        desk.start_session()
        running = desk.open()  # the same value each time: always the first step, so every answer is as long
        for _ in range(ROUNDS):
            answered = _ms(lambda: desk.answer(running, Place("danger"), Chosen("no")))
            entry = log.last()
            assert entry is not None
            tree = Tree(entry.seq + 1, (entry.leaf,) * (entry.seq + 1).bit_count())
            signed = _ms(lambda: sign_checkpoint(log.origin, tree, signer))  # noqa: B023 - called at once
            spent.append((answered, _ms(lambda: raw.keep(entry)), signed))  # noqa: B023 - called at once
    return Answers(*(statistics.median(column) for column in zip(*spent, strict=True)))


def desk_of(log: LogOnDisk) -> Desk:
    """A desk that writes to this log."""
    of = pack()
    people = {role: (Contact("Dana Example", phone="860-555-0142"),) for role in of.protocol.roles}
    station = Station(
        "Lincoln Elementary School", "Front office", "live", Contacts("Lincoln Elementary School", people)
    )
    return Desk(log, SystemClock(), station, of, pack_by_hash=lambda _: None)


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000
