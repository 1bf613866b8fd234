"""Legal holds: orders to keep a record. A record can have several, and each must be released."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.record.bodies import MEANING, meanings_in
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant


@dataclass(frozen=True, slots=True)
class Hold:
    """One legal hold. event_id: of the entry that placed it. matter: the case or request, empty for none.

    meanings: the ids of those of its texts, by name, where one has two.
    """

    encounter_id: str
    event_id: str
    no: str
    at: Instant
    reason: str
    by: str
    matter: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict, hash=False)


def placing(encounter_id: str, no: str, *, reason: str, by: str, matter: str = "") -> Entry:
    """Return the entry that places a hold on a record."""
    body: dict[str, Json] = {"no": no, "reason": reason, "by": by, "matter": matter}
    return Entry(EntryKind.HOLD_PLACED, body, encounter_id, actor=Actor.COMMAND)


def releasing(hold: Hold, *, reason: str, by: str) -> Entry:
    """Return the entry that releases this hold."""
    body: dict[str, Json] = {"no": hold.no, "hold": hold.event_id, "matter": hold.matter, "reason": reason, "by": by}
    if "matter" in hold.meanings:
        body[f"{MEANING}matter"] = hold.meanings["matter"]
    return Entry(EntryKind.HOLD_RELEASED, body, hold.encounter_id, actor=Actor.COMMAND)


def hold_of(encounter_id: str, event_id: str, body: Mapping[str, Any], at: Instant) -> Hold:
    """Return the hold in a body."""
    values = {name: str(body.get(name, "")) for name in ("no", "reason", "by", "matter")}
    return Hold(encounter_id, event_id, at=at, meanings=meanings_in(body), **values)


def in_force(placed: Iterable[LoggedEntry], released: Iterable[LoggedEntry]) -> tuple[Hold, ...]:
    """Return the holds of the entries `placed` that no entry of `released` names, in their order."""
    done = {str(kept.body.get("hold", "")) for kept in released}
    holds = (hold_of(kept.encounter_id or "", kept.event_id, kept.body, kept.at) for kept in placed)
    return tuple(hold for hold in holds if hold.event_id not in done)
