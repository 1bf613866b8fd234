"""Entries that a command writes, directly or through the kiosk that is open."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.errors import Exit, KioskError
from kiosk.record.entries import Entry
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


def enter(home: Home, mode: Mode, *entries: Entry) -> int:
    """Record the entries together; return the number of the last once they are durable. Raises as `bootstrap.enter`."""
    return bootstrap.enter(home, mode, SystemClock(), *entries)


def enter_each(home: Home, mode: Mode, entries: Sequence[Entry]) -> None:
    """Record each entry separately, so that many of them never keep the desk waiting."""
    for entry in entries:
        enter(home, mode, entry)


def enter_or_report(home: Home, mode: Mode, entry: Entry, *, what: str, repair: str = "") -> Exit:
    """Record the entry of finished work; return FOUND, after a message, if it can't be recorded.

    what: the work, as in "the log has no entry of WHAT". repair: what the person should do then.
    """
    try:
        enter(home, mode, entry)
    except KioskError as error:
        output.message(f"The log has no entry of {what}. {error.what} {repair}".rstrip())
        return Exit.FOUND
    return Exit.DONE
