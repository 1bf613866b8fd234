"""The duties of an outcome, as read from a file."""

from __future__ import annotations

import pytest

from kiosk.protocol.model import Duty, Text, TimeUnit, Within
from kiosk.protocol.parsing.protocol import read_protocol
from tests.protocol.samples import EVERYTHING, FRAGMENT


def duties(text: str = EVERYTHING) -> dict[str, Duty]:
    """The duties of the sample's outcome."""
    protocol = read_protocol(text.encode(), "f", {"closing.yaml": FRAGMENT.encode()}).protocol
    assert protocol is not None
    return {duty.id: duty for duty in protocol.outcomes["over"].duties}


def test_a_duty_is_read_as_written() -> None:
    """In the order of the file; a text without a language is in the source language."""
    found = duties()
    assert list(found) == ["papers", "entry", "talk", "family"]
    assert found["papers"] == Duty(
        "papers", Text.of(en="Send them on."), "office", Within(), Text.of(en="They decide."), ("guide",)
    )
    assert found["entry"].do == Text.of(en="Write it down.")


def test_the_time_is_at_once_or_a_number_of_one_unit() -> None:
    """Each unit is read, with its number."""
    assert [duty.within for duty in duties().values()] == [
        Within(TimeUnit.AT_ONCE, 0),
        Within(TimeUnit.HOURS, 4),
        Within(TimeUnit.DAYS, 365),
        Within(TimeUnit.BUSINESS_DAYS, 3),
    ]


@pytest.mark.parametrize(
    ("within", "words"),
    [
        (Within(), "at once"),
        (Within(TimeUnit.HOURS, 1), "within 1 hour"),
        (Within(TimeUnit.DAYS, 14), "within 14 days"),
        (Within(TimeUnit.BUSINESS_DAYS, 4), "within 4 business days"),
    ],
)
def test_the_time_in_words(within: Within, words: str) -> None:
    """One day has no s."""
    assert within.words == words


@pytest.mark.parametrize(
    ("sooner", "later"),
    [
        (Within(TimeUnit.HOURS, 4), Within()),
        (Within(), Within(TimeUnit.DAYS, 1)),
        (Within(TimeUnit.DAYS, 1), Within(TimeUnit.BUSINESS_DAYS, 1)),
        (Within(TimeUnit.BUSINESS_DAYS, 5), Within(TimeUnit.DAYS, 8)),
        (Within(TimeUnit.BUSINESS_DAYS, 5), Within(TimeUnit.BUSINESS_DAYS, 6)),
    ],
)
def test_times_of_two_units_can_be_compared(sooner: Within, later: Within) -> None:
    """By the longest that each can be: five business days have a weekend between them."""
    assert sooner.longest_hours < later.longest_hours
