"""A records request as a value: who asked for what, until when, what was given, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kiosk.record.amendments import Ref
from kiosk.system.clock import Instant
from kiosk.worded import Worded

MOST_DAYS: Final = 366
"""Maximum number of days in which a deadline is counted; a later one is typed as a day."""


class Channel(Worded):
    """How a request came."""

    LETTER = "letter", "by letter"
    EMAIL = "email", "by e-mail"
    FORM = "form", "by a form on a web page"
    IN_PERSON = "in-person", "in person"
    PHONE = "phone", "by telephone"


class Answer(Worded):
    """How a request ended."""

    ANSWERED = "answered", "answered"
    DENIED = "denied", "denied"
    WITHDRAWN = "withdrawn", "withdrawn by the requester"


class RequestState(Worded):
    """The state of a request. It only moves down this list."""

    RECEIVED = "received", "open, nothing given"
    GIVEN = "given", "open, records given"
    CLOSED = "closed", "closed"


@dataclass(frozen=True, slots=True)
class Scope:
    """What was asked for: in words, and, where the requester named them, records and the days of their opening."""

    asked: str
    records: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A copy that was given: the entry of its export."""

    at: Instant
    export: Ref
    by: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A later deadline, and why."""

    at: Instant
    until: date
    reason: str
    by: str
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Closed:
    """The end of a request. reason: empty only where a copy was given."""

    at: Instant
    how: Answer
    reason: str
    by: str
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RecordsRequest:
    """One request.

    id:       of the entry that recorded it; no: its number, such as R-2026-0001.
    at, by:   when and by whom it was entered; received: the day on which it came.
    due:      the first deadline; business_days: the number of these that it was counted by, None for a day as typed.
    meanings: the ids of those of the requester and of the words asked, by name, where one has two.
    """

    id: str
    no: str
    at: Instant
    requester: str
    channel: Channel
    received: date
    due: date
    business_days: int | None
    scope: Scope
    by: str
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)
    given: tuple[Given, ...] = ()
    extensions: tuple[Extension, ...] = ()
    closed: Closed | None = None

    @property
    def state(self) -> RequestState:
        """Where it is."""
        if self.closed is not None:
            return RequestState.CLOSED
        return RequestState.GIVEN if self.given else RequestState.RECEIVED

    @property
    def can_be_answered(self) -> bool:
        """Whether a letter has something to say: a copy was given, or the request was answered or denied."""
        return bool(self.given) if self.closed is None else self.closed.how is not Answer.WITHDRAWN

    @property
    def deadline(self) -> date:
        """The deadline that applies now."""
        return self.extensions[-1].until if self.extensions else self.due

    def is_overdue(self, today: date) -> bool:
        """Check that it is open after its deadline; the deadline itself is in time."""
        return self.closed is None and today > self.deadline
