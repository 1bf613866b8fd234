"""A call that was made after a record was closed: `--called`."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.records import reading
from kiosk.commands.log.amend.acts import Asked, Planned
from kiosk.errors import Refused, UsageError
from kiosk.log.record_search import find_record
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.replies import CallResult
from kiosk.record.canonical import Json
from kiosk.record.duties.open_tasks import OpenTasks, after, tasks_of, with_completion
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.formatting import called, open_tasks
from kiosk.settings import LONGEST, Home, Mode

RESULTS: Final = (CallResult.REACHED, CallResult.CALLED_BACK, CallResult.NO_ANSWER)


def planned(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    """Return the call to add, with the open tasks that remain. Raises Refused, UsageError or PrivateText."""
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
    tasks = tasks_of(record)
    role = _role(asked.of.strip(), record, tasks)
    if asked.result is None:
        raise UsageError("--called needs --result.", f"Give the result of the call: {', '.join(RESULTS)}.")
    person = asked.texts.checked("name", asked.name, LONGEST, Meaning.NAME) if asked.name else role
    by = asked.texts.name(asked.by)
    body: dict[str, Json] = {"role": role, "person": 0, "result": asked.result, "name": person, "by": by}
    entry = Entry(EntryKind.CALL_MADE, body, record.id, actor=Actor.COMMAND, pack=record.protocol.content_hash)
    lines = (f"call of {called(role, person)}: {CallResult.words_for(asked.result)}", f"by {by}")
    done = f"The call is in {record.no}. {_left(after(tasks, entry))}"
    return Planned(record.no, with_completion(tasks, entry), lines, done)


def _role(given: str, record: EncounterRecord, tasks: OpenTasks) -> str:
    """Return the role that was called. Raises Refused for an open record, and UsageError with the roles to name."""
    if record.closing is None:
        raise Refused(f"{record.no} is not closed yet.", "Open the kiosk, continue it, and press F5.")
    known = {*record.not_notified, *tasks.calls, *(call.role for call in record.calls)}
    if given in known:
        return given
    what = f"{record.no} has no role “{given}”." if given else "--called needs the role that was called."
    if tasks.calls:
        raise UsageError(what, f"Still to call: {', '.join(tasks.calls)}.")
    raise UsageError(what, f"Choose one of: {', '.join(sorted(known))}." if known else f"{record.no} has none.")


def _left(tasks: OpenTasks) -> str:
    left = open_tasks(tasks)
    return f"Still to do: {', '.join(left)}." if left else "Nothing is left to do for it."
