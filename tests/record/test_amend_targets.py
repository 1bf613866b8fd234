"""What can be amended is looked up in the record; what an amendment says passes the field and the guard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kiosk.errors import KioskError, Refused, UsageError
from kiosk.privacy.guard import PrivateText
from kiosk.protocol.replies import Missing, Value
from kiosk.record import amend_targets
from kiosk.record.amend_targets import AmendTarget
from kiosk.record.amendments import ADDITION, CALL, NOTE, NOWHERE, Ref, amendment_of
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entry_kinds import EntryKind
from tests.builders import a_protocol
from tests.record.test_encounter_record import kept

AGENCY = "agency-as-stated"


def entries() -> list[tuple[EntryKind, str | None, Mapping[str, Json]]]:
    """One closed encounter: a fact, a call, a note."""
    return [
        (
            EntryKind.STEP_ANSWERED,
            "identify",
            {"visit": 1, f"field.{AGENCY}": "An agency", "field.badge": {"missing": "refused"}},
        ),
        (EntryKind.CALL_MADE, "wait", {"role": "office", "person": 0, "result": "reached", "name": "Dana Ruiz"}),
        (EntryKind.NOTE_ADDED, "wait", {"text": "Two cars"}),
        (EntryKind.ENCOUNTER_CLOSED, "handover", {"outcome": "handover", "superseded": []}),
    ]


@pytest.fixture
def record() -> EncounterRecord:
    """That encounter, as it reads."""
    return fold(kept(*entries()))


def test_each_value_is_found_with_its_entry(record: EncounterRecord) -> None:
    """The entry that holds the value, not only the encounter."""
    assert amend_targets.fact(record, AGENCY, ()) == AmendTarget(f"field.{AGENCY}", Ref(1, "e1"), "An agency")
    assert amend_targets.call(record, 1) == AmendTarget(CALL, Ref(2, "e2"), "reached")
    assert amend_targets.note(record, 1) == AmendTarget(NOTE, Ref(3, "e3"), "Two cars")
    assert amend_targets.addition(record) == AmendTarget(ADDITION, Ref(4, "e4"))
    assert amend_targets.fact(record, "never-asked", ()) == AmendTarget("field.never-asked", Ref(4, "e4"))


def test_an_open_record_is_corrected_at_the_desk(record: EncounterRecord) -> None:
    """And the refusal says how."""
    amend_targets.require_closed(record)
    with pytest.raises(Refused, match="at the desk"):
        amend_targets.require_closed(fold(kept()))


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_note_or_call_that_is_not_there_is_refused(record: EncounterRecord, number: int) -> None:
    """With how many there are."""
    with pytest.raises(UsageError, match="It has 1"):
        amend_targets.note(record, number)
    with pytest.raises(UsageError, match="It has none"):
        amend_targets.call(replace(record, calls=()), number)


def test_a_fact_that_was_let_go_can_not_be_corrected() -> None:
    """What it said is not known any more, so no one can say that it was wrong."""
    told = kept(*entries())
    gone = replace(told[1], body={"visit": 1}, withheld=(f"field.{AGENCY}",))
    left = [told[0], gone, *told[2:]]
    with pytest.raises(Refused, match="no longer kept"):
        amend_targets.fact(fold(left), AGENCY, left)


def test_the_newest_value_is_the_last_one_said(record: EncounterRecord) -> None:
    """An amended value is amended from what was said last; additions stand each for itself."""
    subject, added = amend_targets.fact(record, AGENCY, ()), amend_targets.addition(record)
    at = record.opened_at
    target = {"entry": 1, "event_id": "e1"}
    first = amendment_of({"target": target, f"was.field.{AGENCY}": "An agency", f"field.{AGENCY}": "B"}, at)
    other = amendment_of({"target": target, "was.field.badge": "1", "field.badge": "C"}, at)
    more = amendment_of({"target": {"entry": 4, "event_id": "e4"}, "addition": "D"}, at)
    assert subject.newest(()) == "An agency"
    assert subject.newest((first, other, more)) == "B"
    assert subject.newest((first, replace(first, now="E"))) == "E"
    assert added.newest((first, more)) is None


FITS: list[tuple[str, str | Missing, Value | None]] = [
    (f"field.{AGENCY}", " Coast Guard ", "Coast Guard"),
    ("field.agents-count", "3", 3),
    ("field.agents-count", "three or four", "three or four"),
    ("field.badge", Missing("refused"), Missing("refused")),
    (NOTE, "Three cars\nand a van", "Three cars\nand a van"),
    (CALL, "nobody", "nobody"),
]


@pytest.mark.parametrize(("name", "given", "held"), FITS)
def test_what_is_said_is_held_as_the_field_holds_it(name: str, given: str | Missing, held: Value) -> None:
    """Trimmed; a number where numbers are counted."""
    assert amend_targets.new_value(AmendTarget(name, Ref(1, "e1")), given, a_protocol()) == held


WRONG: list[tuple[str, str | Missing, type[KioskError]]] = [
    ("field.nobody-asked", "x", UsageError),
    ("field.agents-count", Missing("refused"), UsageError),
    ("field.badge", "", UsageError),
    (NOTE, " \n ", UsageError),
    (NOTE, "x" * 1001, UsageError),
    (NOTE, "half \ud800", UsageError),
    (NOTE, "\x1b[31m", UsageError),
    (CALL, "busy", UsageError),
    (NOTE, "the mother is undocumented", PrivateText),
    ("field.badge", "123-45-6789", PrivateText),
]


@pytest.mark.parametrize(("name", "given", "error"), WRONG)
def test_what_can_not_be_held_or_must_not_be_kept_is_refused(
    name: str, given: str | Missing, error: type[KioskError]
) -> None:
    """Before anything is written; the sentence says what to do."""
    with pytest.raises(error) as told:
        amend_targets.new_value(AmendTarget(name, Ref(1, "e1")), given, a_protocol())
    assert told.value.repair or told.value.text_id  # words for the desk are in the catalogs, repair and all


def test_without_the_words_of_its_protocol_only_what_was_recorded_can_be_corrected() -> None:
    """A log can be older than the habit of keeping them."""
    assert amend_targets.new_value(AmendTarget("field.a", Ref(1, "e1"), 2), "3", None) == 3
    assert amend_targets.new_value(AmendTarget("field.a", Ref(1, "e1"), 2), "9" * 40, None) == "9" * 40
    assert amend_targets.new_value(AmendTarget("field.a", Ref(1, "e1"), "2"), "3", None) == "3"
    with pytest.raises(UsageError, match="no field"):
        amend_targets.new_value(AmendTarget("field.a", Ref(1, "e1")), "3", None)


def test_notes_and_calls_are_numbered_from_one(record: EncounterRecord) -> None:
    """In the order of the record."""
    notes = tuple(replace(record.notes[0], text=str(n), ref=Ref(n, f"e{n}")) for n in (1, 2, 3))
    calls = tuple(replace(record.calls[0], result=str(n), ref=Ref(n, f"e{n}")) for n in (1, 2, 3))
    several = replace(record, notes=notes, calls=calls)
    for n in (1, 2, 3):
        assert amend_targets.note(several, n) == AmendTarget(NOTE, Ref(n, f"e{n}"), str(n))
        assert amend_targets.call(several, n) == AmendTarget(CALL, Ref(n, f"e{n}"), str(n))


def test_a_fact_that_was_never_recorded_can_be_added_where_another_is_withheld(record: EncounterRecord) -> None:
    """Only the fact itself must not have been withheld."""
    told = kept(*entries())
    told[1] = replace(told[1], withheld=("field.plate",))
    assert amend_targets.fact(record, "card", told) == AmendTarget("field.card", Ref(4, "e4"))
    with pytest.raises(Refused):
        amend_targets.fact(record, "plate", told)
    assert amend_targets.fact(record, AGENCY, told).recorded == "An agency"


def test_an_open_record_has_no_entry_to_add_to() -> None:
    """An addition then names none."""
    assert amend_targets.addition(fold(kept())) == AmendTarget(ADDITION, NOWHERE)
    assert amend_targets.fact(fold(kept()), "badge", ()) == AmendTarget("field.badge", NOWHERE)


@pytest.mark.parametrize(("most", "fits"), [(3, True), (2, False)])
def test_a_text_may_be_as_long_as_its_limit(most: int, fits: bool) -> None:
    """Without the spaces around it."""
    if fits:
        assert amend_targets.storable_text("name", "  a b ", most) == "a b"
    else:
        with pytest.raises(UsageError):
            amend_targets.storable_text("name", "  a b ", most)


def test_a_thousand_characters_are_storable() -> None:
    """As for a note at the desk."""
    assert amend_targets.new_value(AmendTarget(NOTE, NOWHERE), "x" * 1000, None) == "x" * 1000
