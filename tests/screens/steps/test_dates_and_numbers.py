"""A date and a number in a form: typed, refused with a reason, shown as understood, and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.station import Pack
from kiosk.protocol.replies import PUT_OFF, Recorded
from tests.builders import CONTENT_HASH, a_protocol_with_a_date, a_station
from tests.screens.acting import Actor, Stand, a_stand, acting


def a_school(language: str = "en") -> Stand:
    """A kiosk whose first step asks for both, in this language."""
    station = replace(a_station(), language=language)
    return a_stand(pack=Pack(a_protocol_with_a_date(), CONTENT_HASH), station=station)


def recorded(actor: Actor) -> Recorded:
    """Return the saved values of the first step."""
    assert isinstance(actor.reply, Recorded), f"nothing was recorded at {actor.at}"
    return actor.reply


async def test_both_are_kept_as_what_they_are() -> None:
    """A day in the order of the calendar, a number as a number."""
    async with acting(a_school()) as actor:
        await actor.press("enter")
        await actor.type("3/14/2026")
        await actor.press("enter")
        await actor.type("5")
        await actor.press("enter")
        assert actor.at == "request"
        assert recorded(actor) == Recorded.of({"day": "2026-03-14", "pages": 5})


@pytest.mark.parametrize(("language", "day"), [("en", "Saturday 2026-03-14"), ("es", "sábado 2026-03-14")])
async def test_a_date_is_shown_as_it_was_understood(language: str, day: str) -> None:
    """While it is typed, beside its label; nothing is shown of half a date."""
    async with acting(a_school(language)) as actor:
        await actor.press("enter")
        await actor.type("3/14/")
        assert "2026-03-14" not in actor.step
        await actor.type("2026")
        assert day in actor.step


@pytest.mark.parametrize(("language", "told"), [("en", "month/day/year"), ("es", "mes/día/año")])
async def test_what_is_no_date_is_not_kept(language: str, told: str) -> None:
    """The screen says what to type, the box still holds the words, and the next box does not listen yet."""
    async with acting(a_school(language)) as actor:
        await actor.press("enter")
        await actor.type("14/3/2026")
        await actor.press("enter")
        assert told in actor.text
        assert actor.at == "identify"
        await actor.press(*["backspace"] * 9)
        await actor.type("3/14/2026")
        assert told not in actor.text
        await actor.press("enter", "enter")
        assert recorded(actor) == Recorded.of({"day": "2026-03-14", "pages": PUT_OFF})


@pytest.mark.parametrize(("language", "told"), [("en", "from 1 to 9"), ("es", "de 1 a 9")])
async def test_a_number_that_does_not_fit_is_not_kept(language: str, told: str) -> None:
    """The limits are named; nothing of it is in the log."""
    stand = a_school(language)
    async with acting(stand) as actor:
        await actor.press("enter", "enter")
        await actor.type("10")
        await actor.press("enter")
        assert told in actor.text
        assert actor.at == "identify"
        await actor.press("backspace", "enter")
        assert recorded(actor) == Recorded.of({"day": PUT_OFF, "pages": 1})


async def test_words_that_were_refused_are_never_kept() -> None:
    """They stay in the box until the page over the step is gone, and nothing of them is in the log."""
    async with acting(a_school()) as actor:
        await actor.press("enter")
        await actor.type("soon")
        await actor.press("f3", "backspace")
        assert "soon" in actor.step
        assert not actor.stand.log.holds("soon")
