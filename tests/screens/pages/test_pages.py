"""The pages that lie over a step: hide, help, note, calls, card, and the small window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.geometry import Size

from kiosk.desk.referral import LEAST_SIDE
from kiosk.errors import StoreUnusable
from kiosk.i18n.strings import has_text, text
from kiosk.layout.window import NEEDED
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.pages.card import room_for_code
from kiosk.voice.silent import SilentSpeaker
from kiosk.voice.speaker import WHY_SILENT
from tests.screens.acting import TO_RECORD, SlowLog, a_stand, a_stand_in, acting


async def test_hide_covers_everything_and_enter_returns_to_the_very_letter() -> None:
    """Esc shows the neutral page; Enter returns to the same box with the same words."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Homel")
        await actor.press("escape")
        assert "Please wait." in actor.text
        assert "Homel" not in actor.text
        assert "860-555" not in actor.text
        await actor.press("1", "f4", "escape", "enter")
        await actor.type("and")
        assert actor.box.value == "Homeland"


async def test_hide_works_from_home_and_from_a_page() -> None:
    """The idle screen and the note hide as well; the note's words are still there afterwards."""
    async with acting() as actor:
        await actor.press("escape")
        assert "Please wait." in actor.text
        await actor.press("enter")
        assert text("home.ask") in actor.text
        await actor.press("enter", "f4")
        await actor.type("grey car")
        await actor.press("escape")
        assert "grey car" not in actor.text
        await actor.press("enter")
        assert actor.box.value == "grey car"


async def test_an_answer_that_lands_while_hidden_stays_hidden() -> None:
    """A result that arrives under the neutral page is not shown before Enter."""
    async with acting() as actor:
        actor.send("enter")
        actor.send("escape")
        await actor.settle()
        assert "Please wait." in actor.text
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_a_page_that_the_desk_brings_waits_under_the_neutral_one() -> None:
    """The card was asked for, then Esc pressed at once: nothing but the neutral page is seen; Enter brings the card."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter")
        log.gate.clear()
        await actor.hurry("f3", "escape")
        log.gate.set()
        await actor.settle()
        assert "Please wait." in actor.text
        await actor.press("enter")
        assert "Thank you for waiting" in actor.text
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_a_trouble_waits_under_the_neutral_page() -> None:
    """A failed save is shown after Enter, not to people who see the neutral page."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter")
        log.gate.clear()
        log.failing = StoreUnusable("The disk is full.", "Free some space.")
        await actor.hurry("2", "escape")
        log.gate.set()
        await actor.settle()
        assert "disk" not in actor.text
        await actor.press("enter")
        assert "The disk is full." in actor.text
        await actor.press("enter")
        assert actor.at == "who"


async def test_a_note_is_kept() -> None:
    """F4, words, Enter: the note is in the log, and the step is as it was."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        await actor.type("Two people, one car")
        await actor.press("enter")
        assert actor.stand.log.kinds()[-1] == EntryKind.NOTE_ADDED
        assert actor.stand.log.holds("Two people, one car")
        assert "Is anyone in danger" in actor.text


async def test_an_empty_note_writes_nothing() -> None:
    """Enter in an empty note leads back, and so does Backspace."""
    async with acting() as actor:
        await actor.press("enter")
        written = actor.stand.log.size()
        await actor.press("f4", "enter")
        assert "Is anyone in danger" in actor.text
        await actor.press("f4", "backspace")
        assert "Is anyone in danger" in actor.text
        assert actor.stand.log.size() == written


@pytest.mark.parametrize("words", ["the mother is undocumented", "came from Asylum"])
async def test_a_note_that_may_not_be_kept_holds_up_no_interrupt(words: str) -> None:
    """The key counts at once; the words are remembered with the step, not written."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        await actor.type(words)
        await actor.press("f8")
        assert EntryKind.NOTE_ADDED not in actor.stand.log.kinds()
        assert actor.stand.log.kinds()[-1] == EntryKind.STEP_ANSWERED


async def test_the_guard_stops_a_note_and_leaves_its_words_to_be_changed() -> None:
    """The reason is shown; the words are in the box, and nothing is in the log."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        await actor.type("A123456789")
        written = actor.stand.log.size()
        await actor.press("enter")
        assert "A-number" in actor.text
        assert actor.box.value == "A123456789"
        assert actor.stand.log.size() == written


async def test_a_call_made_beside_the_steps_is_kept() -> None:
    """F5 lists everyone with numbers; person and result are two keys; the list of calls has it with the time."""
    async with acting() as actor:
        await actor.press("enter", "f5")
        assert "860-555-0143 Sam Whitfield" in actor.text
        await actor.press("3", "1")
        assert "10:42 AM Superintendent's Office: reached" in actor.text
        assert actor.stand.log.kinds()[-1] == EntryKind.CALL_MADE
        await actor.press("enter")
        assert "✓ reached 10:42 AM" in actor.text


async def test_calling_who_is_due_from_the_calls_page_moves_the_step_on() -> None:
    """It is the step's own call; Backspace first leads back to the names, then to the steps."""
    async with acting() as actor:
        await actor.press("enter", "2", "1", "f5", "1", "backspace", "1", "1")
        assert actor.stand.log.kinds()[-1] == EntryKind.STEP_ANSWERED
        await actor.press("backspace")
        assert "Write what they give you" in actor.text


async def test_the_card_shows_whom_to_ask_and_is_kept() -> None:
    """School, sentence, name, address, hours, phone and a code; no step, no time that runs; it is an entry."""
    async with acting() as actor:
        await actor.press("enter", "f3")
        for words in ("Thank you for waiting", "1 Example Street", "Mon-Fri 8:00 AM-4:30 PM", "860-555-0100", "▀▀▀"):
            assert words in actor.text
        assert "danger" not in actor.text
        assert "00:00" not in actor.text
        assert actor.stand.log.kinds()[-1] == EntryKind.CARD_SHOWN
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_help_tells_the_keys_of_the_screen_below() -> None:
    """The protocol's own interrupts are among them; any key returns and does nothing else."""
    async with acting() as actor:
        await actor.press("enter", "f1")
        assert "F7 Went past me" in actor.text
        assert "Press any key to return." in actor.text
        await actor.press("2")
        assert "Is anyone in danger" in actor.text


async def test_say_it_says_only_the_say_text_and_again_stops() -> None:
    """The step's words, its slots filled, in the desk's language; a step without any says nothing."""
    async with acting() as actor:
        speaker = actor.stand.speaker
        await actor.press("enter", "f2")
        assert speaker.said == []
        assert text("voice.nothing") in actor.step
        await actor.press("2", "1", "f2")
        assert text("voice.nothing") not in actor.step
        words = "Please have a seat at the entrance. I'm getting the person who can help you."
        assert speaker.said == [(words, "en")]
        assert "speaking" in actor.lines[0]
        await actor.press("f2")
        assert "speaking" not in actor.lines[0]
        assert text("voice.failed") not in actor.text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("reason", [*WHY_SILENT])
async def test_a_voice_that_fails_says_why_in_one_calm_line(reason: str, language: str) -> None:
    """At once, in the desk's language, without its insides; the next try, or the next step, takes it back."""
    stand = a_stand_in(language, "live")
    why = text(f"voice.{reason}" if has_text(f"voice.{reason}") else "voice.failed", language)
    async with acting(stand) as actor:
        await actor.press("enter", "2", "f2")
        stand.speaker.become("failed", reason)
        await actor.settle()
        assert why in actor.step
        assert WHY_SILENT[reason] not in actor.text
        assert text("bar.no-sound", language) in actor.lines[0]
        await actor.press("f2")
        assert why not in actor.step
        stand.speaker.become("failed", reason)
        await actor.settle()
        assert why in actor.step
        await actor.press("1")
        assert why not in actor.step


async def test_a_voice_that_fails_unasked_is_only_told_in_the_bar() -> None:
    """Nobody wanted to hear anything yet."""
    async with acting() as actor:
        await actor.press("enter", "2")
        actor.stand.speaker.become("failed", "card")
        await actor.settle()
        assert text("bar.no-sound") in actor.lines[0]
        assert text("voice.card") not in actor.text


async def test_a_voice_that_is_turned_off_says_so() -> None:
    """Nothing was broken; the words are there to be read."""
    stand = a_stand()
    async with acting(replace(stand, services=replace(stand.services, speaker=SilentSpeaker()))) as actor:
        await actor.press("enter", "2", "f2")
        assert text("voice.off") in actor.step


async def test_a_small_window_keeps_the_encounter_and_the_number() -> None:
    """Below 80×24 the page says so with the superintendent's number; grown back, the step is as it was."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("FBI")
        await actor.pilot.resize_terminal(60, 15)
        await actor.settle()
        assert "Make the window larger" in actor.text
        assert "860-555-0100" in actor.text
        await actor.press("escape", "1")
        assert "Please wait." in actor.text
        await actor.pilot.resize_terminal(80, 24)
        await actor.press("enter")
        await actor.settle()
        assert actor.box.value == "FBI"


async def test_the_tiniest_window_does_not_break_it() -> None:
    """One column and one row, and back."""
    async with acting(size=(1, 1)) as actor:
        await actor.press("enter", "2", "escape", "enter")
        await actor.pilot.resize_terminal(200, 60)
        await actor.settle()
        assert text("home.ask") in actor.text


def test_the_morning_check_knows_the_room_that_the_card_has() -> None:
    """The daily check tries the largest code that the smallest window can show."""
    assert room_for_code(Size(*NEEDED)) == LEAST_SIDE


async def test_a_card_without_room_for_its_code_says_so() -> None:
    """The words alone, never a clipped code."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press("enter")
        contacts = stand.services.station.contacts.roles["superintendent-office"]
        assert contacts[0].url == "https://example.org/so"
        from kiosk.screens.pages import card  # noqa: PLC0415  (only this test changes it)

        before, card._AROUND = card._AROUND, Size(60, 6)
        await actor.press("f3")
        card._AROUND = before
        assert "Make the window larger to see the code." in actor.text
        assert "▀" not in actor.text


async def test_a_visitor_can_not_close_a_live_kiosk_with_a_key() -> None:
    """F10 asks for a word; anything else leads back."""
    async with acting() as actor:
        await actor.press("f10", "enter")
        assert text("home.ask") in actor.text
        await actor.press("f10")
        await actor.type("closed")
        await actor.press("enter")
        assert actor.app.is_running
        assert text("home.ask") in actor.text
        await actor.press("f10")
        await actor.type("close")
        await actor.press("enter")
        await actor.pilot.pause()
        assert actor.app.return_code == 0


async def test_what_runs_instead_is_said_on_the_live_home_screen() -> None:
    """A refused copy is named where everybody sees it, and the desk stays live."""
    said = "The protocol was changed after it was approved. Version 2026.1 runs instead."
    async with acting(a_stand(mode="live", reasons=(said,))) as actor:
        words = " ".join(actor.text.split())
        assert f"{said} To see more, run “kiosk doctor”." in words
        assert "PRACTICE" not in words


async def test_practice_is_unmistakable_and_closes_after_a_confirmation() -> None:
    """The word is on every screen, its reason on the idle one; F10 and Enter close it."""
    async with acting(a_stand(mode="practice", reasons=("The protocol is not approved yet.",))) as actor:
        assert "The protocol is not approved yet. To see more, run “kiosk doctor”." in actor.text
        for key in ("enter", "f3", "enter", "f1", "1", "escape", "enter"):
            assert "PRACTICE" in actor.lines[0]
            await actor.press(key)
        assert "f10" not in actor.text


async def test_practice_closes() -> None:
    """F10, Backspace stays; F10, Enter closes in order."""
    async with acting(a_stand(mode="practice")) as actor:
        await actor.press("f10", "backspace")
        assert text("home.ask") in actor.text
        await actor.press("f10", "enter")
        await actor.pilot.pause()
    assert actor.app.return_code == 0
    assert actor.stand.log.kinds()[-1] == EntryKind.SESSION_ENDED
    assert actor.stand.closed
