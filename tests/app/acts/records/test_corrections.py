"""Correcting a value at the review, and adding a text: what is asked in which order, and what the log has then."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import Refused, UsageError
from kiosk.privacy.guard import PrivateText
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from tests.app.acts.copies.answering import unseen
from tests.app.acts.records.walking import BY, answered, asked, bodies, done, ids, offers, previewed
from tests.homes import PACK, a_home, encounter, tamper

WHY = "Read from the card copy"
SORT = "  sort: {label: {en: Sort}, type: choice, choices: {a: {en: First}, b: {en: Second}}, missing: [refused]}\n"
DAY = "  day: {label: {en: Day}, type: date}\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a closed record; its protocol has two more facts that were not asked."""
    home = a_home(tmp_path, pack=PACK.replace("start: channel", f"{SORT}{DAY}start: channel"))
    encounter(home, note="Two cars", session=True)
    return home


NO = "2026-0001"


def test_a_typed_fact_gets_another_value(home: Home) -> None:
    """The questions lead from the detail to the value, with the original value in the box, then to the reason."""
    offer = offers(home, NO)["correct"]
    given = ("fact", "agency-as-stated", "+typed", "Coast Guard", WHY)
    assert list(answered(offer, *given)) == ["kind", "which", "now", "value", "why"]
    assert asked(offer, answered(offer, *given[:3])).value == "An agency"
    lines = previewed(offer, *given).lines
    assert "agency-as-stated was: An agency" in lines
    assert "agency-as-stated is now: Coast Guard" in lines
    assert f"reason: {WHY}" in lines
    done(offer, *given)
    (body,) = bodies(home, EntryKind.AMENDMENT_ADDED)
    assert (body["was.field.agency-as-stated"], body["field.agency-as-stated"]) == ("An agency", "Coast Guard")
    assert (body["reason"], body["by"], body["no"]) == (WHY, BY, NO)


def test_nothing_is_entered_before_the_preview_is_confirmed(home: Home) -> None:
    """Questions and preview only read."""
    previewed(offers(home, NO)["correct"], "note", "1", "Three cars", WHY)
    assert bodies(home, EntryKind.AMENDMENT_ADDED) == []


def test_what_is_offered_has_its_newest_value(home: Home) -> None:
    """Labels in the words of the protocol; a value that has none says why."""
    offer = offers(home, NO)["correct"]
    done(offer, "fact", "agency-as-stated", "+typed", "Coast Guard", WHY)
    labels = [one.label for one in asked(offer, {"kind": "fact"}).choices]
    assert labels == ["Agency: Coast Guard", "Badge: refused"]
    assert [one.label for one in asked(offer, {"kind": "note"}).choices] == ["Note 1: Two cars"]
    assert [one.label for one in asked(offer, {"kind": "call"}).choices] == ["office (Dana Ruiz): reached"]
    assert ids(asked(offer, {"kind": "other"})) == ["sort", "day"]


def test_of_two_corrections_of_one_value_at_once_the_second_is_refused(home: Home) -> None:
    """Its preview named an original value that is not the newest one any more. Another value is corrected."""
    offer = offers(home, NO)["correct"]
    first, second = (
        previewed(offer, "fact", "agency-as-stated", "+typed", words, WHY)
        for words in ("Coast Guard", "Secret Service")
    )
    other = previewed(offer, "note", "1", "Three cars", WHY)
    first.do(unseen)
    with pytest.raises(Refused) as refused:
        second.do(unseen)
    assert refused.value.text_id == "error.record.changed"
    other.do(unseen)
    assert [one.get("field.agency-as-stated") for one in bodies(home, EntryKind.AMENDMENT_ADDED)] == [
        "Coast Guard",
        None,
    ]
    done(offer, "fact", "agency-as-stated", "+typed", "Secret Service", WHY)
    assert bodies(home, EntryKind.AMENDMENT_ADDED)[-1]["was.field.agency-as-stated"] == "Coast Guard"


def test_a_fact_can_have_no_value_with_its_reason(home: Home) -> None:
    """One that its protocol allows, or later; the reason that it has already is not offered."""
    offer = offers(home, NO)["correct"]
    assert ids(asked(offer, {"kind": "fact", "which": "badge"})) == ["+typed", "+deferred"]
    assert ids(asked(offer, {"kind": "fact", "which": "agency-as-stated"})) == ["+typed", "+refused", "+deferred"]
    done(offer, "fact", "agency-as-stated", "+refused", WHY)
    (body,) = bodies(home, EntryKind.AMENDMENT_ADDED)
    assert body["field.agency-as-stated"] == {"missing": "refused"}


def test_a_fact_with_choices_is_chosen(home: Home) -> None:
    """Also one that was not asked; then it is among the recorded ones."""
    offer = offers(home, NO)["correct"]
    assert ids(asked(offer, {"kind": "other", "which": "sort"})) == ["a", "b", "+refused", "+deferred"]
    done(offer, "other", "sort", "b", WHY)
    (body,) = bodies(home, EntryKind.AMENDMENT_ADDED)
    assert (body["was.field.sort"], body["field.sort"]) == (None, "b")
    assert "Sort: Second" in [one.label for one in asked(offer, {"kind": "fact"}).choices]
    assert ids(asked(offer, {"kind": "fact", "which": "sort"})) == ["a", "+refused", "+deferred"]


def test_a_note_is_typed_again_and_the_result_of_a_call_is_chosen(home: Home) -> None:
    """A note begins with its text; a call has its other results."""
    offer = offers(home, NO)["correct"]
    box = asked(offer, {"kind": "note", "which": "1"})
    assert (box.id, box.value, box.room) == ("value", "Two cars", 1000)
    assert ids(asked(offer, {"kind": "call", "which": "1"})) == ["called-back", "no-answer", "nobody"]
    done(offer, "note", "1", "Three cars", WHY)
    done(offer, "call", "1", "no-answer", WHY)
    note, call = bodies(home, EntryKind.AMENDMENT_ADDED)
    assert (note["was.text"], note["text"]) == ("Two cars", "Three cars")
    assert (call["was.result"], call["result"]) == ("reached", "no-answer")


def test_a_value_that_does_not_fit_or_is_the_same_is_refused(home: Home) -> None:
    """When it was typed, so that the same box is shown again."""
    offer = offers(home, NO)["correct"]
    with pytest.raises(UsageError):
        offer.next(answered(offer, "other", "day", "+typed", "some day"))
    with pytest.raises(UsageError):
        offer.next(answered(offer, "fact", "agency-as-stated", "+typed", "An agency"))
    with pytest.raises(UsageError):
        offer.next(answered(offer, "note", "1", "x" * 1001))


@pytest.mark.parametrize("words", ["+typed", "+refused", "+"])
def test_a_fact_that_reads_like_the_id_of_a_choice_can_be_corrected_as_any(home: Home, words: str) -> None:
    """What somebody typed hides no choice."""
    offer = offers(home, NO)["correct"]
    done(offer, "fact", "agency-as-stated", "+typed", words, WHY)
    which = {"kind": "fact", "which": "agency-as-stated"}
    assert ids(asked(offer, which)) == ["+typed", "+refused", "+deferred"]
    done(offer, "fact", "agency-as-stated", "+typed", "Coast Guard", WHY)
    assert bodies(home, EntryKind.AMENDMENT_ADDED)[-1]["was.field.agency-as-stated"] == words


def test_an_answer_that_is_no_choice_any_more_is_asked_again(home: Home) -> None:
    """The record may have been changed since the question was shown."""
    offer = offers(home, NO)["correct"]
    assert asked(offer, {"kind": "photo"}).id == "kind"
    assert asked(offer, {"kind": "note", "which": "7"}).id == "which"
    assert asked(offer, {"kind": "fact", "which": "badge", "now": "+refused"}).id == "now"


def test_without_its_protocol_a_recorded_fact_can_be_corrected(tmp_path: Path) -> None:
    """By its id, and with any reason; a fact that was not recorded can't be added."""
    home = a_home(tmp_path)
    offer = offers(home, encounter(home))["correct"]
    assert ids(asked(offer, {})) == ["fact", "call"]
    assert asked(offer, {"kind": "fact"}).choices[0].label == "agency-as-stated: An agency"
    assert ids(asked(offer, {"kind": "fact", "which": "badge"})) == [
        "+typed",
        "+not-seen",
        "+not-asked",
        "+none",
        "+deferred",
    ]
    done(offer, "fact", "badge", "+none", WHY)
    assert bodies(home, EntryKind.AMENDMENT_ADDED)[0]["field.badge"] == {"missing": "none"}


def test_a_fact_that_is_no_longer_kept_is_not_offered(home: Home) -> None:
    """Nobody can name its original value any more, though an amendment of it is left."""
    done(offers(home, NO)["correct"], "fact", "agency-as-stated", "+typed", "Coast Guard", WHY)
    tamper(home, lambda c: c.execute("DELETE FROM disclosure WHERE name = 'field.agency-as-stated' AND seq < 8"))
    offer = offers(home, NO)["correct"]
    assert ids(asked(offer, {"kind": "fact"})) == ["badge"]


@pytest.mark.parametrize(
    ("act", "given"),
    [("correct", ("fact", "agency-as-stated", "+typed")), ("correct", ("note", "1")), ("add", ())],
)
def test_private_text_is_refused(home: Home, act: str, given: tuple[str, ...]) -> None:
    """As the value, and as the reason."""
    offer = offers(home, NO)[act]
    with pytest.raises(PrivateText):
        offer.next(answered(offer, *given, "the mother is undocumented"))
    with pytest.raises(PrivateText):
        offer.next(answered(offer, *given, "Three cars", "SSN 123-45-6789"))


def test_a_text_with_two_meanings_is_kept_with_the_one_that_was_chosen(home: Home) -> None:
    """The question comes right after the text; each text has its own."""
    offer = offers(home, NO)["add"]
    given = ("came from Asylum", "street", "Asylum was misspelt", "agency")
    assert list(answered(offer, *given)) == ["text", "meaning.text", "why", "meaning.why"]
    done(offer, *given)
    (body,) = bodies(home, EntryKind.AMENDMENT_ADDED)
    assert (body["meaning.addition"], body["meaning.reason"]) == ("street", "agency")
    with pytest.raises(PrivateText):
        offer.next(answered(offer, "came from Asylum", "none"))


def test_a_text_is_added(home: Home) -> None:
    """With its reason; the record has its original and the addition."""
    offer = offers(home, NO)["add"]
    assert list(answered(offer, "A third car", WHY)) == ["text", "why"]
    assert "added: A third car" in previewed(offer, "A third car", WHY).lines
    done(offer, "A third car", WHY)
    (body,) = bodies(home, EntryKind.AMENDMENT_ADDED)
    assert (body["addition"], body["reason"], body["by"]) == ("A third car", WHY, BY)


def test_while_nobody_is_set_up_the_name_is_asked_last(home: Home) -> None:
    """And it is checked as a name."""
    offer = offers(home, NO, by="")["add"]
    assert list(answered(offer, "A third car", WHY, "Rosa Kern")) == ["text", "why", "by"]
    with pytest.raises(PrivateText):
        offer.next(answered(offer, "A third car", WHY, "A123456789"))
    done(offer, "A third car", WHY, "Rosa Kern")
    assert bodies(home, EntryKind.AMENDMENT_ADDED)[0]["by"] == "Rosa Kern"
