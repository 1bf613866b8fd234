"""The kinds of entries, and how replies are written into them and read back.

Each kind's body is a flat mapping; a recorded fact is a value of its own (`field.<id>`), so that one fact can be
withheld without the others.
"""

from __future__ import annotations

from collections.abc import Mapping
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

SESSION_STARTED: Final = "session.started"
SESSION_ENDED: Final = "session.ended"
CLOCK_STEPPED: Final = "clock.stepped"
OPENED: Final = "encounter.opened"
RESUMED: Final = "encounter.resumed"
PAUSED: Final = "encounter.paused"
LINKED: Final = "encounter.linked"
STAFF_CHANGED: Final = "staff.changed"
ANSWERED: Final = "step.answered"
PARTIAL: Final = "step.partial"
CORRECTED: Final = "step.corrected"
CALL_MADE: Final = "call.made"
NOTE_ADDED: Final = "note.added"
AMENDED: Final = "amendment.added"
CARD_SHOWN: Final = "card.shown"
REVIEWED: Final = "encounter.reviewed"
CLOSED: Final = "encounter.closed"
INCOMPLETE: Final = "record.incomplete"
COMPLETED: Final = "record.completed"
EXPORTED: Final = "export.made"
PACK_KEPT: Final = "pack.kept"
PACK_ACTIVATED: Final = "pack.activated"
PACK_REJECTED: Final = "pack.rejected"
PACK_OVERDUE: Final = "pack.overdue"
LOG_BEGAN: Final = "log.began"
LOG_SEEN: Final = "log.seen"
BACKUP_MADE: Final = "backup.made"
KEY_FIXED: Final = "key.fixed"
KEY_REPLACED: Final = "key.replaced"
SEALING_CHANGED: Final = "sealing.changed"
HOLD_PLACED: Final = "hold.placed"
HOLD_RELEASED: Final = "hold.released"
RETENTION_MARKED: Final = "retention.marked"
PURGED: Final = "retention.purged"
PURGE_REFUSED: Final = "purge.refused"
HEAD_ISSUED: Final = "head.issued"

ANSWERS: Final = frozenset({ANSWERED, PARTIAL, CORRECTED})
"""The kinds that hold what the desk answered at a step: whole, in part, or instead of an earlier answer."""

ADDING: Final = (AMENDED, CALL_MADE)
"""What adds something to a record that was closed."""

ABOUT_A_RECORD: Final = frozenset({AMENDED, CALL_MADE, COMPLETED, HOLD_PLACED, HOLD_RELEASED, PURGE_REFUSED})
"""The kinds that commands write of one encounter, long after; only these come through the inbox with its id."""

KEEPING: Final = (HOLD_PLACED, HOLD_RELEASED, PURGE_REFUSED, PURGED)
"""The kinds that say why a record was kept or let go; what they say is never let go itself."""

LASTING: Final = frozenset(
    {
        *(SESSION_STARTED, SESSION_ENDED, CLOSED),
        *(LOG_BEGAN, LOG_SEEN, BACKUP_MADE, EXPORTED),
        *(PACK_ACTIVATED, KEY_FIXED, KEY_REPLACED, PURGED, HEAD_ISSUED),
    }
)
"""After these the log's checkpoint is kept for good, beside the newest: people may come back with a receipt of it, and
the kiosk itself compares the log with the last one when it opens it."""

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
    return attempt_of(body) if body.keys() >= _CALL else None


def reply_of(step: str, body: Mapping[str, Any]) -> tuple[Place, Reply] | None:
    """The place and reply that `reply_body` wrote; None when they are no longer kept or belong to a newer format."""
    if "visit" not in body:
        return None
    place = Place(step, body["visit"])
    if _PRESSED in body:
        return place, Pressed(body[_PRESSED])
    found = answering_in(body)
    return None if found is None else (place, found.read(body))


def answer_of(body: Mapping[str, Any]) -> Json:
    """What was answered, as scenarios write it: an option, ticks, facts, `{role: result}`, `done`, `{press: id}`.

    None when it is no longer kept.
    """
    if _PRESSED in body:
        return {"press": str(body[_PRESSED])}
    found = answering_in(body)
    said: Json = None if found is None else found.plain(body)
    return said


def given_in(kind: str, step: str, body: Mapping[str, Any]) -> Given | None:
    """What an entry of this kind says was answered, to be replayed; None when it says nothing, or no longer."""
    reply = reply_of(step, body) if kind in ANSWERS else None
    return None if reply is None else Given(*reply, part=kind == PARTIAL)
