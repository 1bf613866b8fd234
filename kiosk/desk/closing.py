"""Entries that close a record: at its outcome, or earlier by a person's decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from kiosk.desk.running import Running
from kiosk.record.canonical import Json
from kiosk.record.duties.owing import owed
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant


def at_outcome(running: Running, now: Instant, closed_days: Collection[date] = ()) -> tuple[Entry, ...]:
    """Return the entries that close a record at its outcome now; none when it has not reached one.

    closed_days: the district's holidays, for the times of the duties that follow from the outcome.
    """
    outcome = running.outcome
    if outcome is None:
        return ()
    body: dict[str, Json] = {"outcome": outcome.id, "refer": outcome.refer}
    closing = _closing(running, body | _notified(running, outcome.to_notify))
    if not outcome.duties:
        return closing
    duties = owed(outcome, running.no, now, closed_days)
    return (Entry(EntryKind.DUTIES_OWED, duties, running.id, pack=running.pack), *closing)


def before_outcome(running: Running, ending: Ending, reason: str, by: str = "") -> tuple[Entry, ...]:
    """Return the entries that close a record without an outcome: void, or ended early.

    A void record needs no notification. For any other, the protocol's required people must still be notified.
    """
    to_notify = () if ending is Ending.VOID else running.to_notify
    return _closing(running, closing_body(ending, reason, by) | _notified(running, to_notify))


def _notified(running: Running, roles: tuple[str, ...]) -> dict[str, Json]:
    return {
        "notified": [role for role in roles if role in running.notified],
        "not_notified": [role for role in roles if role not in running.notified],
        "superseded": [str(place) for place in running.walk.superseded],
    }


def _closing(running: Running, body: Mapping[str, Json]) -> tuple[Entry, ...]:
    """Return the closing entry, preceded by an `incomplete` entry when something is still to do.

    The closing entry comes last, because a permanent checkpoint follows it.
    """
    closed = Entry(EntryKind.ENCOUNTER_CLOSED, body, running.id, pack=running.pack)
    put_off = body.get("ending") != Ending.VOID and bool(running.put_off)
    return (
        (replace(closed, kind=EntryKind.RECORD_INCOMPLETE, body={}), closed)
        if body["not_notified"] or put_off
        else (closed,)
    )
