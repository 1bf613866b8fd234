"""A call that was made after a record was closed."""

from __future__ import annotations

from typing import Final

from kiosk.app.acts.records.planned import Planned
from kiosk.errors import Refused, UsageError
from kiosk.protocol.replies import CallResult
from kiosk.record.canonical import Json
from kiosk.record.duties.open_tasks import OpenTasks, after, tasks_of, with_completion
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.formatting import called, open_tasks

RESULTS: Final = (CallResult.REACHED, CallResult.CALLED_BACK, CallResult.NO_ANSWER)


def roles_of(record: EncounterRecord) -> list[str]:
    """Return the roles that a later call of a record can be of: those still to call, then the others, sorted."""
    known = {*record.not_notified, *(call.role for call in record.calls)}
    return list(dict.fromkeys((*tasks_of(record).calls, *sorted(known))))


def require_role(record: EncounterRecord, role: str) -> str:
    """Return the role that was called. Raises Refused for an open record, and UsageError with the roles to name."""
    if record.closing is None:
        raise Refused(f"{record.no} is not closed yet.", "Open the kiosk, continue it, and press F5.")
    known, tasks = roles_of(record), tasks_of(record)
    if role in known:
        return role
    what = f"{record.no} has no role “{role}”." if role else "--called needs the role that was called."
    if tasks.calls:
        raise UsageError(what, f"Still to call: {', '.join(tasks.calls)}.")
    raise UsageError(what, f"Choose one of: {', '.join(known)}." if known else f"{record.no} has none.")


def planned(record: EncounterRecord, role: str, result: CallResult, person: str, by: str) -> Planned:
    """Return the call to add, with what remains to do. person: who was called; the role if that is unknown."""
    tasks = tasks_of(record)
    body: dict[str, Json] = {"role": role, "person": 0, "result": result, "name": person, "by": by}
    entry = Entry(EntryKind.CALL_MADE, body, record.id, actor=Actor.COMMAND, pack=record.protocol.content_hash)
    lines = (f"call of {called(role, person)}: {CallResult.words_for(result)}", f"by {by}")
    left = _left(after(tasks, entry))
    return Planned(record.no, with_completion(tasks, entry), lines, f"The call is in {record.no}. {left}", left)


def _left(tasks: OpenTasks) -> str:
    left = open_tasks(tasks)
    return f"Still to do: {', '.join(left)}." if left else "Nothing is left to do for it."
