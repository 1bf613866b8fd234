"""From home to a closed record by keys alone; one press, one answer."""

from __future__ import annotations

import pytest

from kiosk.i18n.strings import text
from kiosk.protocol.replies import Called, Chosen, Missing, Recorded, Ticked
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.encounter import EncounterScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.pages import closed
from tests.screens.acting import TO_RECORD, SlowLog, a_stand, acting


async def test_one_key_starts_it() -> None:
    """Enter on the idle screen opens an encounter, and its first step is shown."""
    async with acting() as actor:
        assert text("home.ask") in actor.text
        await actor.press("enter")
        assert "Is anyone in danger right now?" in actor.text
        assert actor.stand.log.kinds()[-1] == EntryKind.ENCOUNTER_OPENED


async def test_the_number_to_call_is_on_the_first_step() -> None:
    """Designated administrator and superintendent's office are in sight before anything is answered."""
    async with acting() as actor:
        await actor.press("enter")
        assert "860-555-0142 ext 214" in actor.text
        assert "860-555-0100" in actor.text


async def test_a_whole_encounter_goes_by_keys_alone() -> None:
    """Ask, call, record, choose, ask, review, done, home: each kind of step takes its keys and nothing else."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Homeland Security")
        await actor.press("enter")
        await actor.type("2")
        await actor.press("enter", "down", "1")
        assert actor.reply == Recorded.of(
            {"agency-as-stated": "Homeland Security", "agents-count": 2, "badge": Missing("refused")}
        )
        await actor.press("1", "2", "enter", "1")
        assert actor.at == "handover"
        await actor.press("1")
        assert "The record is closed." in actor.text
        assert "2026-0001" in actor.text
        assert actor.stand.log.kinds()[-3:] == [
            EntryKind.ENCOUNTER_REVIEWED,
            EntryKind.RECORD_INCOMPLETE,
            EntryKind.ENCOUNTER_CLOSED,
        ]
        await actor.press("enter")
        assert isinstance(actor.app.screen, HomeScreen)
        assert "2026-0001" not in actor.text


async def test_the_closed_record_goes_home_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time the page makes place for the idle screen, with nothing of the encounter on it."""
    assert closed.HOME_AFTER_S == 120
    async with acting() as actor:
        await actor.press("enter", "f9")
        monkeypatch.setattr(closed, "HOME_AFTER_S", 0.001)
        await actor.press("1")
        assert isinstance(actor.app.screen, HomeScreen)
        assert "2026-0001" not in actor.text


async def test_no_option_is_chosen_beforehand() -> None:
    """Enter on a question answers nothing until the cursor was moved onto an answer."""
    async with acting() as actor:
        await actor.press("enter", "enter")
        assert actor.at == "danger"
        await actor.press("down", "down", "enter")
        assert actor.reply == Chosen("no")


async def test_tab_and_up_move_the_cursor_too() -> None:
    """Tab goes down the list, Up comes to the last answer first."""
    async with acting() as actor:
        await actor.press("enter", "up", "enter")
        assert actor.reply == Chosen("no")
        await actor.press("tab", "enter")
        assert actor.reply == Chosen("federal")


async def test_an_answer_can_be_clicked() -> None:
    """A click on an answer's line chooses it, and a click on a footer key is that key."""
    async with acting() as actor:
        await actor.press("enter")
        row = next(n for n, line in enumerate(actor.lines) if line.split()[:2] == ["2", "No"])
        await actor.pilot.click(offset=(6, row))
        await actor.settle()
        assert actor.reply == Chosen("no")
        await actor.pilot.click(offset=(actor.lines[23].index("Hide"), 23))
        await actor.settle()
        assert "Please wait." in actor.text


async def test_a_click_on_a_key_is_one_press() -> None:
    """Back clicked once goes one step back, not two."""
    async with acting() as actor:
        await actor.press("enter", "2", "1")
        await actor.pilot.click(offset=(actor.lines[23].index("Back"), 23))
        await actor.settle()
        assert "You answered: Federal agent" in actor.text


async def test_ticks_need_at_least_one() -> None:
    """A tick-all step takes Enter only when something is ticked; a second press takes the tick away."""
    async with acting() as actor:
        await actor.press(*TO_RECORD, "enter", "enter", "enter")
        assert actor.at == "request"
        await actor.press("enter", "1", "1", "enter")
        assert actor.at == "request"
        await actor.press("3", "1", "enter")
        assert actor.reply == Ticked(("records", "papers"))


async def test_nobody_answers_and_the_next_one_is_shown() -> None:
    """No answer leads to the next person, and after the last one the protocol continues by itself."""
    async with acting() as actor:
        await actor.press("enter", "2", "1", "2")
        assert "Sam Whitfield 860-555-0143" in actor.step
        assert "10:42 AM Dana Ruiz: no answer" in actor.step
        await actor.press("2", "2")
        assert "Nobody answered" in actor.text
        assert "Call 860-555-0100 again in five minutes." in actor.step
        reply = actor.reply
        assert isinstance(reply, Called)
        assert [a.result for a in reply.attempts] == ["no-answer"] * 3


async def test_whom_one_reached_stays_marked() -> None:
    """The panel says who was reached and when; a fact left for later stays in view with its word."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        assert "✓ reached 10:42 AM" in actor.text
        await actor.press("enter", "enter", "enter")
        assert "○ Badge number: later" in actor.text


async def test_a_second_press_while_saving_is_no_second_answer() -> None:
    """While the log is busy, further presses are dropped; the first press counts once."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter")
        log.gate.clear()
        await actor.pilot.press("2", "2", "1")
        log.gate.set()
        await actor.settle()
        assert actor.at == "who"
        assert log.kinds().count(EntryKind.STEP_ANSWERED) == 1


async def test_a_save_that_takes_long_says_so() -> None:
    """The bar says that it is saving, and stops saying it."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter")
        actor.app._tell_saving(True)
        await actor.pilot.pause()
        assert "Saving…" in actor.lines[0]
        await actor.press("2")
        assert "Saving…" not in actor.lines[0]


async def test_the_screen_is_the_same_from_step_to_step() -> None:
    """Steps are shown in place: no screen is made per step."""
    async with acting() as actor:
        await actor.press("enter")
        first = actor.app.screen
        await actor.press("2", "1", "1")
        assert actor.app.screen is first
        assert isinstance(first, EncounterScreen)
