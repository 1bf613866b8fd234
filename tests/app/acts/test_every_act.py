"""Whatever is typed or chosen, an act asks, previews, does, or refuses in a sentence. It never fails otherwise."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.review import LogReview
from kiosk.errors import KioskError
from kiosk.log.verify import check_log
from kiosk.presentation.acts import Offer, Preview, Question
from kiosk.presentation.review import Shelf, Wanted
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.app.acts.copies.answering import a_stick, unseen
from tests.desk.test_contact_changes import session
from tests.homes import CONTACTS, encounter
from tests.reports.records import HOSTILE
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)

TYPED: Final = (
    "The officers came back",
    "Dana Sample",
    "",
    "2026-09-20",
    "2026-09-01",
    "2026-0001",
    "860-555-0100",
    "8:00-4:30",
    "Mon-Fri 07:30-15:30",
    "08:00-12:00",
    "=1+1",
    "{{ 7 * 7 }} #set page() ${x} %s <b>b</b>",
    "- a: *b\n? !!python/object",
    "case 219-09-9999",
    "He has no papers",
    "999999999999999999999999",
    "x" * 10_000,
    "\ud800",
    HOSTILE,
)
"""What a person types: what fits somewhere, and what fits nowhere."""
CLOCKS: Final = [timedelta(days) for days in (0, 0, 0, 1, -1, 110, -110, 400, -400, 30_000)]
"""How wrong the clock is, before any answer and before the act: somebody sets it back and forth."""
WALKS: Final = 80
LONGEST: Final = 25


@pytest.fixture
def live(typed: Typed, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A live home with contacts, a closed record, and one place for copies."""
    home.contacts_file.write_text(CONTACTS, encoding="utf-8")
    session(home)
    encounter(home)
    a_stick(tmp_path, monkeypatch)
    return home


def offers(review: LogReview) -> Iterator[Offer]:
    """Every act that the review offers now: at its home, at the record, at each request and report."""
    yield from review.offers()
    yield from review.record("2026-0001").offers
    for shelf in (Shelf.REQUESTS, Shelf.PRESENCE):
        for row in review.rows(Wanted(shelf)).rows:
            yield from review.item(row.no).offers


def walked(offer: Offer, chance: random.Random, clock: FixedClock) -> bool:
    """Answer by chance until the act is done or nothing more is answered; return whether it was done."""
    answers: dict[str, str] = {}
    asked = ""
    for _ in range(LONGEST):
        set_clock(clock, chance)
        try:
            found = offer.next(answers)
        except KioskError:
            answers.pop(asked, None)
            continue
        match found:
            case Question():
                asked = found.id
                choices = [one.id for one in found.choices]
                answers[asked] = chance.choice(choices) if choices else chance.choice(TYPED)
            case Preview():
                set_clock(clock, chance)
                try:
                    found.do(unseen)
                except KioskError:
                    return False
                return True
    return False


def set_clock(clock: FixedClock, chance: random.Random) -> None:
    """A second later the computer's clock says something else."""
    clock.advance(1)
    clock.at = FixedClock().at + chance.choice(CLOCKS)


@pytest.mark.parametrize("walks", [WALKS, pytest.param(30 * WALKS, marks=pytest.mark.long)])
def test_nothing_that_is_typed_or_chosen_makes_an_act_fail(live: Home, walks: int) -> None:
    """Acts by chance, one after the other on the same log, which is intact afterwards."""
    chance, done = random.Random(walks), set[str]()  # noqa: S311 - the same walks each time
    clock = FixedClock()
    review = LogReview(live, "live", clock)
    for _ in range(walks):
        offer = chance.choice([*offers(review)])
        if walked(offer, chance, clock):
            done.add(offer.id)
    assert len(done) >= 8, done
    assert check_log(live.log("live")).problems == ()
