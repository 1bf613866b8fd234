"""Entries that a command writes, or queues for an open kiosk."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.errors import Exit, StoreUnusable
from kiosk.log.pending import pending_of
from kiosk.log.retention_state import holds
from kiosk.record.entries import Entry
from kiosk.record.holds import Hold
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


def enter(home: Home, mode: Mode, *entries: Entry, later: str) -> bool:
    """Write the entries together, or queue them and print `later`; return whether they are written.

    Raises StoreUnusable when neither is possible.
    """
    written = bootstrap.enter(home, mode, SystemClock(), *entries)
    if not written:
        output.message(later)
    return written


def enter_each(home: Home, mode: Mode, entries: Sequence[Entry], later: str = "") -> bool:
    """Do the same as `enter` for each entry separately; print `later` at most once."""
    written = [bootstrap.enter(home, mode, SystemClock(), entry) for entry in entries]
    if not all(written) and later:
        output.message(later)
    return all(written)


def enter_or_report(home: Home, mode: Mode, entry: Entry, *, later: str, what: str, repair: str = "") -> Exit:
    """Do the same as `enter` for finished work; return FOUND, after a message, if the entry can't be written.

    what: the work, as in "the log has no entry of WHAT". repair: what the person should do then.
    """
    try:
        enter(home, mode, entry, later=later)
    except StoreUnusable as error:
        output.message(f"The log has no entry of {what}. {error.what} {repair}".rstrip())
        return Exit.FOUND
    return Exit.DONE


def legal_holds(home: Home, mode: Mode) -> tuple[Hold, ...]:
    """Return the holds in force, with pending ones. Raises StoreUnusable."""
    return holds(home, mode, SystemClock().now(), pending_of(home, mode).waiting())
