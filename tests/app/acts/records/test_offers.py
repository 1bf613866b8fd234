"""What can be done with a record, and the acts that have no file of their own: calls, ends, readings, assessments."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.app.review import LogReview
from kiosk.errors import Refused
from kiosk.log.log import open_reader
from kiosk.log.record_search import find_record
from kiosk.presentation.review import Shelf
from kiosk.privacy.guard import PrivateText
from kiosk.record.endings import VoidReason
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock
from tests.app.acts.copies.answering import unseen
from tests.app.acts.records.walking import BY, answered, asked, bodies, done, ids, offers, previewed
from tests.commands.log.test_call import incomplete
from tests.homes import a_home, encounter
from tests.keeping import closed, destroy, mark
from tests.running import running_kiosk
from tests.typed import Stage, Typed

WHY = "Nobody finished it"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with its pack and no record yet."""
    return a_home(tmp_path)


# -- what is offered


def test_a_record_has_the_acts_of_its_state(home: Home) -> None:
    """An unfinished one can be ended; a closed one corrected and completed; only a flagged one is to be read."""
    assert list(offers(home, encounter(home, close=False))) == ["close", "void"]
    assert list(offers(home, encounter(home))) == ["called", "correct", "add", "assess"]
    assert list(offers(home, encounter(home, names_child=True))) == ["read", "called", "correct", "add", "assess"]


def test_each_act_needs_the_right_of_its_command(home: Home) -> None:
    """Reading for public copies and assessing are a review; everything else is an amendment."""
    found = {**offers(home, encounter(home, close=False)), **offers(home, encounter(home, names_child=True))}
    needed = {one: act.right for one, act in found.items()}
    review = {"read", "assess"}
    assert needed == {one: Right.REVIEW if one in review else Right.AMEND for one in found}


def test_a_file_that_somebody_brought_has_no_acts(home: Home) -> None:
    """There is no log to enter anything in."""
    no = encounter(home)
    assert LogReview(home, "live", FixedClock(), home.log("live")).record(no).offers == ()


def test_an_act_is_in_the_language_of_the_desk(home: Home) -> None:
    """Labels and questions; the record's own words stay as they are."""
    home.settings_file.write_text('[desk]\nlanguage = "es"\n', "utf-8")
    assert read_settings(home).language == "es"
    found = offers(home, encounter(home))
    assert found["add"].label == "Agregar un texto"
    assert asked(found["add"], {}).title == "¿Qué agrega?"


@pytest.mark.usefixtures("synchronized")
@pytest.mark.stage(Stage.NEW)
def test_a_record_whose_details_were_destroyed_is_not_corrected_or_assessed(home: Home, typed: Typed) -> None:
    """Nothing is left to correct; what is known now can be added."""
    no = closed(home)
    mark(typed)
    assert destroy(typed, no).code == 0
    assert list(offers(home, no)) == ["add"]


# -- a call


def test_a_call_made_later_is_entered_and_says_what_is_left(home: Home) -> None:
    """Roles still to call come first; the person may be unknown."""
    no = incomplete(home)
    offer = offers(home, no)["called"]
    (role,) = asked(offer, {}).choices
    assert (role.id, role.label) == ("office", "The office (still to call)")
    assert ids(asked(offer, {"role": "office"})) == ["reached", "called-back", "no-answer"]
    given = ("office", "reached", "Lee Novak")
    assert list(answered(offer, *given)) == ["role", "result", "person"]
    assert previewed(offer, *given).lines[0] == "call of office (Lee Novak): reached"
    assert previewed(offer, *given).lines[-1] == "Still to do: fill in badge."
    done(offer, *given)
    (body,) = bodies(home, EntryKind.CALL_MADE)
    assert (body["role"], body["result"], body["name"], body["by"]) == ("office", "reached", "Lee Novak", BY)
    done(offers(home, no)["called"], "office", "no-answer", "")
    assert bodies(home, EntryKind.CALL_MADE)[1]["name"] == "office"


def test_the_last_open_task_completes_the_record(home: Home) -> None:
    """Then it is on no shelf of open work any more."""
    no = incomplete(home)
    done(offers(home, no)["correct"], "fact", "badge", "+refused", "Asked again")
    assert bodies(home, EntryKind.RECORD_COMPLETED) == []
    done(offers(home, no)["called"], "office", "called-back", "")
    assert len(bodies(home, EntryKind.RECORD_COMPLETED)) == 1
    assert LogReview(home, "live", FixedClock()).counts()[Shelf.TO_DO] == 0


def test_a_private_name_of_a_call_is_refused(home: Home) -> None:
    """When it was typed."""
    offer = offers(home, encounter(home))["called"]
    with pytest.raises(PrivateText):
        offer.next(answered(offer, "office", "reached", "A123456789"))


# -- an end


@pytest.mark.parametrize(
    ("act", "ending", "given"),
    [("close", "unfinished", {"why": WHY}), ("void", "void", {"reason": "+another", "why": WHY})],
)
def test_a_record_that_the_desk_left_is_ended_with_its_reason(
    home: Home, act: str, ending: str, given: dict[str, str]
) -> None:
    """It is unfinished no more, and offers what a closed one does."""
    no = encounter(home, close=False)
    offer = offers(home, no)[act]
    assert answered(offer, *given.values()) == given
    assert f"reason: {WHY}" in previewed(offer, *given.values()).lines
    done(offer, *given.values())
    (body,) = bodies(home, EntryKind.ENCOUNTER_CLOSED)
    assert (body["ending"], body["reason"], body["by"]) == (ending, WHY, BY)
    assert "add" in offers(home, no)
    assert LogReview(home, "live", FixedClock()).counts()[Shelf.UNFINISHED] == 0


def test_a_void_record_can_have_a_reason_of_the_desk(home: Home) -> None:
    """The log has its code, so that it is counted with the same reasons of the desk."""
    offer = offers(home, encounter(home, close=False))["void"]
    assert ids(asked(offer, {})) == [*VoidReason, "+another"]
    assert "reason: only tried out" in previewed(offer, VoidReason.TRIED).lines
    done(offer, VoidReason.TRIED)
    assert bodies(home, EntryKind.ENCOUNTER_CLOSED)[0]["reason"] == VoidReason.TRIED


def test_a_private_reason_of_an_end_is_refused(home: Home) -> None:
    """And one with two meanings is asked about."""
    offer = offers(home, encounter(home, close=False))["close"]
    with pytest.raises(PrivateText):
        offer.next(answered(offer, "SSN 123-45-6789"))
    done(offer, "they went to Asylum", "street")
    assert bodies(home, EntryKind.ENCOUNTER_CLOSED)[0]["meaning.reason"] == "street"


def test_a_record_that_was_closed_meanwhile_is_not_ended_again(home: Home) -> None:
    """Two administrators at once: the second one reads it."""
    offer = offers(home, encounter(home, close=False))["close"]
    late = previewed(offer, WHY)
    done(offer, WHY)
    with pytest.raises(Refused):
        offer.next({"why": WHY})
    with pytest.raises(Refused):
        late.do(lambda _done, _all: None)
    assert len(bodies(home, EntryKind.ENCOUNTER_CLOSED)) == 1


@pytest.mark.parametrize(("act", "reason"), [("close", WHY), ("void", VoidReason.MISTAKE)])
@pytest.mark.parametrize("confirmed", [True, False])
def test_a_record_that_the_desk_continued_meanwhile_is_not_ended(
    home: Home, act: str, reason: str, confirmed: bool
) -> None:
    """The desk has left it again; but it is not the record that was read. After another look, it can be ended."""
    with running_kiosk(home) as kiosk:
        kiosk.thread.submit(kiosk.desk.start_session).result()
        opened = kiosk.thread.submit(kiosk.desk.open).result()
        kiosk.thread.submit(kiosk.desk.pause, opened).result()
        offer = offers(home, opened.no)[act]
        preview = previewed(offer, reason)
        resumed = kiosk.thread.submit(kiosk.desk.resume, opened).result()
        resumed = kiosk.thread.submit(kiosk.desk.note, resumed, "They came back").result()
        kiosk.thread.submit(kiosk.desk.pause, resumed).result()
        with pytest.raises(Refused) as raised:
            preview.do(unseen) if confirmed else offer.next({})
        assert raised.value.text_id == "error.record.changed"
        assert bodies(home, EntryKind.ENCOUNTER_CLOSED) == []
        done(offers(home, opened.no)[act], reason)
    assert [body["by"] for body in bodies(home, EntryKind.ENCOUNTER_CLOSED)] == [BY]


def test_what_is_done_about_an_unfinished_record_elsewhere_does_not_keep_it_open(home: Home) -> None:
    """A legal hold is not of the desk."""
    no = encounter(home, close=False)
    preview = previewed(offers(home, no)["close"], WHY)
    with closing(open_reader(home, "live")) as log:
        record = find_record(log, no, "live")
    hold = Entry(EntryKind.HOLD_PLACED, {"reason": "A suit", "by": BY}, record.id, actor=Actor.COMMAND)
    append_entry(home, "live", FixedClock(), hold)
    preview.do(unseen)
    assert len(bodies(home, EntryKind.ENCOUNTER_CLOSED)) == 1


def test_the_open_kiosk_ends_a_record_that_its_desk_left(home: Home) -> None:
    """Not one that the desk works on; the desk is never disturbed."""
    with running_kiosk(home) as kiosk:
        kiosk.thread.submit(kiosk.desk.start_session).result()
        left = kiosk.thread.submit(kiosk.desk.open).result()
        kiosk.thread.submit(kiosk.desk.pause, left).result()
        at_work = kiosk.thread.submit(kiosk.desk.open).result()
        done(offers(home, left.no)["close"], WHY)
        with pytest.raises(Refused) as raised:
            done(offers(home, at_work.no)["void"], VoidReason.MISTAKE)
        assert raised.value.text_id == "error.record.at-desk"
        assert [one.no for one in kiosk.thread.submit(kiosk.desk.unfinished).result().records] == [at_work.no]
    assert [body["by"] for body in bodies(home, EntryKind.ENCOUNTER_CLOSED)] == [BY]


# -- the reading before public copies


def test_a_flagged_record_is_read_as_a_public_copy_shows_it(home: Home) -> None:
    """The question has the lines of the public copy; the reason is asked after a yes."""
    no = encounter(home, agency="Example County Sheriff", note="Two people came", names_child=True)
    offer = offers(home, no)["read"]
    lines = "\n".join(asked(offer, {}).lines)
    assert (no in lines, "Two people came" in lines) == (True, False)
    assert ids(asked(offer, {})) == ["yes", "no"]
    assert list(answered(offer, "yes", "No child is named")) == ["leaves", "why"]
    done(offer, "yes", "No child is named")
    (body,) = bodies(home, EntryKind.DISCLOSURE_REVIEWED)
    assert (body["no"], body["reason"], body["by"]) == (no, "No child is named", BY)
    assert "read" not in offers(home, no)


def test_a_record_that_may_not_leave_gets_no_entry(home: Home) -> None:
    """A no says that it stays out of public copies."""
    offer = offers(home, encounter(home, names_child=True))["read"]
    with pytest.raises(Refused, match="stays out of public copies"):
        offer.next({"leaves": "no"})
    with pytest.raises(PrivateText):
        offer.next({"leaves": "yes", "why": "SSN 123-45-6789"})


# -- an assessment


def test_an_administrator_decides_and_says_what_is_to_be_done(home: Home) -> None:
    """Every decision but complete needs a note; nothing is privileged."""
    offer = offers(home, encounter(home))["assess"]
    given = ("administrator", "follow-up", "Call the family")
    assert list(answered(offer, *given)) == ["role", "decision", "note"]
    assert not asked(offer, answered(offer, *given[:2])).optional
    assert list(previewed(offer, *given).lines) == [f"{BY}, administrator: more is to be done", "note: Call the family"]
    done(offer, *given)
    (body,) = bodies(home, EntryKind.RECORD_ASSESSED)
    assert (body["role"], body["decision"], body["note"]) == ("administrator", "follow-up", "Call the family")
    assert (body["privileged"], body["by"]) == (False, BY)


def test_a_complete_record_needs_no_note(home: Home) -> None:
    """The box may stay empty."""
    offer = offers(home, encounter(home))["assess"]
    done(offer, "counsel", "complete", "")
    (body,) = bodies(home, EntryKind.RECORD_ASSESSED)
    assert (body["decision"], body["privileged"], "note" in body) == ("complete", False, False)


@pytest.mark.parametrize(("answer", "name"), [("yes", "privileged_note"), ("no", "note")])
def test_counsel_says_whether_a_note_is_privileged(home: Home, answer: str, name: str) -> None:
    """It is asked after the note, and kept under its own name; on the screen of the record it is withheld."""
    no = encounter(home, session=True)
    offer = offers(home, no)["assess"]
    given = ("counsel", "+note", "A fictional strategy", answer)
    assert list(answered(offer, *given)) == ["role", "decision", "note", "privileged"]
    done(offer, *given)
    (body,) = bodies(home, EntryKind.RECORD_ASSESSED)
    assert (body["decision"], body["privileged"], body[name]) == (None, answer == "yes", "A fictional strategy")
    shown = "\n".join(LogReview(home, "live", FixedClock()).record(no).lines)
    assert ("A fictional strategy" in shown) is (answer == "no")


def test_a_private_note_is_refused_and_one_with_two_meanings_is_asked_about(home: Home) -> None:
    """Before anything else is asked."""
    offer = offers(home, encounter(home))["assess"]
    with pytest.raises(PrivateText):
        offer.next(answered(offer, "administrator", "+note", "SSN 123-45-6789"))
    done(offer, "administrator", "+note", "They came from Asylum", "street")
    assert bodies(home, EntryKind.RECORD_ASSESSED)[0]["meaning.note"] == "street"


# -- where it is entered


def test_an_act_of_practice_is_in_its_own_log(home: Home) -> None:
    """Never in the live one."""
    live, no = encounter(home), encounter(home, "practice")
    done(offers(home, no, "practice")["add"], "A third car", "Forgotten")
    assert bodies(home, EntryKind.AMENDMENT_ADDED) == []
    assert bodies(home, EntryKind.AMENDMENT_ADDED, "practice")[0]["no"] == no
    assert LogReview(home, "live", FixedClock()).record(live).record.amendments == ()
