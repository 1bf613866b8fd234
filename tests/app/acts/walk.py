"""An act answered question by question, as the screen does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kiosk.presentation.acts import Answers, Offer, Preview, Question


class Walked(NamedTuple):
    """The questions that were answered, in order, and what came after them."""

    asked: list[str]
    then: Question | Preview

    @property
    def preview(self) -> Preview:
        """The preview, which is expected."""
        assert isinstance(self.then, Preview), self.then
        return self.then

    @property
    def question(self) -> Question:
        """The question without an answer, which is expected."""
        assert isinstance(self.then, Question), self.then
        return self.then


def offer(offers: Iterable[Offer], offer_id: str) -> Offer:
    """The offer with this id."""
    return next(one for one in offers if one.id == offer_id)


def walk(one: Offer, answers: Mapping[str, str]) -> Walked:
    """Answer questions from these answers, as far as they go."""
    given: dict[str, str] = {}
    while True:
        then = one.next(given)
        if isinstance(then, Preview) or then.id not in answers:
            return Walked([*given], then)
        assert then.id not in given, f"{then.id} is asked twice"
        given[then.id] = answers[then.id]


def done(one: Offer, answers: Answers) -> str:
    """Answer everything, confirm the preview, and return what was done."""
    return walk(one, answers).preview.do(lambda *_: None).title


def choice_ids(question: Question) -> list[str]:
    """The ids of its choices."""
    return [choice.id for choice in question.choices]
