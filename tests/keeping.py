"""Records to keep and to destroy, for the tests of those commands: old enough, and what the log says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from kiosk.app.bootstrap import append_entry
from kiosk.log.archive import open_history
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.schedule import RetentionRule, read_period, set_rule
from kiosk.settings import Home, Mode
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter
from tests.typed import Typed

REF: Final = "RC-075 2026-17"
ALLOWED: Final = ("--authorization", REF, "--by", "Dana Ruiz", "--yes")
WHO: Final = ("--reason", "A suit is expected", "--by", "C. Counsel")


def closed(home: Home, year: int = 2020, *, note: str = "Two cars") -> str:
    """A record that was closed on 10 March of that year; its number."""
    return encounter(home, note=note, clock=FixedClock(datetime(year, 3, 10, 12, tzinfo=UTC)))


def mark(typed: Typed, keep: str = "3 years", category: str = "all", mode: Mode = "live") -> None:
    """Set how long records are kept, by an entry whose cooling-off is over."""
    rule = RetentionRule(category, read_period(keep), "A schedule", "A. Ruiz", date(2020, 1, 1))
    append_entry(typed.home, mode, SystemClock(), set_rule(rule))


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
