"""Answers the questions of an offer one after the other, and reads what was entered."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from kiosk.app.review import LogReview
from kiosk.log.log import open_reader
from kiosk.presentation.acts import Answers, Done, Offer, Preview, Question
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.settings import Home, Mode
from kiosk.system.clock import FixedClock

BY = "Dana Ruiz"


def offers(home: Home, no: str, mode: Mode = "live", by: str = BY) -> dict[str, Offer]:
    """What a person can enter about a record, by the ids of the acts."""
    found = LogReview(home, mode, FixedClock(), None, by).record(no).offers
    return {one.id: one for one in found if one.right is not Right.EXPORT}


def asked(offer: Offer, answers: Answers) -> Question:
    """The question after these answers."""
    found = offer.next(answers)
    assert isinstance(found, Question)
    return found


def answered(offer: Offer, *given: str) -> dict[str, str]:
    """The answers by the ids of their questions, in the order in which these were asked."""
    answers = dict[str, str]()
    for words in given:
        answers[asked(offer, answers).id] = words
    return answers


def ids(question: Question) -> list[str]:
    """The ids of the choices of a question."""
    return [one.id for one in question.choices]


def previewed(offer: Offer, *given: str) -> Preview:
    """The preview after these answers."""
    found = offer.next(answered(offer, *given))
    assert isinstance(found, Preview)
    return found


def done(offer: Offer, *given: str) -> Done:
    """Answer, confirm the preview, and return what was done."""
    return previewed(offer, *given).do(lambda _done, _all: None)


def bodies(home: Home, kind: EntryKind, mode: Mode = "live") -> list[dict[str, Any]]:
    """The bodies of the entries of this kind, oldest first."""
    with closing(open_reader(home, mode)) as log:
        return [dict(kept.body) for kept in map(decode, log.of_kind(kind))]
