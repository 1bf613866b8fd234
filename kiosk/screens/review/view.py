"""One view of the review: what it shows and where its choices lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Union

from kiosk.presentation.values import Choice


@dataclass(frozen=True, slots=True)
class View:
    """A title, choices and lines to read. Lines that begin with a blank belong to the line above them.

    fuller: reads the same view with what takes longer; None if this is all of it.
    then: called with the id of a choice, in the screen's thread; returns where it leads.
    """

    title: str
    choices: Sequence[Choice] = ()
    lines: Sequence[str] = ()
    then: Callable[[str], Leads | None] = field(default=lambda _: None)
    fuller: Read | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Ask for words to search, then show the view of these words."""

    then: Callable[[str], Read]


Read = Callable[[], View]
"""Returns a view. It reads the log or saves a report: it is slow, in another thread, and may raise KioskError."""

Leads = Union[Read, Search]  # noqa: UP007 - a forward reference
"""Where a choice leads."""
