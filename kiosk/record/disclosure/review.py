"""The review of a record before it leaves at the public level.

At the closing review, the desk may say that typed text names a child, class or room, and must stay. Then a person must
look at the record before a public copy shows it. An amendment after that look needs another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kiosk.record.canonical import Json
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind

FLAG: Final = "names_child"
"""The answer of the closing review that flags a record."""

_TYPED: Final = frozenset({EntryKind.ENCOUNTER_REVIEWED, EntryKind.AMENDMENT_ADDED})


def reviewing(record: EncounterRecord, newest: LoggedEntry, *, reason: str, by: str) -> Entry:
    """Return the entry of a review. newest: the record's newest entry that the person saw."""
    body: dict[str, Json] = {"no": record.no, "seen": newest.event_id, "reason": reason, "by": by}
    return Entry(EntryKind.DISCLOSURE_REVIEWED, body, record.id, actor=Actor.COMMAND)


def is_flagged(kept: LoggedEntry) -> bool:
    """Check that an entry flags its record. A closing review whose answer is missing does."""
    return kept.kind == EntryKind.ENCOUNTER_REVIEWED and kept.body.get(FLAG, FLAG in kept.withheld) is True


def needs_review(entries: Sequence[LoggedEntry]) -> bool:
    """Check that the record was flagged, and that nobody looked at it since its newest typed text.

    entries: all of its encounter, oldest first, not redacted.
    """
    if not any(map(is_flagged, entries)) or any(kept.kind == EntryKind.RECORD_DESTROYED for kept in entries):
        return False
    places = {kept.event_id: place for place, kept in enumerate(entries)}
    reviews = (kept.body for kept in entries if kept.kind == EntryKind.DISCLOSURE_REVIEWED)
    seen = max((places.get(str(body.get("seen")), -1) for body in reviews), default=-1)
    return any(kept.kind in _TYPED for kept in entries[seen + 1 :])
