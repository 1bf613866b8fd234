"""One page of the review: what it shows or asks, and where its answers lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, Union

from kiosk.presentation.acts import Progress, Question
from kiosk.presentation.values import Choice


@dataclass(frozen=True, slots=True)
class View:
    """A title, choices and lines to read. Lines that begin with a blank belong to the line above them.

    above: lines to read before the choices. fuller: reads the same view with what takes longer; None if this is all.
    again: reads the same view after an act may have changed it; None if nothing changes it.
    then: called with the id of a choice, in the screen's thread; returns where it leads.
    of_act: whether it is a question or the preview of an act. done: whether an act ends with it.
    """

    title: str
    choices: Sequence[Choice] = ()
    lines: Sequence[str] = ()
    then: Callable[[str], Leads | None] = field(default=lambda _: None)
    fuller: Read | None = None
    again: Read | None = None
    above: Sequence[str] = ()
    of_act: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with a box to type in. key: the id of the key that answers it; then: called with the words."""

    question: Question
    then: Callable[[str], Read]
    key: str = "answer"
    of_act: bool = True


@dataclass(frozen=True, slots=True)
class Doing:
    """An act that was confirmed. do: does it, in another thread; it may raise KioskError and Cancelled.

    reads: whether it only shows something.
    """

    do: Callable[[Progress], View]
    reads: bool = False


Page: TypeAlias = View | Ask

Read: TypeAlias = Callable[[], Page]
"""Returns a page. It reads the log: it is slow, in another thread, and may raise KioskError."""

Leads = Union[Read, Ask, Doing]  # noqa: UP007 - a forward reference
"""Where a choice leads."""
