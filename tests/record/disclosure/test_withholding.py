"""A value that a person withholds from one copy is withheld wherever the record has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from kiosk.protocol.model import DisclosureClass
from kiosk.record.amendments import NOTE, Amendment, Ref, entry_of
from kiosk.record.disclosure.levels import Level, Withheld, redacted, why_not
from kiosk.record.disclosure.withholding import NONE, Withholding, decisions, known, of_record, values_of
from kiosk.record.encounter_record import fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from tests.builders import classes_with
from tests.reports.records import an_instant

BADGE: Final = Withholding("2026-0001", "badge", "CGS 1-210(b)(2)", "Dana Ruiz")


def kept(seq: int, kind: EntryKind, body: Mapping[str, Any], **more: tuple[str, ...]) -> LoggedEntry:
    """An entry as it is read back; its id is its number."""
    return LoggedEntry(seq, f"id{seq}", kind, "enc", "identify", "desk", "5e", an_instant(seq), body, **more)


def amendment(seq: int, name: str, was: str, now: str, target: int) -> LoggedEntry:
    """An amendment of a value in that entry."""
    made = Amendment(Ref(seq, ""), Ref(target, f"id{target}"), name, was, now, "Misread", "Dana Ruiz", an_instant())
    return kept(seq, EntryKind.AMENDMENT_ADDED, entry_of(made, encounter_id="enc", no="2026-0001", pack="5e").body)


ENTRIES: Final = [
    kept(0, EntryKind.ENCOUNTER_OPENED, {"no": "2026-0001", "mode": "live", "school": "Lincoln"}),
    kept(1, EntryKind.STEP_ANSWERED, {"visit": 1, "field.badge": "4711", "field.agency": "An agency"}),
    kept(2, EntryKind.STEP_CORRECTED, {"visit": 1, "field.badge": "4712", "field.agency": "An agency"}),
    kept(3, EntryKind.NOTE_ADDED, {"text": "The first note"}),
    kept(4, EntryKind.NOTE_ADDED, {"text": "The second note"}),
    kept(5, EntryKind.ENCOUNTER_CLOSED, {"outcome": "gone"}),
    amendment(6, "field.badge", "4712", "4713", 2),
    amendment(7, NOTE, "The second note", "A changed note", 4),
    amendment(8, NOTE, "The first note", "Another changed note", 3),
]
SECOND: Final = Withholding("2026-0001", "note-2", "Medical", "Dana Ruiz")


classes: Final = classes_with({"agency": DisclosureClass.PUBLIC, "badge": DisclosureClass.PUBLIC})


def words_of(made: Withholding | None) -> str:
    """Everything that a full copy shows of the record."""
    values = NONE if made is None else values_of(ENTRIES, made)
    return str(fold(redacted(one, Level.FULL, classes, values) for one in ENTRIES))


@pytest.mark.parametrize(
    ("made", "gone"),
    [
        (BADGE, ["4711", "4712", "4713"]),
        (SECOND, ["The second note", "A changed note"]),
        (Withholding("2026-0001", "note-1", "Medical", "Dana Ruiz"), ["The first note", "Another changed note"]),
    ],
)
def test_a_value_is_withheld_in_every_entry(made: Withholding, gone: list[str]) -> None:
    """As recorded, as changed, and as amended, before and after; nothing else is."""
    words = ["4711", "4712", "4713", "The first note", "The second note", "A changed note", "Another changed note"]
    assert [one for one in words if one in words_of(None)] == words
    told = words_of(made)
    assert [one for one in words if one not in told] == gone
    assert "An agency" in told


def test_a_note_is_chosen_by_its_entry() -> None:
    """Its amendments too, and no value of another note."""
    assert set(values_of(ENTRIES, SECOND)) == {("id4", "text"), ("id7", "text"), ("id7", "was.text")}


@pytest.mark.parametrize("value", ["plate", "note-3", "note-0", "note-x", "", "field.badge"])
def test_a_value_that_the_record_does_not_have_chooses_nothing(value: str) -> None:
    """So that a slip of the hand is found before the copy is made."""
    assert values_of(ENTRIES, Withholding("2026-0001", value, "x", "y")) == NONE


def test_a_record_names_what_can_be_withheld() -> None:
    """Facts by their ids, notes by their numbers, as a full record shows them; also what is encrypted."""
    assert known(ENTRIES) == ["agency", "badge", "note-1", "note-2"]
    shut = kept(9, EntryKind.NOTE_ADDED, {}, encrypted=("text",))
    gone = kept(10, EntryKind.NOTE_ADDED, {}, withheld=("text",))
    assert known([*ENTRIES, gone, shut])[-1] == "note-3"
    assert ("id9", "text") in values_of([*ENTRIES, gone, shut], Withholding("2026-0001", "note-3", "x", "y"))


def test_the_reason_is_the_level_first_then_the_decision() -> None:
    """An encrypted value that is withheld does not leave encrypted either."""
    shut = kept(9, EntryKind.NOTE_ADDED, {}, encrypted=("text",))
    values = values_of([shut], Withholding("2026-0001", "note-1", "x", "y"))
    assert why_not(shut, "text", Level.FULL, classes) is Withheld.ENCRYPTED
    assert why_not(shut, "text", Level.FULL, classes, values) is Withheld.CHOSEN
    assert why_not(shut, "text", Level.PUBLIC, classes, values) is Withheld.EXEMPT


def test_each_decision_is_listed_once() -> None:
    """With its record, value, ground and person."""
    values = {**values_of(ENTRIES, BADGE), **values_of(ENTRIES, SECOND)}
    assert decisions(values) == [BADGE, SECOND]
    assert of_record(values, "2026-0001") == [BADGE, SECOND]
    assert of_record(values, "2026-0002") == []
    decided = {"no": "2026-0001", "value": "badge", "extent": "all", "ground": "CGS 1-210(b)(2)", "by": "Dana Ruiz"}
    assert BADGE.json == decided
    assert replace(BADGE, words=("47",)).json == {**decided, "extent": "part"}


@pytest.mark.parametrize(
    ("words", "text", "shown"),
    [
        (("red",), "A red car, Red doors", "A [redacted] car, [redacted] doors"),
        (("Dana", "Dana Ruiz"), "Dana Ruiz and dana", "[redacted] and [redacted]"),
        (("a.c",), "abc a.c", "abc [redacted]"),
        (("blue",), "A red car", "A red car"),
    ],
)
def test_words_are_redacted_in_any_case_and_the_longest_first(words: tuple[str, ...], text: str, shown: str) -> None:
    """They are plain words, not a pattern."""
    assert replace(BADGE, words=words).redact(text) == shown


def test_only_the_values_with_the_words_are_redacted() -> None:
    """The others of that fact are shown as they are."""
    some = values_of(ENTRIES, replace(BADGE, words=("4711",)))
    assert [event_id for event_id, _ in some] == ["id1"]
    assert values_of(ENTRIES, replace(BADGE, words=("x",))) == {}
