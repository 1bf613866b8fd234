"""The messages from screens to the app. Each answer names its place, so that an outdated one does no harm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.desk.running import Running
    from kiosk.privacy.guard import UnclearText
    from kiosk.privacy.meanings import Meaning, Meant
    from kiosk.protocol.model import Field
    from kiosk.protocol.replies import Attempt, Place, Recorded, Reply, Ticked, Value
    from kiosk.record.encounter_record import EncounterRecord
    from kiosk.record.endings import Ending, Link

Page = Literal["hide", "help", "card", "note", "calls", "admin", "record", "to-do", "initials", "review"]


class Started(Message):
    """Start an encounter."""


@dataclass
class Chosen(Message):
    """Ask what to do with an unfinished record."""

    record: Running


@dataclass
class Continued(Message):
    """Continue an unfinished record."""

    record: Running


@dataclass
class Paused(Message):
    """Leave the current record for later; `another`: start a new record for other people."""

    another: bool


@dataclass
class Ended(Message):
    """Close a record that reached no outcome."""

    record: Running
    ending: Ending
    reason: str


@dataclass
class LinkWanted(Message):
    """Ask which record the current one belongs with."""


@dataclass
class Linked(Message):
    """Link the current record with that one."""

    to: EncounterRecord
    how: Link


@dataclass
class InitialsGiven(Message):
    """Set who sits at the desk from now on."""

    initials: str


@dataclass
class CalledLater(Message):
    """Log a call made for a closed record."""

    record: EncounterRecord
    attempt: Attempt


@dataclass
class FactWanted(Message):
    """Show the box of a fact that was deferred when its record was closed."""

    record: EncounterRecord
    field: Field


@dataclass
class FilledIn(Message):
    """Save a fact that was deferred when its record was closed."""

    record: EncounterRecord
    field_id: str
    value: Value
    meant: Meant = field(default_factory=dict)


class WentHome(Message):
    """Go to the home screen."""


class WindowChanged(Message):
    """The window has another size, and every screen knows it already."""


class AskedToClose(Message):
    """Close the kiosk; sent only after a confirmation."""


@dataclass
class Opened(Message):
    """Show another page over this one."""

    page: Page


@dataclass
class SayIt(Message):
    """Say these words of the protocol in their language, or stop."""

    words: str
    language: str


class VoiceChanged(Message):
    """The state of the voice may have changed."""


@dataclass
class Answered(Message):
    """Answer the current place, or, with `back`, change the answer of an earlier one."""

    place: Place
    reply: Reply
    back: bool = False
    meant: Meant = field(default_factory=dict)


@dataclass
class AnsweredInPart(Message):
    """Save the facts of boxes that staff left, or unconfirmed ticks, at once."""

    place: Place
    part: Recorded | Ticked
    meant: Meant = field(default_factory=dict)


@dataclass
class Tried(Message):
    """Log the call that was due, with its result."""

    place: Place
    attempt: Attempt


@dataclass
class InterruptPressed(Message):
    """An interrupt key was pressed, on a step or on a page over one; `number` counts from 0."""

    number: int


@dataclass
class Called(Message):
    """Log a call made outside a call step."""

    attempt: Attempt


@dataclass
class NoteWritten(Message):
    """Save a note."""

    words: str
    meant: Meant = field(default_factory=dict)


@dataclass
class MeaningWanted(Message):
    """Ask which meaning these words have; `then` is called with it, or with None if they have no storable one."""

    unclear: UnclearText
    then: Callable[[Meaning | None], object]


@dataclass
class Reviewed(Message):
    """Save the answer to the closing question, and close the record.

    names_child: whether typed words name a child and must stay; None when nothing was typed, and this wasn't asked.
    """

    names_child: bool | None = None
