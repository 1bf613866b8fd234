"""Log-ins as entries: success, failure, end, what was looked at, and the wait after failures.

The wait follows from the entries alone, so it is the same at the screen and for a command, and survives a restart.
It only delays a log-in; nothing at the desk asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.people import Person
from kiosk.system.clock import Instant
from kiosk.worded import Worded

FREE: Final = 2
"""Failures without a wait: people mistype."""

FIRST_S: Final = 2
"""The wait after one more failure, in seconds; it doubles with each further one."""

LONGEST_S: Final = 300
"""The longest wait, in seconds."""

MOST: Final = 12
"""Failures that matter: with these, the wait is the longest."""


class Ended(Worded):
    """Why a log-in at the screen ended. The words follow "because"."""

    LEFT = "left", "the person left the records"
    IDLE = "idle", "no key was pressed for some time"
    CLOSED = "closed", "the program was closed"


class Viewed(Worded):
    """What a person looked at. The words follow the name."""

    LIST = "list", "listed records"
    SEARCH = "search", "searched the records"
    RECORD = "record", "read the record"
    AUDIT = "audit", "read the audit trail"
    REPORT = "report", "read a report"


def wait_s(failures: int) -> int:
    """Return the seconds to wait after so many failures since the last success."""
    return 0 if failures <= FREE else min(LONGEST_S, FIRST_S << min(failures - FREE - 1, MOST))


def seconds_left(failures: Iterable[Instant], now: Instant) -> int:
    """Return the seconds until the next log-in may be tried. failures: since the last success, newest first."""
    times = [*failures]
    if not times:
        return 0
    elapsed = _elapsed_s(times[0], now)
    # After a restart with a clock that was set back, nobody knows the time between; it must not lock a person out.
    return 0 if elapsed < 0 else max(0, -int(-(wait_s(len(times)) - elapsed) // 1))


def _elapsed_s(then: Instant, now: Instant) -> float:
    if then.boot_id and then.boot_id == now.boot_id:
        return (now.boot_ns - then.boot_ns) / 1e9
    return (now.wall_us - then.wall_us) / 1e6


def succeeded(person: Person, where: str) -> Entry:
    """Return the entry about a log-in. where: the command, or the screen."""
    return _entry(EntryKind.LOGIN_SUCCEEDED, {"name": person.name, "role": person.role, "where": where})


def failed(person: Person, where: str) -> Entry:
    """Return the entry about a wrong passphrase."""
    return _entry(EntryKind.LOGIN_FAILED, {"name": person.name, "where": where})


def ended(name: str, why: Ended) -> Entry:
    """Return the entry about the end of a log-in at the screen."""
    return _entry(EntryKind.LOGIN_ENDED, {"name": name, "why": why.value})


def viewed(what: Viewed, *, by: str, no: str = "") -> Entry:
    """Return the entry about a look. no: the record number.

    It has no words of a search: a person may search for what the log must not keep.
    """
    return _entry(EntryKind.RECORD_VIEWED, {"what": what.value, "by": by, **({"no": no} if no else {})})


def _entry(kind: EntryKind, body: dict[str, Json]) -> Entry:
    return Entry(kind, body, actor=Actor.COMMAND)
