"""The bodies of entries: how replies are written into them and read back.

A body is a flat mapping; a recorded fact is a value of its own (`field.<id>`), so that one fact can be
withheld without the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from kiosk.engine.encounter import Given, Situation
from kiosk.protocol.kinds.call import attempt_of
from kiosk.protocol.kinds.registry import answering_in, answering_of
from kiosk.protocol.replies import (
    Attempt,
    Place,
    Pressed,
    Reply,
)
from kiosk.record.canonical import Json
from kiosk.record.entry_kinds import ANSWERS, EntryKind, Kind

_CALL: Final = frozenset({"role", "person", "result"})
"""What an entry must still hold to tell of a call."""

_PRESSED: Final = "pressed"
"""The name of the value that says which interrupt was pressed."""

WAS: Final = "was."
"""Before the name of a value that an amendment is about: what stood there."""


def reply_body(place: Place, reply: Reply) -> dict[str, Json]:
    """The body of an entry that says: at `place`, this was replied."""
    return {"visit": place.visit, **_words(reply)}


def _words(reply: Reply) -> dict[str, Json]:
    if isinstance(reply, Pressed):
        return {_PRESSED: reply.interrupt}
    kept: dict[str, Json] = answering_of(reply).write(reply)
    return kept


def situation_of(opened: Mapping[str, Any]) -> Situation:
    """What held when an encounter began, from the body of its `encounter.opened`. Raises KeyError for what is gone."""
    return Situation(opened["settings"], opened["people"], bool(opened.get("after_hours")))


def call_of(body: Mapping[str, Any]) -> Attempt | None:
    """The call that a `call.made` entry tells of; None when it is no longer kept."""
    with suppress(ValueError):  # a result of a newer version
        return attempt_of(body) if body.keys() >= _CALL else None
    return None


def reply_of(step: str, body: Mapping[str, Any]) -> tuple[Place, Reply] | None:
    """The place and reply that `reply_body` wrote; None when they are no longer kept or belong to a newer format."""
    if "visit" not in body:
        return None
    place = Place(step, body["visit"])
    if _PRESSED in body:
        return place, Pressed(body[_PRESSED])
    found = answering_in(body)
    with suppress(ValueError):  # a result of a newer version
        return None if found is None else (place, found.read(body))
    return None


def answer_of(body: Mapping[str, Any]) -> Json:
    """What was answered, as scenarios write it: an option, ticks, facts, `{role: result}`, `done`, `{press: id}`.

    None when it is no longer kept.
    """
    if _PRESSED in body:
        return {"press": str(body[_PRESSED])}
    found = answering_in(body)
    said: Json = None if found is None else found.plain(body)
    return said


def given_in(kind: Kind, step: str, body: Mapping[str, Any]) -> Given | None:
    """What an entry of this kind says was answered, to be replayed; None when it says nothing, or no longer."""
    reply = reply_of(step, body) if kind in ANSWERS else None
    return None if reply is None else Given(*reply, part=kind == EntryKind.STEP_PARTIAL)
