"""What screens ask the app for. Every answer names the place it answers, so that a stale one can't do harm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from kiosk.desk.running import Running
    from kiosk.protocol.model import Field
    from kiosk.protocol.replies import Attempt, Place, Recorded, Reply, Ticked, Value
    from kiosk.record.encounter_record import EncounterRecord
    from kiosk.record.endings import Ending, Link

Page = Literal["hide", "help", "card", "note", "calls", "admin", "record", "to-do", "initials"]


class Started(Message):
    """Begin an encounter."""


@dataclass
class Chosen(Message):
    """An unfinished record was chosen: ask what is to be done with it."""

    record: Running


@dataclass
class Continued(Message):
    """Continue an unfinished record."""

    record: Running


@dataclass
class Paused(Message):
    """Leave the record on the screen for later; `another`: somebody else has come, for a record of their own."""

    another: bool


@dataclass
class Ended(Message):
    """Close a record that came to no outcome."""

    record: Running
    ending: Ending
    reason: str


@dataclass
class LinkWanted(Message):
    """The record on the screen belongs with another: ask with which."""


@dataclass
class Linked(Message):
    """The record on the screen belongs with that one."""

    to: EncounterRecord
    how: Link


@dataclass
class InitialsGiven(Message):
    """Who sits at the desk from now on."""

    initials: str


@dataclass
class CalledLater(Message):
    """A call that was made for a closed record."""

    record: EncounterRecord
    attempt: Attempt


@dataclass
class FactWanted(Message):
    """Fill in a fact that was put off when its record was closed: show its box."""

    record: EncounterRecord
    field: Field


@dataclass
class FilledIn(Message):
    """What a fact is that was put off when its record was closed."""

    record: EncounterRecord
    field_id: str
    value: Value


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
class AnsweredInPart(Message):
    """Facts of boxes that were left, or ticks that were not confirmed yet, to be kept at once."""

    place: Place
    part: Recorded | Ticked


@dataclass
class Tried(Message):
    """The call that was due, with its result."""

    place: Place
    attempt: Attempt


@dataclass
class InterruptPressed(Message):
    """An interrupt's key was pressed, on a step or on a page over one; `number` counts from 0."""

    number: int


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
    """The question before closing is answered: keep the answer and close the record.

    names_child: whether typed words name a child and must stay; None when nothing was typed, and this wasn't asked.
    """

    names_child: bool | None = None
