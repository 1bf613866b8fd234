"""A step that asks who it was: everyone it is about, one key each, and none of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.station import Pack
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.replies import Attempt, Called, CallResult, Reply
from tests.builders import CONTENT_HASH, DA, SO, a_protocol
from tests.screens.acting import Stand, a_stand, acting


def a_school() -> Stand:
    """A kiosk whose first step asks who called back."""
    base = a_protocol()
    call = base.steps["call-now"]
    assert isinstance(call, CallStep)
    steps = {**base.steps, "call-now": replace(call, pick=True)}
    return a_stand(pack=Pack(replace(base, start="call-now", steps=steps), CONTENT_HASH))


@pytest.mark.parametrize(
    ("key", "said", "at"),
    [
        ("1", Attempt(DA, 0, CallResult.REACHED), "identify"),
        ("2", Attempt(DA, 1, CallResult.REACHED), "identify"),
        ("3", Attempt(SO, 0, CallResult.REACHED), "identify"),
        ("4", Attempt(DA, 0, CallResult.NOT_CALLED), "keep-trying"),
    ],
)
async def test_each_person_has_a_key(key: str, said: Attempt, at: str) -> None:
    """In the order of the step; the last key says that it was none of them."""
    async with acting(a_school()) as actor:
        await actor.press("enter")
        assert "Sam Whitfield" in actor.step
        assert "None of them" in actor.step
        assert "I reached them" not in actor.step
        await actor.press(key)
        reply: Reply = actor.reply
        assert reply == Called((said,))
        assert actor.at == at
        running = actor.app.running
        assert running is not None
        assert (
            running.calls[-1].name
            == {DA: ("Dana Ruiz", "Sam Whitfield"), SO: ("Superintendent's Office",)}[said.role][said.person]
        )


async def test_looking_back_another_person_can_be_named() -> None:
    """Who was named is marked; the correction takes its place."""
    async with acting(a_school()) as actor:
        await actor.press("enter", "2", "backspace", "1")
        running = actor.app.running
        assert running is not None
        assert running.walk.reached() == (DA,)
        assert actor.reply == Called((Attempt(DA, 0, CallResult.REACHED),))


async def test_the_page_of_calls_does_as_ever() -> None:
    """Somebody who called back is kept as the step's own answer; a call in vain as a call outside it."""
    async with acting(a_school()) as actor:
        await actor.press("enter", "f5", "1", "2")
        running = actor.app.running
        assert running is not None
        assert (running.walk.at.step, running.walk.outside) == ("call-now", (Attempt(DA, 0, CallResult.NO_ANSWER),))
        await actor.press("2", "3", "enter")
        assert actor.reply == Called((Attempt(DA, 1, CallResult.CALLED_BACK),))
        assert actor.at == "identify"
