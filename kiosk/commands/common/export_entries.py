"""Files that leave the kiosk, and their entries in the log: no copy is without its entry."""

from __future__ import annotations

from kiosk.commands.common.entries import enter_or_report
from kiosk.commands.common.people import by_person
from kiosk.errors import Exit
from kiosk.record.entries import Entry
from kiosk.settings import Home, Mode, typed_path
from kiosk.system.files import remove


def entered(home: Home, mode: Mode, entry: Entry, what: str = "this export") -> Exit:
    """Record a copy in the log; return FOUND, after a message, if it can't be recorded. what: the copy, in words."""
    return enter_or_report(home, mode, by_person(entry), what=what, repair="Write on paper who got it, and when.")


def entered_or_removed(home: Home, mode: Mode, entry: Entry, path: str, what: str = "this export") -> Exit:
    """Record the copy in a file in the log. If a person stops that, remove what was written."""
    try:
        return entered(home, mode, entry, what)
    except KeyboardInterrupt:
        remove(typed_path(path))
        raise
