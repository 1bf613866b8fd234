"""Amendments: corrections of a closed record, and additions to it. Each is an entry of its own; nothing is changed.

The body of one names the entry it is about (`target`), what stands there (`was.NAME`) and what is said now (`NAME`).
NAME is what the value is called in its own entry: `field.<id>`, `text` of a note, `result` of a call; an `addition` has
no `was.`. So whoever withholds values by their names withholds the amended ones too, and since the entry is one of its
encounter, letting that encounter's values go lets these go with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.protocol.kinds.record import value_json
from kiosk.protocol.replies import FACT, Missing, Value
from kiosk.record import bodies
from kiosk.record.canonical import Json
from kiosk.record.entries import ENCRYPTED, Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

FIELD: Final = FACT
NOTE: Final = "text"
CALL: Final = "result"
ADDITION: Final = "addition"

WITHHELD: Final = Missing("withheld")
"""Stands where a value is no longer kept."""

_MINUTE_S: Final = 60
_HOUR_S: Final = 60 * _MINUTE_S
_DAY_S: Final = 24 * _HOUR_S


@dataclass(frozen=True, slots=True)
class Ref:
    """Which entry of the log: its number and its id."""

    entry: int
    event_id: str


NOWHERE: Final = Ref(-1, "")


@dataclass(frozen=True, slots=True)
class Amendment:
    """One amendment as the log holds it.

    ref:    the entry that it is; target: the entry it is about.
    name:   the name of the value it is about, as above.
    was:    what stood there before; None when nothing did. now: what is said instead, or in addition.
    at:     when it was entered; left_at: when it was left for a kiosk that was running, which is then when it was made.
    by:     who made it, as that person said; the log can't know it better.
    """

    ref: Ref
    target: Ref
    name: str
    was: Value | None
    now: Value | None
    reason: str
    by: str
    at: Instant
    left_at: Instant | None = None

    @property
    def field(self) -> str | None:
        """The id of the field it is about; None when it is about something else."""
        return self.name.removeprefix(FIELD) if self.name.startswith(FIELD) else None


def entry_of(amendment: Amendment, *, encounter_id: str, no: str, pack: str) -> Entry:
    """The entry that keeps the amendment of encounter `no`; its `ref` and times are given to it when it is written."""
    was = {} if amendment.name == ADDITION else {bodies.WAS + amendment.name: _json(amendment.was)}
    body: dict[str, Json] = {
        "no": no,
        "target": {"entry": amendment.target.entry, "event_id": amendment.target.event_id},
        **was,
        amendment.name: _json(amendment.now),
        "reason": amendment.reason,
        "by": amendment.by,
    }
    return Entry(EntryKind.AMENDMENT_ADDED, body, encounter_id, actor=Actor.COMMAND, pack=pack)


def amendment_in(kept: LoggedEntry) -> Amendment:
    """The amendment that an entry holds. Whatever is in its body, or no longer is, it reads."""
    told = {**{name: {"missing": ENCRYPTED} for name in kept.sealed}, **kept.body}
    return amendment_of(told, kept.at, Ref(kept.seq, kept.event_id), kept.withheld)


def amendment_of(body: Mapping[str, Any], at: Instant, ref: Ref = NOWHERE, withheld: Iterable[str] = ()) -> Amendment:
    """The amendment that a body tells of; `withheld` are the names of the values it has no longer."""
    name, left_us = name_in({*body, *withheld}), body.get("left_us")
    return Amendment(
        ref=ref,
        target=_ref(body.get("target")),
        name=name,
        was=None if name == ADDITION else _value(body, bodies.WAS + name),
        now=_value(body, name),
        reason=_words(body, "reason"),
        by=_words(body, "by"),
        at=at,
        left_at=Instant(left_us, "", 0) if isinstance(left_us, int) else None,
    )


def name_in(names: Iterable[str]) -> str:
    """The name of the value that an amendment with these names in its body is about."""
    return min((name.removeprefix(bodies.WAS) for name in names if name.startswith(bodies.WAS)), default=ADDITION)


def how_late(amendment: Amendment, closed_at: Instant) -> str:
    """How long after the closing it was made, in words: by the boot clock if both know it, else by the wall clock."""
    made = amendment.left_at or amendment.at
    if made.boot_id == closed_at.boot_id:
        seconds = (made.boot_ns - closed_at.boot_ns) // 1_000_000_000
    else:
        seconds = (made.wall_us - closed_at.wall_us) // 1_000_000
    if seconds < 0:
        return "after it was closed, though the clock says before"
    for unit, size, least in (("day", _DAY_S, 2 * _DAY_S), ("hour", _HOUR_S, 2 * _HOUR_S), ("minute", _MINUTE_S, 0)):
        if seconds >= least and (count := seconds // size):
            return f"{count} {unit}{'s' if count > 1 else ''} after it was closed"
    return "less than a minute after it was closed"


def _json(value: Value | None) -> Json:
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


def _ref(said: Any) -> Ref:
    match said:
        case {"entry": int(entry), "event_id": str(event_id)}:
            return Ref(entry, event_id)
    return NOWHERE
