"""The side panel of every step: digits to dial, the people in one order, who is next, and each call's result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.station import Pack
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.model import Protocol
from tests.builders import CONTENT_HASH, a_protocol
from tests.screens.acting import Actor, Stand, a_stand, acting

NAMES = ("Dana Ruiz", "Sam Whitfield", "Superintendent's Office")


def panel(actor: Actor) -> str:
    """The text in the panel, at 80 columns."""
    return " ".join("\n".join(line[52:] for line in actor.lines[1:22]).split())


def a_school(**changes: Protocol) -> Stand:
    """A kiosk with this protocol, or the sample."""
    return a_stand(pack=Pack(changes.get("protocol", a_protocol()), CONTENT_HASH))


def in_order(actor: Actor) -> list[str]:
    """The names in the panel, from the top."""
    words = panel(actor)
    return sorted((name for name in NAMES if name in words), key=words.index)


async def test_the_order_stays_and_the_next_is_marked() -> None:
    """People who were tried keep their place, with the time; “call now” is at the next."""
    async with acting(a_school()) as actor:
        await actor.press("enter", "2", "1")
        assert in_order(actor)[:2] == ["Dana Ruiz", "Sam Whitfield"]
        assert panel(actor).startswith("CALL NOW Dana Ruiz")
        await actor.press("2")
        assert in_order(actor)[:2] == ["Dana Ruiz", "Sam Whitfield"]
        assert "– no answer 10:42 AM CALL NOW Sam Whitfield" in panel(actor)


async def test_once_somebody_was_reached_nobody_is_to_be_called_now() -> None:
    """And the page of calls says the same, in the same order."""
    async with acting(a_school()) as actor:
        await actor.press("enter", "2", "1", "2", "1")
        assert "CALL NOW" not in panel(actor)
        assert "No answer?" not in panel(actor)
        assert "✓ reached 10:42 AM" in panel(actor)
        await actor.press("f5")
        told = [
            "Dana Ruiz · Designated administrator · no answer 10:42 AM",
            "Sam Whitfield · Designated administrator · reached 10:42 AM",
        ]
        assert [words for words in told if words in actor.text] == told
        assert actor.text.index(told[0]) < actor.text.index(told[1])


async def test_it_is_told_on_the_page_of_calls_who_is_to_be_called_now() -> None:
    """Before anybody was called."""
    async with acting(a_school()) as actor:
        await actor.press("enter", "f5")
        assert "Dana Ruiz · Designated administrator · call now" in actor.text
        assert actor.text.count("call now") == 1


@pytest.mark.parametrize(("dial", "words"), [("911", "9 1 1"), ("0118605550142", "0118605550142")])
async def test_digits_to_dial_come_first(dial: str, words: str) -> None:
    """Apart from each other where there is room; only on the step that has them."""
    base = a_protocol()
    danger = replace(base.steps["call-911"], dial=dial)
    async with acting(a_school(protocol=replace(base, steps={**base.steps, "call-911": danger}))) as actor:
        await actor.press("enter")
        assert words not in panel(actor)
        await actor.press("1")
        assert panel(actor).startswith(f"CALL NOW {words} THEN CALL Dana Ruiz")


async def test_whom_to_call_now_is_in_sight_however_many_come_before() -> None:
    """The first ones give way; they are still on the page of calls."""
    base = a_protocol()
    call = base.steps["call-now"]
    assert isinstance(call, CallStep)
    async with acting(a_school()) as actor:
        await actor.press("enter", "2", "1", "2", "2")
        assert "CALL NOW Superintendent's Office" in panel(actor)
