"""Before the record is closed: what it holds, what is open, who was not told, and two questions."""

from __future__ import annotations

from kiosk.engine.replies import Recorded
from kiosk.record import happenings as h
from tests.screens.acting import TO_RECORD, Actor, acting


async def at_the_end(actor: Actor) -> None:
    """Go to `handover` with one fact written, one later, one refused, and the superintendent's office not told."""
    await actor.press(*TO_RECORD)
    await actor.type("Homeland Security")
    await actor.press("enter", "enter", "down", "1", "1", "enter", "1")
    assert actor.at == "handover"


async def test_the_review_lists_what_the_record_holds() -> None:
    """Typed words in plain lines, open facts with letters, and who was not told with the number."""
    async with acting() as actor:
        await at_the_end(actor)
        assert "Agency, as they say it: Homeland Security" in actor.step
        assert "a How many: later" in actor.step
        assert "b Badge number: refused" in actor.step
        assert "Not told yet: Superintendent's Office 860-555-0100. Press F5 when you have." in actor.step


async def test_whoever_is_told_from_the_review_is_told() -> None:
    """F5, the person, reached: the line is gone, and the closed record says so."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press("f5", "3", "1", "enter")
        assert "Not told yet" not in actor.text
        await actor.press("1", "2")
        closed = actor.stand.log.told()[-1]
        assert closed.kind == h.CLOSED
        assert closed.body["untold"] == []


async def test_an_open_fact_can_be_filled_in_from_the_review() -> None:
    """Its letter leads to its box; afterwards the encounter stands at its end again."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press("a")
        assert "LOOKING BACK" in actor.text
        await actor.type("3")
        await actor.press("enter", "enter")
        assert actor.at == "handover"
        assert "How many: 3" in actor.step
        assert "a Badge number: refused" in actor.step


async def test_whoever_wants_to_change_something_is_told_how() -> None:
    """Neither “No, change” nor “Yes, I will change it” closes or writes anything."""
    async with acting() as actor:
        await at_the_end(actor)
        written = actor.stand.log.size()
        await actor.press("2")
        assert "Backspace goes back" in actor.text
        await actor.press("1", "1")
        assert "Only facts: what you saw and heard?" in actor.text
        assert actor.stand.log.size() == written


async def test_names_that_can_not_be_taken_back_are_told_with_the_closing() -> None:
    """What is in the log stays there; the third answer says so honestly, and closes."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press("1", "3")
        reviewed = next(e for e in actor.stand.log.told() if e.kind == h.REVIEWED)
        assert (reviewed.kind, dict(reviewed.body)) == (h.REVIEWED, {"facts_only": True, "names_child": True})


async def test_an_interrupt_leaves_the_review() -> None:
    """They come back while the record is still open: the red keys work here, too, and lead back here."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press("f7")
        assert "Stay calm" in actor.text
        assert "WRITTEN DOWN" not in actor.text
        await actor.press("enter")
        assert actor.at == "handover#2"
        assert "WRITTEN DOWN" in actor.text


async def test_back_leads_from_the_review_to_the_last_step() -> None:
    """And a new answer there leads on from there."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press("backspace")
        assert "Will they wait?" in actor.text
        await actor.press("2")
        assert actor.at == "left"


async def test_the_record_is_reviewed_as_corrected() -> None:
    """A corrected fact is listed once, as it now stands."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press("backspace", "backspace", "backspace")
        assert actor.box.value == "Homeland Security"
        await actor.type("?")
        await actor.press("enter", "enter", "enter")
        assert "Homeland Security?" in actor.step
        assert isinstance(
            actor.app.running and actor.app.running.walk.replies[actor.app.running.walk.path[3]], Recorded
        )
