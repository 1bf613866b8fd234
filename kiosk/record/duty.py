"""A duty of a closed record: its owner, the time by which it must be done, and what was entered about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Final

from kiosk.record import bodies
from kiosk.record.amendments import NOWHERE, Ref
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant
from kiosk.worded import Worded

DUTIES: Final = "duties"
DUTY: Final = "duty"


class DutyState(Worded):
    """The state of a duty. DUE: its last day is here, or it is to be done at once."""

    OPEN = "open", "open"
    DUE = "due", "due today"
    OVERDUE = "overdue", "overdue"
    DONE = "done", "done"
    EXCEPTED = "excepted", "excepted"

    @property
    def is_open(self) -> bool:
        """Whether somebody must still do it."""
        return self in {DutyState.OPEN, DutyState.DUE, DutyState.OVERDUE}


@dataclass(frozen=True, slots=True)
class Fulfillment:
    """The newest entry about a duty: it was done, or there is a reason not to do it.

    at: the time of the entry. on: the day when it was done; None if it is excepted. words: the note, or the reason.
    meaning: the id of the meaning of these words, if they have two.
    """

    state: DutyState
    at: Instant
    on: date | None = None
    by: str = ""
    words: str = ""
    meaning: str = ""
    ref: Ref = NOWHERE


@dataclass(frozen=True, slots=True)
class RecordDuty:
    """A duty of one record.

    owner: a role. due: the last second in which it is not overdue; None if it is unknown. assigned: the person who was
    named to do it; empty for nobody.
    """

    id: str
    owner: str
    due: datetime | None
    fulfilled: Fulfillment | None = field(default=None)
    assigned: str = ""

    @property
    def settled(self) -> DutyState | None:
        """Whether it is done or excepted; None while it is open."""
        return None if self.fulfilled is None else self.fulfilled.state

    @property
    def late(self) -> bool:
        """Whether it was done on a later day than the last one."""
        on = None if self.fulfilled is None else self.fulfilled.on
        return on is not None and self.due is not None and on > self.due.date()

    def state(self, now: Instant) -> DutyState:
        """Return its state at this time."""
        if self.settled is not None:
            return self.settled
        at = datetime.fromtimestamp(now.wall_us // 1_000_000, UTC)
        if self.due is None or at.astimezone(self.due.tzinfo).date() < self.due.date():
            return DutyState.OPEN
        return DutyState.OVERDUE if at > self.due else DutyState.DUE


def duties_in(entries: Iterable[LoggedEntry]) -> tuple[RecordDuty, ...]:
    """Return the duties of one record, from its entries about duties, oldest first; others are ignored.

    A duty whose entry is withheld or destroyed is left out.
    """
    found: dict[str, RecordDuty] = {}
    for kept in entries:
        if kept.kind == EntryKind.DUTIES_OWED:
            listed = kept.body.get(DUTIES)
            owed = [duty for one in (listed if isinstance(listed, list) else ()) if (duty := _owed(one))]
            found |= {duty.id: duty for duty in owed}
        elif kept.kind == EntryKind.DUTY_ASSIGNED and (name := str(kept.body.get(DUTY))) in found:
            found[name] = replace(found[name], assigned=str(kept.body.get("to", "")))
        elif kept.kind in _FULFILLED and (name := str(kept.body.get(DUTY))) in found:
            found[name] = replace(found[name], fulfilled=_fulfillment(kept))
    return tuple(found.values())


_FULFILLED: Final[Mapping[str, DutyState]] = {
    EntryKind.DUTY_DONE: DutyState.DONE,
    EntryKind.DUTY_EXCEPTED: DutyState.EXCEPTED,
}


def _owed(one: Any) -> RecordDuty | None:
    match one:
        case {"id": str(name), "owner": str(owner), "due": due}:
            return RecordDuty(name, owner, _time(due))
    return None


def _time(said: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def _fulfillment(kept: LoggedEntry) -> Fulfillment:
    name = "note" if kept.kind == EntryKind.DUTY_DONE else "reason"
    return Fulfillment(
        state=_FULFILLED[kept.kind],
        at=kept.at,
        on=_day(kept.body.get("on")),
        by=str(kept.body.get("by", "")),
        words=str(kept.body.get(name, "")),
        meaning=bodies.meanings_in(kept.body).get(name, ""),
        ref=Ref(kept.seq, kept.event_id),
    )
