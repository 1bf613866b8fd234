"""Conversion of replies to the bodies of entries, and back.

A body is a flat mapping. Each recorded fact is a value of its own (`field.<id>`), so that it can be withheld alone.
So is the meaning of a text that has two: `meaning.NAME` is that of the value NAME.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from kiosk.engine.encounter import Given, Situation
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning, Meant
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

_PRESSED: Final = "pressed"
"""The name of the value with the pressed interrupt."""

WAS: Final = "was."
"""The prefix of a value's name in an amendment that holds the original value."""

MEANING: Final = "meaning."
"""The prefix of a value's name that says which of two meanings the value with the rest of the name has."""


def about(name: str) -> str:
    """Return the name of the value that this one belongs to: its original value, its meaning, or the value itself."""
    return name.removeprefix(MEANING).removeprefix(WAS)


def reply_body(place: Place, reply: Reply) -> dict[str, Json]:
    """Return the body of an entry for this reply at `place`."""
    return {"visit": place.visit, **_words(reply)}


def _words(reply: Reply) -> dict[str, Json]:
    if isinstance(reply, Pressed):
        return {_PRESSED: reply.interrupt}
    body: dict[str, Json] = answering_of(reply).write(reply)
    return body


def situation_of(opened: Mapping[str, Any]) -> Situation:
    """Return the situation at the start of an encounter, from its `encounter.opened`. Raises KeyError."""
    return Situation(opened["settings"], opened["people"], bool(opened.get("after_hours")))


def call_of(body: Mapping[str, Any]) -> Attempt | None:
    """Return the call in a `call.made` entry; None if it is missing or invalid, or if its result is unknown."""
    match body:
        case {"role": str(), "person": int(), "result": _}:
            with suppress(ValueError):  # a result of a newer version
                return attempt_of(body)
    return None


def reply_of(step: str, body: Mapping[str, Any]) -> tuple[Place, Reply] | None:
    """Return the place and reply that `reply_body` wrote; None if they are missing or in a newer format."""
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
    """Return the answer as scenarios write it: an option, ticks, facts, `{role: result}`, `done`, `{press: id}`.

    None if it was withheld or destroyed.
    """
    if _PRESSED in body:
        return {"press": str(body[_PRESSED])}
    found = answering_in(body)
    answer: Json = None if found is None else found.plain(body)
    return answer


def given_in(kind: Kind, step: str, body: Mapping[str, Any]) -> Given | None:
    """Return the answer in an entry of this kind, for a replay; None if it has none, or if it is missing."""
    reply = reply_of(step, body) if kind in ANSWERS else None
    return None if reply is None else Given(*reply, part=kind == EntryKind.STEP_PARTIAL)


def with_meanings(body: Mapping[str, Json], typed: Iterable[str], meant: Meant) -> dict[str, Json]:
    """Return the body with the meaning of each typed text that has two. Raises PrivateText.

    typed: the names of the values that a person typed. meant: what a person said that these texts mean.
    """
    texts = {name: value for name in typed if isinstance(value := body.get(name), str)}
    found = {name: require_storable(value, meant.get(value)) for name, value in texts.items()}
    return {**body, **{MEANING + name: meaning.value for name, meaning in found.items() if meaning is not None}}


def meanings_in(body: Mapping[str, Any]) -> dict[str, str]:
    """Return the ids of the meanings in an entry's body, by the name of the value."""
    return {name.removeprefix(MEANING): str(value) for name, value in body.items() if name.startswith(MEANING)}


def meant_in(body: Mapping[str, Any]) -> dict[str, Meaning]:
    """Return the texts in an entry's body, also in tables in it, with the meaning that a person said they have."""
    known = ((body.get(name), Meaning.of_id(meaning)) for name, meaning in meanings_in(body).items())
    inner = (one for value in body.values() if isinstance(value, list | tuple) for one in value)
    within = [meant_in(one) for one in inner if isinstance(one, Mapping)]
    own = {words: meaning for words, meaning in known if isinstance(words, str) and meaning is not None}
    return {words: meaning for found in (*within, own) for words, meaning in found.items()}
