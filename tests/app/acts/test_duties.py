"""Duties at the review screens: done or excepted by questions, as `kiosk duty` does it by options."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.acts.duties import duty_offers
from kiosk.app.acts.entering import Acts
from kiosk.errors import Refused, UsageError
from kiosk.log.record_search import find_record
from kiosk.presentation.acts import Offer
from kiosk.presentation.error_text import error_text
from kiosk.privacy.guard import PrivateText
from kiosk.record.bodies import meanings_in
from kiosk.record.encounter_record import Destroyed
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.system.clock import FixedClock
from tests.app.acts.walk import choice_ids, done, offer, walk
from tests.homes import PACK_WITH_DUTIES, a_home, encounter
from tests.keeping import said
from tests.running import running_kiosk

DONE = {"duty": "papers", "on": "2026-09-14", "note": "By courier.", "by": "Dana Ruiz"}
EXCEPTED = {"duty": "talk", "reason": "Nobody was there.", "by": "Dana Ruiz"}


@pytest.fixture
def acts(tmp_path: Path) -> Acts:
    """A home whose only record owes two duties."""
    home = a_home(tmp_path, pack=PACK_WITH_DUTIES)
    encounter(home, session=True)
    return Acts(home, "live", FixedClock())


def _offer(acts: Acts, offer_id: str, no: str = "2026-0001") -> Offer:
    with acts.reading() as log:
        record = find_record(log, no)
        return offer(duty_offers(acts, record, log.protocols(record.protocol.content_hash)), offer_id)


def test_what_was_done_is_asked_shown_and_then_entered(acts: Acts) -> None:
    """The duties are chosen by their words; nothing is entered before the preview is confirmed."""
    act = _offer(acts, "duty.done")
    assert act.right is Right.DUTIES
    first = walk(act, {}).question
    assert [choice.label for choice in first.choices] == [
        "Send them on. (The office, due 2026-09-14, due today)",
        "Talk of it. (The office, due 2027-09-14, open)",
    ]
    walked = walk(act, DONE)
    assert walked.asked == ["duty", "on", "note", "by"]
    assert walked.preview.lines == [
        "Record: 2026-0001",
        "Duty: Send them on.",
        "Done on: 2026-09-14",
        "Note: By courier.",
        "By: Dana Ruiz",
    ]
    assert said(acts.home, EntryKind.DUTY_DONE) == []
    walked.preview.do(lambda *_: None)
    (entry,) = said(acts.home, EntryKind.DUTY_DONE)
    assert {name: entry.body[name] for name in ("no", "duty", "on", "by", "note")} == {
        "no": "2026-0001",
        "duty": "papers",
        "on": "2026-09-14",
        "by": "Dana Ruiz",
        "note": "By courier.",
    }


def test_the_day_is_today_at_first_and_the_note_may_be_empty(acts: Acts) -> None:
    """So one of them takes the fewest keys."""
    act = _offer(acts, "duty.done")
    assert walk(act, {"duty": "papers"}).question.value == "2026-09-14"
    done(act, DONE | {"note": " "})
    assert "note" not in said(acts.home, EntryKind.DUTY_DONE)[0].body


def test_the_last_duty_settles_the_record(acts: Acts) -> None:
    """An exception has its reason; each duty can be corrected later by another entry."""
    done(_offer(acts, "duty.done"), DONE)
    assert said(acts.home, EntryKind.DUTIES_SETTLED) == []
    done(_offer(acts, "duty.except"), EXCEPTED)
    assert [one.body["reason"] for one in said(acts.home, EntryKind.DUTY_EXCEPTED)] == ["Nobody was there."]
    assert len(said(acts.home, EntryKind.DUTIES_SETTLED)) == 1
    assert choice_ids(walk(_offer(acts, "duty.done"), {}).question) == ["papers", "talk"]


def test_a_duty_is_assigned_to_a_person_until_it_is_done(acts: Acts) -> None:
    """The person stands beside the role; a done one is assigned to nobody."""
    done(_offer(acts, "duty.assign"), {"duty": "papers", "to": "Lee Novak", "by": "Dana Ruiz"})
    (entry,) = said(acts.home, EntryKind.DUTY_ASSIGNED)
    assert {name: entry.body[name] for name in ("no", "duty", "to", "by")} == {
        "no": "2026-0001",
        "duty": "papers",
        "to": "Lee Novak",
        "by": "Dana Ruiz",
    }
    act = _offer(acts, "duty.done")
    assert "(The office: Lee Novak, due 2026-09-14, due today)" in walk(act, {}).question.choices[0].label
    done(act, DONE)
    with pytest.raises(Refused):
        walk(_offer(acts, "duty.assign"), {"duty": "papers"})


def test_who_logged_in_is_not_asked_for_a_name(acts: Acts) -> None:
    """The entry has the name."""
    walked = walk(_offer(replace(acts, by="Lee Novak"), "duty.except"), EXCEPTED)
    assert walked.asked == ["duty", "reason"]
    assert walked.preview.lines[-1] == "By: Lee Novak"


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"on": "tomorrow"}, UsageError),
        ({"on": "2026-09-15"}, UsageError),
        ({"on": "2026-09-13"}, UsageError),
        ({"note": "SSN 219-09-9999"}, PrivateText),
    ],
)
def test_what_can_not_be_is_refused_before_more_is_asked(
    acts: Acts, answers: dict[str, str], error: type[Exception]
) -> None:
    """A day that is none, or outside the time from the record until today; private text."""
    with pytest.raises(error):
        walk(_offer(acts, "duty.done"), DONE | answers)


def test_a_text_with_two_meanings_is_asked_about(acts: Acts) -> None:
    """The meaning is in the entry."""
    act, answers = _offer(acts, "duty.except"), EXCEPTED | {"reason": "case 219-09-9999"}
    assert walk(act, answers).question.id == "meaning.reason"
    done(act, answers | {"meaning.reason": "case"})
    assert meanings_in(said(acts.home, EntryKind.DUTY_EXCEPTED)[0].body) == {"reason": "case"}


def test_an_open_record_and_one_without_duties_offer_nothing(acts: Acts) -> None:
    """Nothing can be done about duties that are not there."""
    no = encounter(acts.home, close=False)
    with acts.reading() as log:
        assert duty_offers(acts, find_record(log, no), None) == ()


def test_of_two_ends_of_the_last_duties_at_once_the_second_is_refused(acts: Acts) -> None:
    """Each was previewed while the other duty was open, so neither would say that none is open any more."""
    first, second = walk(_offer(acts, "duty.done"), DONE).preview, walk(_offer(acts, "duty.except"), EXCEPTED).preview
    first.do(lambda *_: None)
    with pytest.raises(Refused):
        second.do(lambda *_: None)
    done(_offer(acts, "duty.except"), EXCEPTED)
    assert len(said(acts.home, EntryKind.DUTIES_SETTLED)) == 1


def test_a_duty_that_ended_meanwhile_is_not_assigned(acts: Acts) -> None:
    """The preview was made while it was open."""
    assign = walk(_offer(acts, "duty.assign"), {"duty": "papers", "to": "Lee Novak", "by": "Dana Ruiz"}).preview
    done(_offer(acts, "duty.done"), DONE)
    with pytest.raises(Refused):
        assign.do(lambda *_: None)
    assert said(acts.home, EntryKind.DUTY_ASSIGNED) == []


def test_what_was_destroyed_or_settled_meanwhile_is_refused(acts: Acts, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is read again for each answer."""
    act = _offer(acts, "duty.done")
    destroyed = Destroyed(FixedClock().now(), "RC-075", "A. Ruiz", "Dana Ruiz")
    real = find_record
    monkeypatch.setattr("kiosk.app.acts.duties.find_record", lambda *given: replace(real(*given), destroyed=destroyed))
    with pytest.raises(Refused):
        walk(act, DONE)


def test_the_open_kiosk_enters_what_was_confirmed(acts: Acts) -> None:
    """Also from its own screens: the log is open in another thread of the same program."""
    with running_kiosk(acts.home):
        done(_offer(acts, "duty.assign"), {"duty": "talk", "to": "Lee Novak", "by": "Dana Ruiz"})
        done(_offer(acts, "duty.done"), DONE)
    assert len(said(acts.home, EntryKind.DUTY_DONE)) == len(said(acts.home, EntryKind.DUTY_ASSIGNED)) == 1


def test_a_refusal_is_said_in_the_language_of_the_desk(acts: Acts) -> None:
    """With the day that was typed."""
    with pytest.raises(UsageError) as refused:
        walk(_offer(acts, "duty.done"), DONE | {"on": "mañana"})
    assert error_text(refused.value, "es") == "«mañana» no es una fecha. Escríbala así: 2026-08-01."


def test_the_words_are_spanish_at_a_spanish_desk(acts: Acts) -> None:
    """Questions, labels and states."""
    act = _offer(replace(acts, language="es"), "duty.done")
    assert act.label == "Se cumplió un deber"
    assert walk(act, {}).question.title == "¿Qué deber?"
    assert "vence hoy" in walk(act, {}).question.choices[0].label
