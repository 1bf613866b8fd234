"""The entries that close a record: at its outcome, or by a person who says that it goes no further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.desk.running import Running
from kiosk.record.canonical import Json
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind


def at_outcome(running: Running) -> tuple[Entry, ...]:
    """What closes an encounter that stands at an outcome; nothing for one that does not."""
    outcome = running.outcome
    if outcome is None:
        return ()
    body: dict[str, Json] = {"outcome": outcome.id, "refer": outcome.refer}
    return _closing(running, body | _known(running, outcome.to_notify), outcome.id)


def before_outcome(running: Running, ending: Ending, reason: str, by: str = "") -> tuple[Entry, ...]:
    """What closes an encounter that came to no outcome: void, or over before its end.

    A record that is void needs nobody to know of it; of any other, whoever the protocol asks for must still know.
    """
    to_know = () if ending is Ending.VOID else running.to_know
    return _closing(running, closing_body(ending, reason, by) | _known(running, to_know), None)


def _known(running: Running, roles: tuple[str, ...]) -> dict[str, Json]:
    return {
        "notified": [role for role in roles if role in running.notified],
        "not_notified": [role for role in roles if role not in running.notified],
        "superseded": [str(place) for place in running.walk.superseded],
    }


def _closing(running: Running, body: Mapping[str, Json], step: str | None) -> tuple[Entry, ...]:
    """The closing, and before it, when something is still to do, the entry by which that is found.

    The closing is last: the log's signed state is kept for good after it.
    """
    closed = Entry(EntryKind.ENCOUNTER_CLOSED, body, running.id, step=step, pack=running.pack)
    put_off = body.get("ending") != Ending.VOID and bool(running.put_off)
    return (
        (replace(closed, kind=EntryKind.RECORD_INCOMPLETE, body={}, step=None), closed)
        if body["not_notified"] or put_off
        else (closed,)
    )
