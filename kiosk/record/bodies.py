"""The bodies of entries: how replies are written into them and read back.

A body is a flat mapping; a recorded fact is a value of its own (`field.<id>`), so that one fact can be
withheld without the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kiosk.engine.encounter import Given, Situation
from kiosk.engine.replies import (
    Attempt,
    Called,
    CallResult,
    Chosen,
    Confirmed,
    Missing,
    Place,
    Pressed,
    Recorded,
    Reply,
    Ticked,
    Value,
)
from kiosk.record.canonical import Json
from kiosk.record.entries import FACT
from kiosk.record.entry_kinds import ANSWERS, EntryKind, Kind

FIELD: Final = FACT

_CALL: Final = frozenset({"role", "person", "result"})
"""What an entry must still hold to tell of a call."""

WAS: Final = "was."
"""Before the name of a value that an amendment is about: what stood there."""


def reply_body(place: Place, reply: Reply) -> dict[str, Json]:
    """The body of an entry that says: at `place`, this was replied."""
    return {"visit": place.visit, **_words(reply)}


def _words(reply: Reply) -> dict[str, Json]:
    match reply:
        case Chosen(option):
            return {"chosen": option}
        case Ticked(choices):
            return {"ticked": list(choices)}
        case Recorded(values):
            return {"recorded": True} | {FIELD + name: value_json(value) for name, value in values}
        case Called(attempts):
            return {"attempts": [attempt_json(a) for a in attempts]}
        case Confirmed():
            return {"confirmed": True}
        case Pressed(interrupt):
            return {"pressed": interrupt}


def value_json(value: Value) -> Json:
    """A fact as JSON: its value, or `{"missing": why}`."""
    return {"missing": value.reason} if isinstance(value, Missing) else value


def attempt_json(attempt: Attempt) -> dict[str, Json]:
    """One call as JSON."""
    return {"role": attempt.role, "person": attempt.person, "result": attempt.result}


def attempt_of(said: Mapping[str, Any]) -> Attempt | None:
    """The call that `attempt_json` wrote; None for a result of a newer version. Raises KeyError for what is gone."""
    result = CallResult.of_id(said["result"])
    return None if result is None else Attempt(said["role"], said["person"], result)


def situation_of(opened: Mapping[str, Any]) -> Situation:
    """What held when an encounter began, from the body of its `encounter.opened`. Raises KeyError for what is gone."""
    return Situation(opened["settings"], opened["people"], bool(opened.get("after_hours")))


def call_of(body: Mapping[str, Any]) -> Attempt | None:
    """The call that a `call.made` entry tells of; None when it is no longer kept."""
    return attempt_of(body) if body.keys() >= _CALL else None


def reply_of(step: str, body: Mapping[str, Any]) -> tuple[Place, Reply] | None:
    """The place and reply that `reply_body` wrote; None when they are no longer kept or belong to a newer format."""
    if "visit" not in body:
        return None
    place = Place(step, body["visit"])
    match body:
        case {"chosen": option}:
            return place, Chosen(option)
        case {"ticked": choices}:
            return place, Ticked(tuple(choices))
        case {"attempts": attempts}:
            calls = tuple(filter(None, map(attempt_of, attempts)))
            return (place, Called(calls)) if len(calls) == len(attempts) else None
        case {"confirmed": _}:
            return place, Confirmed()
        case {"pressed": interrupt}:
            return place, Pressed(interrupt)
    facts = fields_of(body)
    return (place, Recorded.of(facts)) if facts or "recorded" in body else None


def given_in(kind: Kind, step: str, body: Mapping[str, Any]) -> Given | None:
    """What an entry of this kind says was answered, to be replayed; None when it says nothing, or no longer."""
    reply = reply_of(step, body) if kind in ANSWERS else None
    return None if reply is None else Given(*reply, part=kind == EntryKind.STEP_PARTIAL)


def fields_of(body: Mapping[str, Any]) -> dict[str, Value]:
    """The facts in an entry's body, by field id, without their prefix."""
    found = {name.removeprefix(FIELD): value for name, value in body.items() if name.startswith(FIELD)}
    return {name: Missing(value["missing"]) if isinstance(value, dict) else value for name, value in found.items()}
