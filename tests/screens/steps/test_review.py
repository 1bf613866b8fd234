"""The closing review: the content of the record, open facts, roles not notified, and one question."""

from __future__ import annotations

import pytest

from kiosk.i18n.strings import text
from kiosk.protocol.replies import Recorded
from kiosk.record.entry_kinds import EntryKind
from tests.screens.acting import TO_RECORD, Actor, acting


async def at_the_end(actor: Actor) -> None:
    """Go to `handover` with one fact written, one later, one refused, and the superintendent's office not notified."""
    await actor.press(*TO_RECORD)
    await actor.type("Homeland Security")
    await actor.press("enter", "enter", "down", "1", "1", "enter", "1")
    assert actor.at == "handover"


async def test_the_review_lists_what_the_record_holds() -> None:
    """Typed words in plain lines, open facts with letters, and who was not notified with the number."""
    async with acting() as actor:
        await at_the_end(actor)
        assert "Agency, as they say it: Homeland Security" in actor.step
        assert "Badge number: refused" in actor.step
        assert "a How many: later" in actor.step
        assert "Still to call: Superintendent's Office 860-555-0100. When you have called, press F5." in actor.step


async def test_whoever_is_told_from_the_review_is_told() -> None:
    """F5, the person, reached: the line is gone, and the closed record says so."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press("f5", "3", "1", "enter")
        assert "Still to call" not in actor.text
        await actor.press("1")
        closed = actor.stand.log.told()[-1]
        assert closed.kind == EntryKind.ENCOUNTER_CLOSED
        assert closed.body["not_notified"] == []


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
        assert "STILL OPEN" not in actor.step


async def test_whoever_wants_to_change_something_is_told_how() -> None:
    """“No. Change it first” closes and writes nothing."""
    async with acting() as actor:
        await at_the_end(actor)
        written = actor.stand.log.size()
        await actor.press("2")
        assert text("review.change") in actor.text
        assert "Only what you saw and heard?" in actor.text
        assert actor.stand.log.size() == written


@pytest.mark.parametrize(("key", "names_child"), [("1", False), ("3", True)])
async def test_one_press_says_that_the_words_are_facts_and_closes(key: str, names_child: bool) -> None:
    """Names that can't be taken back stay in the log; the third answer says so honestly, and closes."""
    async with acting() as actor:
        await at_the_end(actor)
        await actor.press(key)
        (reviewed,) = (e for e in actor.stand.log.told() if e.kind == EntryKind.ENCOUNTER_REVIEWED)
        assert dict(reviewed.body) == {"facts_only": True, "names_child": names_child}
        assert actor.stand.log.kinds()[-1] == EntryKind.ENCOUNTER_CLOSED


async def test_where_nothing_was_typed_nothing_is_asked_about_words() -> None:
    """Neither on the screen nor in the log; a reason why a fact is missing is no word of theirs."""
    async with acting() as actor:
        await actor.press(*TO_RECORD, "down", "1", "enter", "enter", "1", "enter", "1")
        assert "Close the record?" in actor.text
        assert "saw and heard" not in actor.text
        await actor.press("2")
        assert text("review.change") in actor.text
        await actor.press("1")
        assert actor.stand.log.kinds()[-1] == EntryKind.ENCOUNTER_CLOSED
        assert EntryKind.ENCOUNTER_REVIEWED not in actor.stand.log.kinds()


async def test_a_note_is_asked_about_like_every_typed_word() -> None:
    """Also where no fact was typed."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        await actor.type("Two people at the door.")
        await actor.press("enter", "f9")
        assert "Only what you saw and heard?" in actor.text


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
