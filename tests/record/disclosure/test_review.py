"""Whether a person must read a record before it leaves at the public level."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kiosk.record.disclosure.review import is_flagged, needs_review, reviewing
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from tests.reports.records import a_record, an_instant

FLAG = {"facts_only": True, "names_child": True}


def kept(kind: EntryKind, body: Mapping[str, object] | None = None, seq: int = 0, *gone: str) -> LoggedEntry:
    """An entry as it is read back; its id is its number."""
    return LoggedEntry(seq, f"id{seq}", kind, "enc", None, "desk", None, an_instant(), body or {}, withheld=gone)


def record(*rest: LoggedEntry, flag: Mapping[str, object] = FLAG) -> list[LoggedEntry]:
    """A closed encounter with entries 0 to 2, and more after them."""
    return [
        kept(EntryKind.ENCOUNTER_OPENED),
        kept(EntryKind.ENCOUNTER_REVIEWED, flag, 1),
        kept(EntryKind.ENCOUNTER_CLOSED, seq=2),
        *rest,
    ]


def review(seq: int, seen: object) -> LoggedEntry:
    """A review of what came up to this entry."""
    return kept(EntryKind.DISCLOSURE_REVIEWED, {"seen": seen}, seq)


AMENDED = kept(EntryKind.AMENDMENT_ADDED, {}, 4)


@pytest.mark.parametrize(
    ("entries", "wanted"),
    [
        (record(), True),
        (record(flag={"names_child": False}), False),
        (record(flag={}), False),
        (record(review(3, "id2")), False),
        (record(review(3, "id0")), True),  # before the closing review
        (record(review(3, "id9")), True),  # of an entry that is not there
        (record(review(3, None)), True),
        (record(review(3, "id2"), AMENDED), True),
        (record(review(3, "id2"), AMENDED, review(5, "id4")), False),
        (record(AMENDED, review(5, "id2")), True),  # queued before the amendment was recorded
        (record(review(3, "id2"), kept(EntryKind.HOLD_PLACED, {}, 4)), False),
        (record(AMENDED, flag={"names_child": False}), False),
        (record(kept(EntryKind.RECORD_DESTROYED, {}, 3)), False),
    ],
)
def test_a_flagged_record_needs_a_review_of_its_newest_text(entries: list[LoggedEntry], wanted: bool) -> None:
    """Entries that have no typed text change nothing."""
    assert needs_review(entries) is wanted


def test_a_missing_answer_flags_the_record() -> None:
    """If only the answer is gone, nobody knows what it was."""
    assert is_flagged(kept(EntryKind.ENCOUNTER_REVIEWED, {}, 1, "names_child"))
    assert not is_flagged(kept(EntryKind.ENCOUNTER_REVIEWED, {"names_child": None}))
    assert not is_flagged(kept(EntryKind.NOTE_ADDED, FLAG))


def test_the_entry_says_who_saw_what_and_why_it_can_leave() -> None:
    """It is an entry of its record, by a command."""
    entry = reviewing(a_record(), AMENDED, reason="A badge", by="Dana Ruiz")
    assert (entry.kind, entry.encounter_id, entry.actor) == (EntryKind.DISCLOSURE_REVIEWED, "enc", "command")
    assert entry.body == {"no": "2026-0001", "seen": "id4", "reason": "A badge", "by": "Dana Ruiz"}
