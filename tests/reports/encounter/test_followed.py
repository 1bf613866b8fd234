"""Whether the protocol was followed, in sentences that say no more than was recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.record.after_action.assessment import Assessor, Decision, assessing
from kiosk.record.after_action.versions import Installed
from kiosk.record.duty import RecordDuty
from kiosk.record.encounter_record import Destroyed, EncounterRecord
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.document.model import Document, Heading, Pairs, Paragraph
from kiosk.reports.encounter.followed import HEADING, Compared, with_comparison
from tests.record.after_action.told import answered, called, closed, facts, protocol, record, usual
from tests.reports.records import an_instant

DOOR = answered(10, "channel", chosen="door")
NOBODY = "No administrator or counsel has assessed it."


def sentences(of: EncounterRecord, in_force: Installed | None = None) -> list[str]:
    """The sentences about a record, a day later."""
    return [*Compared(of, protocol(), in_force, an_instant(86_400), UTC).sentences()]


def test_a_record_that_follows_its_protocol_differs_in_nothing() -> None:
    """The times of its calls are said; nobody has assessed it yet."""
    first, *rest = sentences(usual())
    assert first == "In what was recorded, nothing differs from the protocol."
    assert rest == [
        "A call first reached a person 1 minute after the start.",
        "A call first reached the office or a designee 1 minute after the start.",
        NOBODY,
    ]


def test_each_difference_has_its_sentence() -> None:
    """With the labels of the protocol."""
    left = record(
        DOOR,
        answered(20, "call-now", pressed="danger"),
        facts(30, agency_as_stated=("deferred",), badge="1"),
        closed(40, "gone"),
    )
    said = sentences(left)
    assert "Its answers lead to another outcome than the one it was closed with." in said
    assert "Left to fill in later: Agency." in said
    assert "“Danger” was pressed at call-now, 20 seconds after the start." in said
    assert "In what was recorded, nothing differs from the protocol." not in said


def test_a_record_closed_early_says_at_which_step() -> None:
    """The engine says which one waited."""
    end = (40.0, EntryKind.ENCOUNTER_CLOSED, None, closing_body(Ending.UNFINISHED, "over"))
    said = sentences(record(DOOR, called(20, "no-answer"), end))
    assert said[0].startswith("Left without a complete answer: ")
    assert said[1] == "It was closed before the protocol came to an outcome."
    assert "No call in the record has reached a person." in said
    assert "No call in the record has reached the office or a designee." in said


@pytest.mark.parametrize(
    ("of", "first"),
    [
        (record(DOOR), "The record is not closed yet, so it is not compared with the protocol."),
        (
            record(DOOR, (40.0, EntryKind.ENCOUNTER_CLOSED, None, closing_body(Ending.VOID, "test"))),
            "The record is void, so it is not compared with the protocol.",
        ),
        (
            replace(usual(), destroyed=Destroyed(an_instant(50), "RC-075", "A. Ruiz", "Dana Ruiz")),
            "Its details were destroyed, so it is not compared with the protocol.",
        ),
    ],
)
def test_what_can_not_be_compared_is_said(of: EncounterRecord, first: str) -> None:
    """Nothing is guessed."""
    assert sentences(of)[0] == first


def test_without_the_protocol_steps_are_not_compared() -> None:
    """The log does not have it."""
    said = [*Compared(usual(), None, None, an_instant(99), UTC).sentences()]
    assert said[0] == "Its steps are not compared: the log does not have the protocol, or not every answer."


def test_another_version_than_the_one_in_force_is_named() -> None:
    """Both versions."""
    used = usual().protocol
    other = Installed("2027.1", "other", 0)
    said = f"It used version {used.version}; version 2027.1 was in force when it was opened."
    assert sentences(usual(), other)[0] == said
    assert said not in sentences(usual(), Installed(used.version, used.content_hash, 0))


def test_a_duty_has_its_state_at_this_time() -> None:
    """Overdue is a word."""
    due = datetime(2026, 9, 14, 23, 59, 59, tzinfo=UTC)
    owing = replace(usual(), duties=(RecordDuty("papers", "office", due - timedelta(days=30)),))
    assert "Duty overdue (due 2026-08-15 23:59 +00:00): papers" in sentences(owing)


def test_an_assessment_says_who_and_what_but_no_privileged_note() -> None:
    """The decision, with the note that is not privileged."""
    of = usual()
    plain = assessing(
        of,
        role=Assessor.ADMINISTRATOR,
        by="Dana Ruiz",
        decision=Decision.FOLLOW_UP,
        note="Call again.",
        privileged=False,
    )
    secret = assessing(of, role=Assessor.COUNSEL, by="Lee Novak", decision=None, note="For us only.", privileged=True)
    assessed = [
        replace(entry, kind=one.kind, step=None, body=one.body, event_id=f"a{n}")
        for n, (entry, one) in enumerate(zip(of.entries, (plain, secret), strict=False))
    ]
    said = sentences(replace(of, entries=(*of.entries, *assessed)))
    assert NOBODY not in said
    assert [line.partition(" by ")[2] for line in said if line.startswith("Assessed")] == [
        "Dana Ruiz, administrator: more is to be done; note: Call again.",
        "Lee Novak, counsel.",
    ]


def test_the_sentences_come_before_the_first_heading_of_the_report() -> None:
    """Below the facts about the record."""
    report = Document("Record", (Pairs((("State", "closed"),)), Heading("What was recorded")), "", "")
    compared = Compared(usual(), protocol(), None, an_instant(99), UTC)
    pairs, heading, first, *_, last = with_comparison(report, compared).blocks
    assert (pairs, heading, last) == (report.blocks[0], Heading(HEADING), report.blocks[1])
    assert first == Paragraph("In what was recorded, nothing differs from the protocol.")
