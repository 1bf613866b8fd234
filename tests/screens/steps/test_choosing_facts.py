"""Facts chosen with a key: no box, short answers next to each other, none chosen in advance."""

from __future__ import annotations

from dataclasses import replace

from kiosk.desk.station import Pack
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Missing, Recorded
from kiosk.screens.widgets.fields import Chips
from tests.builders import CONTENT_HASH, SEALED, a_protocol
from tests.screens.acting import Actor, Stand, a_stand, acting


def a_protocol_with(*fields: str) -> Protocol:
    """The sample protocol, beginning at the record step; it asks for these facts."""
    base = a_protocol()
    identify = base.steps["identify"]
    assert isinstance(identify, RecordStep)
    steps = {**base.steps, "identify": replace(identify, fields=fields, say=None)}
    return replace(base, start="identify", steps=steps, fields={**base.fields, "sealed": SEALED})


def a_school(*fields: str) -> Stand:
    """A kiosk whose first step asks for these facts."""
    return a_stand(pack=Pack(a_protocol_with(*fields), CONTENT_HASH))


def recorded(actor: Actor) -> Recorded:
    """Return the saved values of the first step."""
    assert isinstance(actor.reply, Recorded), f"nothing was recorded at {actor.at}"
    return actor.reply


async def test_one_key_chooses_and_goes_on() -> None:
    """The last fact's choice answers the step, as the last box does."""
    async with acting(a_school("sealed")) as actor:
        await actor.press("enter")
        assert isinstance(actor.app.focused, Chips)
        assert "1 ( ) Yes 2 ( ) Part of one 3 ( ) No" in actor.step
        assert "(x)" not in actor.step
        await actor.press("2")
        assert actor.at == "request"
        assert recorded(actor).get("sealed") == "partly"


async def test_a_reason_is_chosen_in_the_same_way() -> None:
    """Below the choices, with the digits that follow."""
    async with acting(a_school("sealed")) as actor:
        await actor.press("enter")
        assert "4 ( ) not seen 5 ( ) has none 6 ( ) later" in actor.step
        await actor.press("5")
        assert recorded(actor).get("sealed") == Missing("none")


async def test_enter_alone_chooses_nothing() -> None:
    """It leaves the fact for later, as it does for an empty box."""
    async with acting(a_school("sealed")) as actor:
        await actor.press("enter", "enter")
        assert recorded(actor).get("sealed") == Missing("deferred")


async def test_the_arrows_move_and_enter_takes_what_the_cursor_stands_on() -> None:
    """The first move comes to the first answer, or the last."""
    async with acting(a_school("sealed")) as actor:
        await actor.press("enter", "right", "right")
        assert ">2 ( ) Part of one" in actor.step
        await actor.press("left", "right", "right", "enter")
        assert recorded(actor).get("sealed") == "no"


async def test_among_boxes_it_is_one_more_stop() -> None:
    """Tab and the arrows go through it; what was chosen stays, is shown, and can be changed."""
    async with acting(a_school("badge", "sealed", "agency-as-stated")) as actor:
        await actor.press("enter")
        await actor.type("7")
        await actor.press("tab", "1")
        assert "(x) Yes" in actor.step
        await actor.press("up")
        assert isinstance(actor.app.focused, Chips)
        await actor.press("3", "enter")
        reply = recorded(actor)
        assert (reply.get("badge"), reply.get("sealed")) == ("7", "no")


async def test_what_was_chosen_is_kept_when_the_step_is_left() -> None:
    """An interrupt leads away; back there it is as it was left."""
    async with acting(a_school("sealed", "badge")) as actor:
        await actor.press("enter", "1", "f7")
        assert actor.at == "past"
        await actor.press("enter")
        assert actor.at.startswith("identify")
        assert "(x) Yes" in actor.step


async def test_a_click_chooses() -> None:
    """On the words, wherever they wrapped to."""
    async with acting(a_school("sealed")) as actor:
        await actor.press("enter")
        await actor.click("has none")
        assert recorded(actor).get("sealed") == Missing("none")


async def test_looking_back_shows_what_was_chosen() -> None:
    """Another choice corrects it."""
    async with acting(a_school("sealed")) as actor:
        await actor.press("enter", "2", "backspace")
        assert "(x) Part of one" in actor.step
        await actor.press("1")
        running = actor.app.running
        assert running is not None
        assert running.walk.facts()["sealed"] == "yes"


async def test_before_closing_the_words_of_the_choice_are_read() -> None:
    """Not its id."""
    async with acting(a_school("sealed")) as actor:
        await actor.press("enter", "2", "f9")
        assert "Is there a seal on it?: Part of one" in actor.text.replace("  ", " ")
