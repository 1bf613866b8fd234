"""A press belongs to the page it was made on: hands that are fast, heavy or shaking, seen on the real screens."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from kiosk.desk.service import Desk
from kiosk.desk.unfinished import Overview
from kiosk.errors import StoreUnusable
from kiosk.i18n.strings import text
from kiosk.protocol.replies import Chosen
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.app import KioskApp
from kiosk.screens.encounter import EncounterScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.pages.calls import CallsScreen
from kiosk.screens.pages.error import TroubleScreen
from tests.builders import a_desk
from tests.fakes import MemoryLog
from tests.screens.acting import TO_RECORD, Actor, SlowLog, a_stand, acting

READ_S = 0.7
READABLE_S = 2.0
"""Long enough for everybody to read the screen."""


class Hand(Actor):
    """An actor whose every press has its time; between two of them nothing else passes."""

    async def after(self, seconds: float, *keys: str) -> None:
        """Press each key so much later than the last."""
        for key in keys:
            self.wait(seconds)
            await self.press(key)

    async def reading(self, *keys: str) -> None:
        """Press keys as somebody does who reads before each."""
        await self.after(READABLE_S, *keys)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        assert self.now is not None
        self.now[0] += seconds


@asynccontextmanager
async def hand(log: MemoryLog | None = None) -> AsyncIterator[Hand]:
    """A hand at a kiosk that waits for people to read."""
    stand = a_stand(read_s=READ_S, log=log)
    async with acting(stand, now=[0.0]) as actor:
        yield Hand(actor.app, actor.pilot, stand, actor.now)


@pytest.mark.parametrize("gap", [0.02, 0.1, 0.2, 0.35, 0.5, 0.65])
async def test_a_double_press_answers_one_question(gap: float) -> None:
    """`2` pressed twice is the answer to the first question, and none to the second, where it means something else."""
    async with hand() as actor:
        await actor.reading("enter", "2")
        await actor.after(gap, "2")
        assert actor.at == "who"
        await actor.reading("2")
        assert actor.reply == Chosen("police")


async def test_a_held_key_answers_one_question() -> None:
    """However long it is held."""
    async with hand() as actor:
        await actor.reading("enter", "2")
        await actor.after(0.5, "2")
        await actor.after(0.05, *["2"] * 30)
        assert actor.at == "who"


async def test_a_double_press_is_one_through_a_whole_encounter() -> None:
    """Each key twice, a quarter of a second apart, from home to home: the record is as single presses make it."""
    once = ("enter", "2", "1", "1", "f9", "1", "enter")
    async with hand() as actor:
        for key in once:
            await actor.reading(key)
            await actor.after(0.25, key)
        assert isinstance(actor.app.screen, HomeScreen)
        assert actor.stand.log.kinds().count(EntryKind.ENCOUNTER_OPENED) == 1
        assert actor.stand.log.kinds().count(EntryKind.STEP_ANSWERED) == 4
        assert actor.stand.log.kinds().count(EntryKind.ENCOUNTER_CLOSED) == 1


async def test_another_key_answers_as_fast_as_it_comes() -> None:
    """Who knows the way is not held up."""
    async with hand() as actor:
        await actor.reading("enter")
        await actor.after(0.05, "2", "1", "2")
        assert actor.at == "call-now"
        assert [c.result for c in actor.app.running.calls] == ["no-answer"]  # type: ignore[union-attr]


async def test_the_same_key_waits_where_the_page_draws_its_next_question_in_place() -> None:
    """Calls: whom, then how it went; nobody has said that somebody was reached."""
    async with hand() as actor:
        await actor.reading("enter", "f5", "1")
        await actor.after(0.3, "1")
        assert "Dana Ruiz: how did it go?" in actor.text
        assert EntryKind.CALL_MADE not in actor.stand.log.kinds()
        await actor.reading("1")
        assert actor.stand.log.kinds()[-1] == EntryKind.CALL_MADE


async def test_a_call_that_nobody_answered_is_told_once() -> None:
    """`2`, twice: the next person has not been tried."""
    async with hand() as actor:
        await actor.reading("enter", "2", "1", "2")
        await actor.after(0.3, "2")
        assert "Sam Whitfield 860-555-0143" in actor.step
        assert actor.stand.log.told()[-1].body["attempts"][-1]["person"] == 0


async def test_enter_that_ticked_does_not_confirm_at_once() -> None:
    """The line of Enter says something else now, and has to be read."""
    async with hand() as actor:
        await actor.reading(*TO_RECORD, "enter", "enter", "enter", "down", "enter")
        await actor.after(0.3, "enter")
        assert actor.at == "request"
        await actor.reading("enter")
        assert actor.at == "wait"


async def test_ticks_may_be_given_as_fast_as_fingers_are() -> None:
    """Ticking changes what Enter means, and nothing else."""
    async with hand() as actor:
        await actor.reading(*TO_RECORD, "enter", "enter", "enter")
        actor.wait(READABLE_S)
        for key in "123":
            actor.send(key)
        await actor.settle()
        assert actor.text.count("[x]") == 3


async def test_words_are_never_lost() -> None:
    """Typed as soon as the box is there, painted or not, doubled letters and all."""
    async with hand() as actor:
        await actor.reading(*TO_RECORD[:-1])
        actor.wait(READABLE_S)
        actor.send("1")
        await actor.settle()
        await actor.type("Bill Boole, U.S. Marshals")
        assert actor.box.value == "Bill Boole, U.S. Marshals"


async def test_a_note_takes_what_is_typed_after_its_key() -> None:
    """F4 and words, faster than the page is drawn."""
    async with hand() as actor:
        await actor.reading("enter")
        actor.wait(READABLE_S)
        await actor.hurry("f4")
        for character in "2 cars":
            actor.send(" " if character == " " else character)
        await actor.settle()
        assert actor.box.value == "2 cars"
        assert actor.at == "danger"


async def test_a_second_press_of_the_answers_key_is_no_word() -> None:
    """The echo of `1` is not typed into the first box."""
    async with hand() as actor:
        await actor.reading(*TO_RECORD)
        await actor.after(0.3, "1")
        assert actor.box.value == ""
        await actor.reading("1")
        assert actor.box.value == "1"


async def test_what_is_pressed_before_the_first_step_is_shown_answers_nothing() -> None:
    """While “One moment…” stands no key is lost and the next one taken: none of them is."""
    log, gate = MemoryLog(), threading.Event()

    def open_desk() -> Desk:
        assert gate.wait(20), "the test never opened the gate"
        return a_desk(log)

    stand = a_stand(log=log, open_desk=open_desk, read_s=READ_S)
    app = KioskApp(stand.services)
    async with app.run_test(size=(80, 24)) as pilot:
        actor = Actor(app, pilot, stand)
        await pilot.pause()
        await actor.hurry("enter", "1", "2", "enter", "f9", "1")
        assert "One moment…" in actor.text
        gate.set()
        await actor.settle()
        assert isinstance(app.screen, EncounterScreen)
        assert actor.at == "danger"
        assert log.kinds()[-1] == EntryKind.ENCOUNTER_OPENED


async def test_what_is_pressed_before_the_next_step_is_painted_answers_nothing() -> None:
    """The desk has answered, the screen was not drawn: a key that is pressed then was meant for the step before."""
    async with hand() as actor:
        await actor.reading("enter")
        actor.wait(READABLE_S)
        assert actor.now is not None
        painted, actor.app._now = actor.app._now, lambda: 99.0  # type: ignore[method-assign]  # far away
        await actor.press("2")
        await actor.press("1", "3", "enter")
        assert actor.at == "who"
        actor.app._now = painted  # type: ignore[method-assign]
        actor.now[0] = 101.0  # time to read, also for a hand that lost presses
        await actor.press("3")
        assert actor.reply == Chosen("parent")


@pytest.mark.parametrize("key", ["escape", "f6", "f7", "f9"])
async def test_hide_and_interrupts_count_at_once(key: str) -> None:
    """In the very moment after an answer, before anything new was painted."""
    async with hand() as actor:
        await actor.reading("enter")
        actor.send("2")
        actor.send(key)
        await actor.settle()
        if key == "escape":
            assert "Please wait." in actor.text
        else:
            assert actor.at != "who"


@pytest.mark.parametrize("key", ["f7", "f5", "f3"])
async def test_what_counts_at_once_waits_for_the_desk(key: str) -> None:
    """While an answer is being saved they are heard; they come when it has been."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter")
        log.gate.clear()
        await actor.hurry("2", key)
        log.gate.set()
        await actor.settle()
        await actor.settle()
        assert log.kinds().count(EntryKind.STEP_ANSWERED) == 1 + (key == "f7")
        words = {"f7": "Stay calm", "f5": text("calls.pick"), "f3": "Thank you for waiting"}
        assert words[key] in actor.text


async def test_an_interrupt_comes_before_a_page_that_also_waits() -> None:
    """Both were pressed while an answer was being saved: the step of the interrupt is shown."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter")
        log.gate.clear()
        await actor.hurry("2", "f3", "f7")
        log.gate.set()
        await actor.settle()
        await actor.settle()
        assert actor.app.running is not None
        assert [str(place) for place in actor.app.running.walk.path][-1] == "who"
        assert actor.at == "past"


async def test_an_interrupt_while_saving_fails_is_answered_all_the_same() -> None:
    """The error page closes; if the next save fails as well, it is shown again."""
    log = SlowLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter")
        log.gate.clear()
        log.failing = StoreUnusable("The disk is full.", "Free some space.")
        await actor.hurry("2", "f7")
        log.gate.set()
        await actor.settle()
        await actor.settle()
        assert not isinstance(actor.app.screen, TroubleScreen)
        assert actor.at == "past"


async def test_backspace_twice_on_a_page_does_not_go_back_a_step() -> None:
    """The first leads to the step; the second came before anybody can have seen it."""
    async with hand() as actor:
        await actor.reading("enter", "2", "f5", "backspace")
        await actor.after(0.3, "backspace")
        assert "LOOKING BACK" not in actor.text
        await actor.reading("backspace")
        assert "LOOKING BACK" in actor.text


async def test_back_may_be_pressed_again_and_again() -> None:
    """On the steps it only shows; who wants to go back three steps presses it three times."""
    async with hand() as actor:
        await actor.reading("enter", "2", "1")
        await actor.after(0.25, "backspace", "backspace")
        assert "Is anyone in danger right now?" in actor.text


async def test_a_double_click_is_one_click() -> None:
    """On an answer, on a contact, on a tick: what comes next is not clicked with it."""
    async with hand() as actor:
        await actor.reading("enter")
        actor.wait(READABLE_S)
        await actor.click("No", times=2)
        assert actor.at == "who"
        await actor.reading("f5")
        actor.wait(READABLE_S)
        await actor.click("Dana Ruiz", times=2)
        assert "Dana Ruiz: how did it go?" in actor.text
        assert EntryKind.CALL_MADE not in actor.stand.log.kinds()


async def test_a_double_click_ticks_once() -> None:
    """Nothing else is asked meanwhile, and it is one click all the same."""
    async with hand() as actor:
        await actor.reading(*TO_RECORD, "enter", "enter", "enter")
        actor.wait(READABLE_S)
        await actor.click("Records or", times=2)
        assert "[x] Records or information" in actor.step


async def test_two_clicks_without_a_moment_between_are_one() -> None:
    """Also when the second comes before the first has had its effect."""
    async with hand() as actor:
        await actor.reading("enter", "f5")
        actor.wait(READABLE_S)
        x, y = actor.find("Dana Ruiz")
        for _ in range(3):
            actor.send_click(x, y)
        await actor.settle()
        assert isinstance(actor.app.screen, CallsScreen)
        assert "Dana Ruiz: how did it go?" in actor.text


async def test_a_click_that_comes_late_to_the_calls_is_none() -> None:
    """What was clicked is looked up among what is shown, whatever the times say."""
    async with acting() as actor:
        await actor.press("enter", "f5")
        x, y = actor.find("Dana Ruiz")
        for _ in range(4):
            actor.send_click(x, y)
        await actor.settle()
        assert actor.app.is_running
        assert actor.stand.log.kinds()[-1] in {EntryKind.ENCOUNTER_OPENED, EntryKind.CALL_MADE}


@pytest.mark.parametrize("button", [2, 3, 4, 9])
async def test_only_the_left_button_answers(button: int) -> None:
    """No other one answers, opens or hides anything; nor does it when it comes up where the left one went down."""
    async with acting() as actor:
        await actor.press("enter")
        for words in ("No", "Hide", "Danger"):
            await actor.click(words, button=button)
        assert actor.at == "danger"
        assert isinstance(actor.app.screen, EncounterScreen)


async def test_a_button_that_comes_up_elsewhere_clicks_nothing() -> None:
    """Down on one answer, up on another: neither was clicked."""
    from textual.events import MouseDown, MouseUp  # noqa: PLC0415  (only here)

    async with acting() as actor:
        await actor.press("enter")
        (x, y), (_, other) = actor.find("Yes"), actor.find("No")
        actor._station(MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
        actor._station(MouseUp(None, x, other, 0, 0, 1, False, False, False, x, other))
        await actor.settle()
        assert actor.at == "danger"


async def test_a_button_that_comes_up_on_another_step_clicks_nothing() -> None:
    """It went down on the step before, in the same place."""
    from textual.events import MouseDown, MouseUp  # noqa: PLC0415  (only here)

    async with acting() as actor:
        await actor.press("enter")
        x, y = actor.find("No")
        actor._station(MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y))
        await actor.press("2")
        actor._station(MouseUp(None, x, y, 0, 0, 1, False, False, False, x, y))
        await actor.settle()
        assert actor.at == "who"


async def test_a_press_while_home_is_drawn_again_is_not_lost() -> None:
    """It is the same screen with the same key; a press between the two is meant for both."""
    async with acting() as actor:
        again = HomeScreen(actor.stand.services, actor.app.status)
        actor.app.show_screen(again)
        actor.send("enter")
        await actor.settle()
        await actor.settle()
        assert actor.at == "danger"


async def test_a_second_start_is_no_second_encounter() -> None:
    """Heard again after home has gone, it begins nothing."""
    async with acting() as actor:
        await actor.press("enter")
        actor.app.on_started()
        await actor.settle()
        assert actor.stand.log.kinds().count(EntryKind.ENCOUNTER_OPENED) == 1


async def test_what_is_pressed_at_the_very_end_means_nothing() -> None:
    """Practice is being closed, and hands go on: no key and no click finds anything that listens."""
    async with acting(a_stand(mode="practice")) as actor:
        await actor.press("f10", "enter")
        for _ in range(20):
            actor.send("enter")
            actor.send_click(10, 5)
            await actor.pilot.pause()
    assert actor.app.return_code == 0
    assert actor.stand.crashes == []


async def test_what_comes_before_the_screen_is_there_is_drawn_when_it_is() -> None:
    """The encounter moves on while its screen, or the page of calls, is still being made."""
    async with acting() as actor:
        await actor.press("enter")
        running = actor.app.running
        assert running is not None
        screen = EncounterScreen(actor.stand.services, actor.app.status, running)
        calls = CallsScreen(actor.stand.services, actor.app.status, running)
        actor.app.show_screen(screen)
        screen.show(running)
        screen.tell(running)
        actor.app.show_page(calls)
        calls.kept(running)
        await actor.settle()
        assert text("calls.pick") in actor.text
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_a_record_that_has_just_come_to_the_idle_screen_is_not_picked_unseen() -> None:
    """A digit pressed before the list was painted means nothing; Enter, which means the same as before, counts."""
    async with acting() as actor:
        await actor.press("enter", "2")
        assert actor.app.running is not None
        overview = Overview(unfinished=(actor.app.running,))
        actor.app.go_home()
        await actor.settle()
        home = actor.app.home
        assert home is not None
        home.tell(Overview())
        await actor.settle()
        home.tell(overview)
        actor.send("1")
        await actor.settle()
        assert on_top(actor) is HomeScreen
        home.tell(Overview())
        actor.send("enter")
        await actor.settle()
        await actor.settle()
        assert on_top(actor) is EncounterScreen


def on_top(actor: Actor) -> type:
    """Return the kind of the top screen."""
    return type(actor.app.screen)


async def test_words_are_not_thrown_away_by_a_double_press() -> None:
    """F10 asks first; the same key again counts only when that can have been read."""
    async with hand() as actor:
        await actor.reading("enter", "f4")
        await actor.type("grey car")
        await actor.reading("f10")
        await actor.after(0.4, "f10")
        assert actor.box.value == "grey car"
        await actor.reading("f10")
        assert isinstance(actor.app.screen, EncounterScreen)
        assert not actor.stand.log.holds("grey car")
