"""Amendments: corrections of a closed record, and additions to it. Each is an entry of its own; nothing is changed.

The body names the entry that it amends (`target`), the original value (`was.NAME`) and the new value (`NAME`). NAME is
the value's name in its own entry: `field.<id>`, `text` of a note, `result` of a call. An `addition` has no `was.`. So
a value that is withheld by its name is also withheld in its amendments. An amendment is an entry of its encounter, so
destroying the record's details destroys its values too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kiosk.protocol.kinds.record import value_json
from kiosk.protocol.replies import FACT, Missing, Value
from kiosk.record import bodies
from kiosk.record.canonical import Json
from kiosk.record.entries import ENCRYPTED, Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant
from kiosk.worded import many

NOTE: Final = "text"
CALL: Final = "result"
ADDITION: Final = "addition"
REASON: Final = "reason"

WITHHELD: Final = Missing("withheld")
"""The placeholder of a value that is not in the log any more."""

_MINUTE_S: Final = 60
_HOUR_S: Final = 60 * _MINUTE_S
_DAY_S: Final = 24 * _HOUR_S


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an entry of the log: its number and its id."""

    entry: int
    event_id: str


NOWHERE: Final = Ref(-1, "")


@dataclass(frozen=True, slots=True)
class Amendment:
    """One amendment in the log.

    ref:    its own entry; target: the entry that it amends.
    name:   the name of the amended value, as above.
    was:    the original value; None if there was none. now: the new value, or the addition.
    at:     when the entry was recorded.
    by:     who made it, as typed; the log can't verify it.
    meanings: the ids of the meanings of the new value and the reason, by name, where a text has two.
    """

    ref: Ref
    target: Ref
    name: str
    was: Value | None
    now: Value | None
    reason: str
    by: str
    at: Instant
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def field(self) -> str | None:
        """The id of the field that it amends; None if it amends something else."""
        return self.name.removeprefix(FACT) if self.name.startswith(FACT) else None


def entry_of(amendment: Amendment, *, encounter_id: str, no: str, pack: str, step: str | None = None) -> Entry:
    """Return the entry of an amendment of record `no`. Its `ref` and times are set when it is written.

    step: the step of the amended entry, so that a copy without that step has no amendment of it either.
    """
    was = {} if amendment.name == ADDITION else {bodies.WAS + amendment.name: amended_json(amendment.was)}
    body: dict[str, Json] = {
        "no": no,
        "target": {"entry": amendment.target.entry, "event_id": amendment.target.event_id},
        **was,
        amendment.name: amended_json(amendment.now),
        "reason": amendment.reason,
        "by": amendment.by,
        **{bodies.MEANING + name: meaning for name, meaning in amendment.meanings.items()},
    }
    return Entry(EntryKind.AMENDMENT_ADDED, body, encounter_id, step=step, actor=Actor.COMMAND, pack=pack)


def amendment_in(kept: LoggedEntry) -> Amendment:
    """Return the amendment in an entry. It never fails, even if values are invalid or missing."""
    body = {**{name: {"missing": ENCRYPTED} for name in kept.encrypted}, **kept.body}
    return amendment_of(body, kept.at, Ref(kept.seq, kept.event_id), kept.withheld)


def amendment_of(body: Mapping[str, Any], at: Instant, ref: Ref = NOWHERE, withheld: Iterable[str] = ()) -> Amendment:
    """Return the amendment in a body; `withheld` are the names of the values that it no longer has."""
    name = name_in({*body, *withheld})
    return Amendment(
        ref=ref,
        target=_ref(body.get("target")),
        name=name,
        was=None if name == ADDITION else _value(body, bodies.WAS + name),
        now=_value(body, name),
        reason=_words(body, "reason"),
        by=_words(body, "by"),
        at=at,
        meanings=bodies.meanings_in(body),
    )


def name_in(names: Iterable[str]) -> str:
    """Return the name of the value that an amendment with these names in its body amends."""
    return min((name.removeprefix(bodies.WAS) for name in names if name.startswith(bodies.WAS)), default=ADDITION)


def how_late(amendment: Amendment, closed_at: Instant) -> str:
    """Say how long after the closing an amendment was made.

    Without a restart between them, the boot clock gives the time; else the wall clock.
    """
    made = amendment.at
    if made.boot_id == closed_at.boot_id:
        seconds = (made.boot_ns - closed_at.boot_ns) // 1_000_000_000
    else:
        seconds = (made.wall_us - closed_at.wall_us) // 1_000_000
    if seconds < 0:
        return "after it was closed, though the clock says before"
    for unit, size, least in (("day", _DAY_S, 2 * _DAY_S), ("hour", _HOUR_S, 2 * _HOUR_S), ("minute", _MINUTE_S, 0)):
        if seconds >= least and (count := seconds // size):
            return f"{many(count, unit)} after it was closed"
    return "less than a minute after it was closed"


def amended_json(value: Value | None) -> Json:
    """Return an original or new value as JSON; None if there was none."""
    return None if value is None else value_json(value)


def _value(body: Mapping[str, Any], name: str) -> Value | None:
    if name not in body:
        return WITHHELD
    match body[name]:
        case {"missing": str(why)}:
            return Missing(why)
        case None | str() | int() as value:
            return value
        case other:
            return str(other)


def _words(body: Mapping[str, Any], name: str) -> str:
    return str(body[name]) if name in body else f"({WITHHELD.reason})"


def _ref(cited: Any) -> Ref:
    match cited:
        case {"entry": int(entry), "event_id": str(event_id)}:
            return Ref(entry, event_id)
    return NOWHERE
