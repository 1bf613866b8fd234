"""What screens ask the app for. Every answer names the place it answers, so that a stale one can't do harm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from kiosk.engine.replies import Attempt, Place, Reply

Page = Literal["hide", "help", "card", "note", "calls", "admin"]


class Started(Message):
    """Begin an encounter."""


class WentOn(Message):
    """Go on with the unfinished encounter."""


class WentHome(Message):
    """Back to the idle screen."""


class WindowChanged(Message):
    """The window has another size, and every screen knows it by now."""


class AskedToClose(Message):
    """Close the kiosk; only ever after a confirmation."""


@dataclass
class Opened(Message):
    """Show another page over this one."""

    page: Page


@dataclass
class SayIt(Message):
    """Say these words of the protocol aloud, in the language they are in, or stop."""

    words: str
    language: str


class VoiceChanged(Message):
    """The voice may be in another state now."""


@dataclass
class Answered(Message):
    """A reply to the place the encounter stands at, or, `back`, another reply to one already passed."""

    place: Place
    reply: Reply
    back: bool = False


@dataclass
class Tried(Message):
    """The call that was due, with its result."""

    place: Place
    attempt: Attempt


@dataclass
class Interrupted(Message):
    """An interrupt was pressed at this place."""

    place: Place
    interrupt: str


@dataclass
class Called(Message):
    """A call made outside a call step."""

    attempt: Attempt


@dataclass
class NoteWritten(Message):
    """A note to keep."""

    words: str


@dataclass
class Reviewed(Message):
    """The two questions are answered: keep the answers and close the record."""

    facts_only: bool
    names_child: bool
