"""Entries that a command writes, and what is said when an open kiosk will record them later."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.errors import Exit, StoreUnusable
from kiosk.log.retention_state import holds
from kiosk.record.entries import Entry
from kiosk.record.holds import Hold
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


def enter(home: Home, mode: Mode, *entries: Entry, later: str) -> bool:
    """Write the entries together, or leave them for the open kiosk and print `later`; whether they are written.

    Raises StoreUnusable when neither can be done.
    """
    written = bootstrap.enter(home, mode, SystemClock(), *entries)
    if not written:
        output.message(later)
    return written


def enter_each(home: Home, mode: Mode, entries: Sequence[Entry], later: str = "") -> bool:
    """As `enter`, each on its own; `later` is printed once, if at all."""
    written = [bootstrap.enter(home, mode, SystemClock(), entry) for entry in entries]
    if not all(written) and later:
        output.message(later)
    return all(written)


def enter_or_report(home: Home, mode: Mode, entry: Entry, *, later: str, what: str, repair: str = "") -> Exit:
    """As `enter`, for what is done already: FOUND, with a message, when the log could not get the entry.

    what: the thing done, as in "the log has no entry of WHAT"; repair: what the person should do then.
    """
    try:
        enter(home, mode, entry, later=later)
    except StoreUnusable as error:
        output.message(f"The log has no entry of {what}. {error.what} {repair}".rstrip())
        return Exit.FOUND
    return Exit.DONE


def legal_holds(home: Home, mode: Mode) -> tuple[Hold, ...]:
    """The holds in force, pending ones among them."""
    return holds(home, mode, SystemClock().now(), bootstrap.pending_of(home, mode).waiting())
