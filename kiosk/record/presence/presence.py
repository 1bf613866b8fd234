"""A report of presence as a value: who saw what where, who confirmed it, who was told, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.system.clock import Instant
from kiosk.worded import Worded


class PlaceSeen(Worded):
    """Where officers were seen: a choice, so that nothing about a person can be in it."""

    INSIDE = "inside", "inside the building"
    ENTRANCE = "entrance", "at an entrance"
    GROUNDS = "grounds", "on the grounds"
    STREET = "street", "on a street next to the school"
    STOP = "stop", "at a bus stop"
    BUS = "bus", "at or on a school bus"
    TRIP = "trip", "on a school trip"
    ELSEWHERE = "elsewhere", "elsewhere"


class LearnedFrom(Worded):
    """How the school learned of it."""

    STAFF = "staff", "seen by staff"
    DRIVER = "driver", "reported by a bus driver"
    FAMILY = "family", "reported by a family"
    COMMUNITY = "community", "reported from the community"
    POLICE = "police", "reported by police"
    MEDIA = "media", "seen in media or on the internet"


class Audience(Worded):
    """Who gets a message: groups, never names."""

    FAMILIES = "families", "families"
    STUDENTS = "students", "students"
    STAFF = "staff", "teachers and staff"
    PARTNERS = "partners", "partners who work at the school"
    BOARD = "board", "the board"


class MessageUse(Worded):
    """What an approved message is for."""

    NOTICE = "notice", "presence is confirmed"
    CLEAR = "clear", "agents have left"


class PresenceState(Worded):
    """The state of a report. It only moves down this list, or to `false`."""

    UNCONFIRMED = "unconfirmed", "unconfirmed"
    CONFIRMED = "confirmed", "confirmed, no notice yet"
    NOTIFIED = "notified", "confirmed, notice sent"
    CLEARED = "cleared", "all clear"
    FALSE = "false", "false report"


@dataclass(frozen=True, slots=True)
class ApprovedMessage:
    """A message that was approved beforehand. event_id: of its entry; name: how commands call it."""

    event_id: str
    name: str
    use: MessageUse
    text: str
    by: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed it, where, and the minute when, as typed: `2026-11-30 10:42`."""

    at: Instant
    by: str
    confirmed_by: str
    place: PlaceSeen
    seen: str


@dataclass(frozen=True, slots=True)
class Refutation:
    """That it was false, and how that is known."""

    at: Instant
    by: str
    reason: str
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that was sent: its entry, and to whom."""

    at: Instant
    by: str
    message: str
    audiences: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class Clearance:
    """That agents have left. message: empty, and a reason given, where no notice had been sent."""

    at: Instant
    by: str
    message: str = ""
    audiences: tuple[Audience, ...] = ()
    reason: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Presence:
    """One report. id: of the entry that recorded it; no: its number, such as S-2026-0001; record: a record's, or empty.

    seen: the minute when they were seen, as typed.
    """

    id: str
    no: str
    at: Instant
    place: PlaceSeen
    source: LearnedFrom
    seen: str
    record: str
    by: str
    confirmation: Confirmation | None = None
    notices: tuple[Notice, ...] = ()
    end: Refutation | Clearance | None = None

    @property
    def state(self) -> PresenceState:
        """Where it is."""
        if isinstance(self.end, Refutation):
            return PresenceState.FALSE
        if self.end is not None:
            return PresenceState.CLEARED
        if self.notices:
            return PresenceState.NOTIFIED
        return PresenceState.UNCONFIRMED if self.confirmation is None else PresenceState.CONFIRMED

    @property
    def notified(self) -> tuple[Audience, ...]:
        """Everybody who got a notice, each once."""
        return tuple(one for one in Audience if any(one in notice.audiences for notice in self.notices))
