"""Back to earlier answers, and what becomes of a new one."""

from __future__ import annotations

from kiosk.protocol.replies import Called, Chosen, Recorded
from kiosk.record.entry_kinds import EntryKind
from tests.screens.acting import TO_RECORD, acting


async def test_backspace_shows_the_last_answer_again() -> None:
    """The last step comes back with its answer; Right leads forward again; nothing is written."""
    async with acting() as actor:
        await actor.press("enter", "2")
        written = actor.stand.log.size()
        await actor.press("backspace")
        assert "LOOKING BACK" in actor.text
        assert "Is anyone in danger right now? You answered: No" in actor.step
        await actor.press("right")
        assert "Who do they say they are?" in actor.text
        assert actor.stand.log.size() == written


async def test_back_goes_further_back_each_time() -> None:
    """Repeated Back walks the path, stops at its beginning, and Left does the same as Backspace."""
    async with acting() as actor:
        await actor.press("enter", "2", "1", "backspace", "left")
        assert "Is anyone in danger right now?" in actor.text
        await actor.press("backspace")
        assert "Is anyone in danger right now?" in actor.text


async def test_a_new_answer_is_a_correction_beside_the_old_one() -> None:
    """Both answers are in the log, and the encounter stands where the new one leads."""
    async with acting() as actor:
        await actor.press("enter", "2", "backspace", "1")
        assert actor.at == "call-911"
        assert actor.stand.log.kinds()[-2:] == [EntryKind.STEP_ANSWERED, EntryKind.STEP_CORRECTED]
        assert "LOOKING BACK" not in actor.text


async def test_the_same_answer_again_changes_nothing() -> None:
    """It leads forward again, and nothing is written."""
    async with acting() as actor:
        await actor.press("enter", "2")
        written = actor.stand.log.size()
        await actor.press("backspace", "2")
        assert "Who do they say they are?" in actor.text
        assert actor.stand.log.size() == written


async def test_facts_come_back_to_be_corrected() -> None:
    """An earlier form shows the typed words; Enter through the boxes saves the new words."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("FBI")
        await actor.press("enter", "enter", "enter")
        assert actor.at == "request"
        await actor.press("backspace")
        assert "FBI" in actor.text
        assert actor.box.value == "FBI"
        await actor.type("?")
        await actor.press("enter", "enter", "enter")
        running = actor.app.running
        assert running is not None
        assert running.walk.facts()["agency-as-stated"] == "FBI?"
        assert actor.stand.log.kinds()[-1] == EntryKind.STEP_CORRECTED


async def test_the_result_of_a_call_can_be_corrected() -> None:
    """Pressed “reached” by mistake: the call step takes another result, and stands at the next person."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.press("left")
        assert "You answered: reached" in actor.text
        await actor.press("2")
        assert actor.at == "call-now"
        assert isinstance(actor.reply, Called)
        assert "Sam Whitfield 860-555-0143" in actor.step


async def test_an_interrupt_looked_back_at_says_its_key_was_pressed() -> None:
    """A place left by an interrupt tells so, and can still be answered."""
    async with acting() as actor:
        await actor.press("enter", "2", "f7")
        assert "Stay calm" in actor.text
        await actor.press("backspace")
        assert "You pressed: Went past me" in actor.text
        await actor.press("1")
        assert actor.at == "call-now"
        assert actor.reply == Chosen("federal")


async def test_back_does_not_leave_a_box_that_is_being_cleared() -> None:
    """Backspace held to clear a box stays in it; in a box that was empty it leads back; Left in an empty box, too."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("ab")
        await actor.press("backspace", "backspace", "backspace")
        assert "LOOKING BACK" not in actor.text
        await actor.press("left")
        assert "LOOKING BACK" in actor.text


async def test_an_interrupt_from_a_step_looked_at_leaves_from_where_one_stands() -> None:
    """The interrupt is no answer to the old step."""
    async with acting() as actor:
        await actor.press("enter", "2", "backspace", "f9")
        assert actor.at == "left"
        running = actor.app.running
        assert running is not None
        assert str(running.walk.path[-1]) == "who"


async def test_words_typed_before_an_interrupt_are_not_lost() -> None:
    """The interrupt goes through at once and keeps them; coming back, they stand in their boxes."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Homeland")
        await actor.press("f7")
        assert actor.at == "past"
        assert actor.stand.log.kinds()[-2:] == [EntryKind.STEP_PARTIAL, EntryKind.STEP_ANSWERED]
        assert actor.stand.log.holds("Homeland")
        await actor.press("enter")
        assert actor.at == "identify#2"
        assert "Homeland" in actor.text
        await actor.press("up", "enter", "enter", "enter")
        assert isinstance(actor.reply, Recorded)
        assert actor.reply.get("agency-as-stated") == "Homeland"


async def test_words_that_must_not_be_kept_can_be_changed_at_the_end() -> None:
    """The interrupt goes through without them; the review says that they are not saved, and a note begins with them."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("A123456789")
        await actor.press("f9")
        assert not actor.stand.log.holds("A123456789")
        assert "Agency, as they say it: A123456789" in actor.text
        await actor.press("f4")
        assert actor.box.value == "Agency, as they say it: A123456789"
        for _ in range(10):
            await actor.press("backspace")
        await actor.type("an agency")
        await actor.press("enter")
        assert actor.stand.log.holds("Agency, as they say it: an agency")
        assert "A123456789" not in actor.text
