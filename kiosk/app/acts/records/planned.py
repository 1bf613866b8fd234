"""What an act on a record would enter, and how it is entered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.app import bootstrap
from kiosk.app.acts.texts import Texts
from kiosk.record.entries import Entry
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock


@dataclass(frozen=True, slots=True)
class Stated:
    """Why something is done, and by whom. Both are asked only after everything else was checked.

    texts: checks the typed texts. why, by: return the checked reason, and the name.
    """

    texts: Texts
    why: Callable[[], str]
    by: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Planned:
    """The entries that an act would write to record `no`.

    lines: what they say. done: the message when they are written. left: what is then still to do with the record.
    newest: the newest entry of the desk in the record, if no other may follow it.
    """

    no: str
    entries: tuple[Entry, ...]
    lines: Sequence[str]
    done: str
    left: str = ""
    newest: str = ""

    def enter(self, home: Home, mode: Mode, clock: Clock, texts: Texts) -> None:
        """Record the entries together, each with the meanings of its texts. Raises as `bootstrap.enter`."""
        bootstrap.enter(home, mode, clock, *map(texts.kept, self.entries), newest=self.newest)
