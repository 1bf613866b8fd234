"""The entries about duties: which a closed record owes; one is assigned, done or excepted; none is open any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, tzinfo

from kiosk.errors import Refused
from kiosk.protocol.model import Outcome
from kiosk.record.canonical import Json
from kiosk.record.duties.due_time import due_time
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant


def owed(
    outcome: Outcome, no: str, closed: Instant, closed_days: Collection[date] = (), zone: tzinfo | None = None
) -> dict[str, Json]:
    """Return the body of the entry about the duties of a record that is closed at this outcome, at this time."""
    due = {duty.id: due_time(duty.within, closed, closed_days, zone) for duty in outcome.duties}
    duties: Json = [{"id": d.id, "owner": d.owner, "due": _written(due[d.id])} for d in outcome.duties]
    return {"no": no, "outcome": outcome.id, "duties": duties}


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def done(record: EncounterRecord, duty: str, *, on: date, by: str, note: str = "") -> tuple[Entry, ...]:
    """Return the entries that a duty is done: that, and if it was the last open one, that none is open any more."""
    body: dict[str, Json] = {"duty": duty, "on": on.isoformat(), "by": by, **({"note": note} if note else {})}
    return _settling(record, EntryKind.DUTY_DONE, duty, body)


def excepted(record: EncounterRecord, duty: str, *, reason: str, by: str) -> tuple[Entry, ...]:
    """Return the entries that a duty need not be done, likewise."""
    return _settling(record, EntryKind.DUTY_EXCEPTED, duty, {"duty": duty, "reason": reason, "by": by})


def assigned(record: EncounterRecord, duty: str, *, to: str, by: str) -> Entry:
    """Return the entry that a person is named to do a duty. Raises Refused for one that is done or excepted."""
    settled = next((one.settled for one in record.duties if one.id == duty), None)
    if settled is not None:
        raise Refused(
            f"The duty {duty} of {record.no} is {settled.words}.",
            "Only an open duty is assigned.",
            "error.duty.settled",
        )
    body: dict[str, Json] = {"no": record.no, "outcome": record.outcome, "duty": duty, "to": to, "by": by}
    kind = EntryKind.DUTY_ASSIGNED
    return Entry(kind, body, record.id, actor=Actor.COMMAND, pack=record.protocol.content_hash)


def _settling(record: EncounterRecord, kind: EntryKind, duty: str, body: dict[str, Json]) -> tuple[Entry, ...]:
    of_all: dict[str, Json] = {"no": record.no, "outcome": record.outcome}
    content_hash = record.protocol.content_hash
    entries = [Entry(kind, of_all | body, record.id, actor=Actor.COMMAND, pack=content_hash)]
    if [one.id for one in record.duties if one.settled is None] == [duty]:
        entries.append(Entry(EntryKind.DUTIES_SETTLED, of_all, record.id, actor=Actor.COMMAND, pack=content_hash))
    return tuple(entries)
