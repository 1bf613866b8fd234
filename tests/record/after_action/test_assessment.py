"""Assessments: what they must say, and where a privileged note is never shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from kiosk.errors import Refused
from kiosk.protocol.replies import Chosen, Missing
from kiosk.record.after_action.assessment import (
    Assessor,
    Decision,
    assessing,
    assessments_of,
    privileged_notes,
    require_assessment,
    without_privileged,
)
from kiosk.record.disclosure.levels import Classes, Level, is_included, redacted
from kiosk.record.encounter_record import Destroyed, EncounterRecord, fold
from kiosk.record.entries import ENCRYPTED, LoggedEntry, decode, encode
from kiosk.record.search_text import own_text
from kiosk.system.clock import FixedClock
from tests.builders import a_desk, place
from tests.fakes import MemoryLog

AT: Final = FixedClock().now()
NOTE: Final = "A fictional strategy"
CLASSES: Final = Classes(lambda _: None)


def entry(record: EncounterRecord, **other: Any) -> LoggedEntry:
    """An assessment by counsel with a privileged note, or with other values, as it is read back."""
    said = {"role": Assessor.COUNSEL, "by": "C. Counsel", "decision": None, "note": NOTE, "privileged": True}
    made = assessing(record, **{**said, **other})
    return decode(encode(made, origin="o", seq=99, event_id="assessed", at=AT))


@pytest.fixture
def record() -> EncounterRecord:
    """A closed record."""
    log = MemoryLog()
    desk = a_desk(log)
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    desk.close(desk.press(running, place("who"), "they-left"))
    return fold(kept for kept in log.told() if kept.encounter_id == running.id)


@pytest.mark.parametrize(
    "other",
    [
        {"decision": None, "note": "", "privileged": False},
        {"decision": Decision.FOLLOW_UP, "note": "", "privileged": False},
        {"decision": Decision.NOT_FOLLOWED, "note": "", "privileged": False},
        {"decision": Decision.REFERRED, "note": "", "privileged": False},
        {"decision": Decision.COMPLETE, "note": "", "privileged": True},
    ],
)
def test_an_assessment_that_says_too_little_is_refused(record: EncounterRecord, other: dict[str, Any]) -> None:
    """A note may be alone, and `complete` may; nothing else."""
    with pytest.raises(Refused):
        entry(record, **other)


def test_an_open_or_destroyed_record_is_not_assessed(record: EncounterRecord) -> None:
    """The desk is not done with the one; of the other, nothing is left."""
    gone = replace(record, destroyed=Destroyed(AT, "RC-075", "Pat Example", "Dana Ruiz"))
    for other in (replace(record, closing=None), gone):
        with pytest.raises(Refused):
            entry(other)


@pytest.mark.parametrize(
    "other",
    [
        {"role": "janitor"},
        {"role": None},
        {"decision": "granted"},
        {"privileged": "yes"},
        {"privileged": None},
        {"privileged": False},
        {"note": "Two notes"},
        {"privileged_note": ["a list"]},
        {"by": ""},
    ],
)
def test_what_does_not_read_is_refused(record: EncounterRecord, other: dict[str, Any]) -> None:
    """Whatever program sends it."""
    body = dict(entry(record).body)
    require_assessment(body)
    with pytest.raises(Refused):
        require_assessment({**body, **other})


@pytest.mark.parametrize(
    ("level", "included", "shown"),
    [
        (Level.STATISTICS, False, False),
        (Level.PUBLIC, False, False),
        (Level.COUNSEL, True, False),
        (Level.FULL, True, True),
    ],
)
def test_a_privileged_note_is_in_full_copies_only(
    record: EncounterRecord, level: Level, *, included: bool, shown: bool
) -> None:
    """Below counsel, not even that there is an assessment."""
    made = entry(record)
    assert is_included(made, level, CLASSES) is included
    assert (NOTE in str(redacted(made, level, CLASSES).body)) is shown


def test_a_note_that_is_not_privileged_is_in_a_copy_for_counsel(record: EncounterRecord) -> None:
    """With the role and the decision."""
    made = entry(record, privileged=False, role=Assessor.ADMINISTRATOR, decision=Decision.FOLLOW_UP)
    (found,) = assessments_of(folded(record, redacted(made, Level.COUNSEL, CLASSES)))
    assert (found.role, found.decision, found.note) == ("administrator", "follow-up", NOTE)


def folded(record: EncounterRecord, made: LoggedEntry) -> EncounterRecord:
    """The record with one more entry."""
    return fold([*record.entries, made])


def test_a_screen_and_a_search_do_not_show_it(record: EncounterRecord) -> None:
    """It is withheld there, and the assessment says that it has one."""
    made = entry(record)
    assert privileged_notes([made], ["another"]) == 0
    assert privileged_notes([made], [record.id]) == 1
    (seen,) = without_privileged([made])
    (found,) = assessments_of(folded(record, seen))
    assert (found.privileged, found.note) == (True, Missing("withheld"))
    assert NOTE.lower() not in own_text(record, [*record.entries, made])
    assert privileged_notes([seen], [record.id]) == 0


def test_an_encrypted_note_is_named_as_such(record: EncounterRecord) -> None:
    """The district can read it."""
    made = replace(entry(record), encrypted=("privileged_note",))
    made = replace(made, body={k: v for k, v in made.body.items() if k != "privileged_note"})
    (found,) = assessments_of(folded(record, made))
    assert found.note == Missing(ENCRYPTED)
