"""The entry of a copy that a command wrote: no copy is without its entry."""

from __future__ import annotations

from kiosk.commands.common.entries import enter_or_report
from kiosk.errors import Exit
from kiosk.record.entries import Entry
from kiosk.settings import Home, Mode, typed_path
from kiosk.system.files import remove


def entered_or_removed(home: Home, mode: Mode, entry: Entry, path: str, what: str = "this export") -> Exit:
    """Record a copy in the log; if a person stops that, remove the copy. what: the copy, for a message."""
    try:
        return entered(home, mode, entry, what)
    except KeyboardInterrupt:
        remove(typed_path(path))
        raise


def entered(home: Home, mode: Mode, entry: Entry, what: str = "this export") -> Exit:
    """Record a copy in the log; return FOUND, after a message, if it can't be recorded."""
    return enter_or_report(home, mode, entry, what=what, repair="Write on paper who got it, and when.")
