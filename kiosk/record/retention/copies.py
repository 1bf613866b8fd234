"""The exports and backups that contain a record, as far as the log shows; they must be destroyed with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind


def holding(made: Iterable[LoggedEntry], record: EncounterRecord) -> Iterator[LoggedEntry]:
    """Return the entries of exports and backups that contain the record, or may contain it."""
    return (kept for kept in made if kept.kind == EntryKind.BACKUP_MADE or _exported(kept.body, record))


def _exported(body: Mapping[str, Any], record: EncounterRecord) -> bool:
    if body.get("level") == "statistics":
        return False
    numbers = body.get("records")
    if numbers and isinstance(numbers, list):
        return record.no in numbers
    day = record.opened_at.local().date().isoformat()
    first, last = body.get("from"), body.get("to")
    return (not first or str(first) <= day) and (not last or day <= str(last))
