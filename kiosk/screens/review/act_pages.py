"""The pages of an act: its questions, its preview, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, assert_never

from kiosk.presentation.acts import Answers, Offer, Preview, Progress, Question
from kiosk.presentation.values import Choice
from kiosk.screens.review.view import Ask, Doing, Leads, Page, Read, View

_DO: Final = "+do"


def choices_of(offers: Sequence[Offer]) -> list[Choice]:
    """Return one choice for each act."""
    return [Choice(one.id, one.label) for one in offers]


def begin(offers: Sequence[Offer], chosen: str) -> Read | None:
    """Return the first page of the chosen act; None if no act has this id."""
    return next((partial(_page, one, {}) for one in offers if one.id == chosen), None)


def _page(offer: Offer, answers: Answers) -> Page:
    asked = offer.next(answers)
    match asked:
        case Question() if asked.choices:
            return View(asked.title, asked.choices, asked.lines, _then(offer, answers, asked), of_act=True)
        case Question():
            return Ask(asked, lambda words: partial(_page, offer, {**answers, asked.id: words}))
        case Preview():
            doing = Doing(partial(_done, asked), asked.reads)
            confirm = [Choice(_DO, asked.confirm)]
            return View(asked.title, confirm, above=asked.lines, then=lambda _: doing, of_act=True)
        case _:
            assert_never(asked)


def _then(offer: Offer, answers: Answers, asked: Question) -> Callable[[str], Leads]:
    return lambda choice: partial(_page, offer, {**answers, asked.id: choice})


def _done(preview: Preview, progress: Progress) -> View:
    done = preview.do(progress)
    return View(done.title, lines=done.lines, done=True)
