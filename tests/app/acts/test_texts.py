"""Texts of an act's answers are checked, and one with two meanings is asked about."""

from __future__ import annotations

import pytest

from kiosk.app.acts.texts import AnsweredTexts, Asking, asks
from kiosk.presentation.acts import Answers, Preview, Question
from kiosk.privacy.guard import PrivateText
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind

WHY = Question("why", "Why?")


def test_a_question_without_an_answer_is_asked() -> None:
    """Its question is raised."""
    with pytest.raises(Asking) as raised:
        AnsweredTexts({}, "en").typed(WHY)
    assert raised.value.question == WHY


def test_an_answer_is_trimmed() -> None:
    """Blanks around it are no part of it."""
    assert AnsweredTexts({"why": "  Read it wrong "}, "en").typed(WHY) == "Read it wrong"


def test_an_optional_answer_may_be_empty() -> None:
    """Nothing typed is the answer."""
    assert AnsweredTexts({"why": " "}, "en").typed(Question("why", "Why?", optional=True)) == ""


def test_private_text_is_refused() -> None:
    """The log never has it."""
    with pytest.raises(PrivateText):
        AnsweredTexts({"why": "SSN 219-09-9999"}, "en").typed(WHY)


def test_a_text_with_two_meanings_is_asked_about_and_kept_with_its_meaning() -> None:
    """The question has its meanings; the entry has the answer."""
    said = "case 219-09-9999"
    with pytest.raises(Asking) as raised:
        AnsweredTexts({"why": said}, "en").typed(WHY)
    assert raised.value.question.id == "meaning.why"
    texts = AnsweredTexts({"why": said, "meaning.why": "case"}, "en")
    entry = Entry(EntryKind.AMENDMENT_ADDED, {"reason": texts.typed(WHY)})
    assert texts.kept(entry).body["meaning.reason"] == "case"


def test_a_text_with_two_meanings_of_which_none_fits_is_refused() -> None:
    """No answer makes it storable."""
    with pytest.raises(PrivateText):
        AnsweredTexts({"why": "case 219-09-9999", "meaning.why": "none"}, "en").typed(WHY)


def test_who_logged_in_is_not_asked_for_the_name() -> None:
    """The log-in has it."""
    assert AnsweredTexts({}, "en", by="Rosa Kern").by() == "Rosa Kern"


def test_without_a_log_in_the_name_is_asked() -> None:
    """Nobody is set up."""
    with pytest.raises(Asking) as raised:
        AnsweredTexts({}, "en").by()
    assert raised.value.question.id == "by"


def test_a_missing_answer_in_an_offer_becomes_its_question() -> None:
    """So an act is written straight down."""

    @asks
    def next_(answers: Answers) -> Question | Preview:
        AnsweredTexts(answers, "en").answer(WHY)
        raise AssertionError

    assert next_({}) == WHY
