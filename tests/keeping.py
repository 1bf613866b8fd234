"""Records to keep and to destroy, for the tests of those commands: old enough, and what the log says of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from kiosk.log.archive import open_history
from kiosk.log.log import open_writer
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter
from tests.typed import Typed

REF: Final = "RC-075 2026-17"
ALLOWED: Final = ("--authorization", REF, "--by", "Dana Ruiz", "--yes")
WHO: Final = ("--reason", "A suit is expected", "--by", "C. Counsel")


def closed(home: Home, year: int = 2020, *, note: str = "Two cars") -> str:
    """A record that was closed on 10 March of that year; its number."""
    return encounter(home, note=note, clock=FixedClock(datetime(year, 3, 10, 12, tzinfo=UTC)))


def mark(typed: Typed, keep: str = "3 years", category: str = "all") -> None:
    """Set how long records are kept."""
    told = typed("log", "retention", "set", category, "--period", keep, "--authority", "A schedule", "--by", "A. Ruiz")
    assert told.code == 0, told


def said(home: Home, kind: EntryKind) -> list[LoggedEntry]:
    """Return the entries of that kind in all logs of the home, oldest first."""
    chain = open_history(home, "live")
    try:
        return [decode(entry) for entry in chain.of_kind(kind)]
    finally:
        chain.close()


def words_of(typed: Typed, no: str) -> str:
    """What the record tells."""
    return typed("log", "show", no).out


@contextmanager
def running_kiosk(home: Home) -> Iterator[None]:
    """A kiosk has the live log open."""
    log = open_writer(home, "live", SystemClock())
    try:
        yield
    finally:
        log.close()
