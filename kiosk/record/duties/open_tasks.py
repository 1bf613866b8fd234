"""The open tasks of a closed record: calls to make, and facts to fill in later.

They are derived from the record's entries. Two kinds of entries only help to find such records: `record.incomplete` is
written when a record with open tasks is closed, `record.completed` when its last task is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kiosk.protocol.replies import FACT, PUT_OFF, REACHED
from kiosk.record.amendments import name_in
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.endings import Ending
from kiosk.record.entries import Altered, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind


@dataclass(frozen=True, slots=True)
class OpenTasks:
    """The open tasks. calls: the roles still to call; facts: the ids of the facts still to fill in."""

    calls: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.calls or self.facts)


def tasks_of(record: EncounterRecord) -> OpenTasks:
    """Return the open tasks of a record; none while it is open, and none if it is void."""
    if record.closing is None or record.ending is Ending.VOID:
        return OpenTasks()
    reached = {call.role for call in record.calls if call.result in REACHED}
    facts = (name for name, value in record.fields.items() if value == PUT_OFF and _is_open(record, name))
    return OpenTasks(tuple(role for role in record.not_notified if role not in reached), tuple(facts))


def _is_open(record: EncounterRecord, field_id: str) -> bool:
    amended = record.amended_field(field_id)
    return not amended or amended[-1].now == PUT_OFF


def after(tasks: OpenTasks, entry: Entry) -> OpenTasks:
    """Return the tasks that remain after this entry: a call, or an amendment."""
    if entry.kind == EntryKind.CALL_MADE and entry.body.get("result") in REACHED:
        return OpenTasks(tuple(role for role in tasks.calls if role != entry.body.get("role")), tasks.facts)
    if entry.kind == EntryKind.AMENDMENT_ADDED:
        name = name_in(entry.body)
        done = name.removeprefix(FACT) if entry.body.get(name) != {"missing": PUT_OFF.reason} else ""
        return OpenTasks(tasks.calls, tuple(fact for fact in tasks.facts if fact != done))
    return tasks


def with_completion(tasks: OpenTasks, entry: Entry) -> tuple[Entry, ...]:
    """Return the entry; if it completes the last open task, also the entry that records this."""
    done = bool(tasks) and not after(tasks, entry)
    completed = Entry(EntryKind.RECORD_COMPLETED, {}, entry.encounter_id, actor=entry.actor, pack=entry.pack)
    return (entry, completed) if done else (entry,)


def incomplete(
    ids: Iterable[str], entries_of: Callable[[str], Iterable[LoggedEntry]]
) -> list[tuple[EncounterRecord, OpenTasks]]:
    """Return the records with open tasks among these encounters.

    ids: of records with a `record.incomplete` and no `record.completed` entry. entries_of: returns the entries of one.
    An altered record is left out; `kiosk log verify` reports it.
    """
    found = []
    for encounter_id in ids:
        try:
            record = fold(entries_of(encounter_id))
        except (Altered, ValueError):
            continue
        if tasks := tasks_of(record):
            found.append((record, tasks))
    return found
