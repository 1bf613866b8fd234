"""Lists: the cursor stops at every line that does something, Space picks or ticks it, Enter does what its line says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from textual.message import Message

from kiosk.desk.running import Running
from kiosk.desk.station import Pack
from kiosk.engine.encounter import Situation, begin
from kiosk.i18n.strings import languages, text
from kiosk.layout.blocks import ENTER
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.model import Interrupt, Protocol, Step
from kiosk.protocol.pack import read_pack
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Confirmed, Reply, Ticked
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.encounter import EncounterScreen
from kiosk.screens.messages import Answered, AnsweredInPart, Tried
from kiosk.system.clock import FixedClock
from tests.builders import CONTENT_HASH, a_protocol, en
from tests.screens.acting import TO_RECORD, Actor, Stand, a_stand, acting
from tests.screens.test_fit import a_school

PACKS: Final = sorted(Path(__file__).parents[2].joinpath("protocols").glob("*/protocol.yaml"))
TO_TICKS: Final = (*TO_RECORD, "enter", "enter", "enter")
"""From home to `request`, where all that fit are ticked."""


# -- a list with one answer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["enter", "space"])
async def test_the_line_under_the_cursor_is_picked(key: str) -> None:
    """By Enter and by Space; before the cursor was moved neither means anything."""
    async with acting() as actor:
        await actor.press("enter", key)
        assert actor.at == "danger"
        await actor.press("tab", "tab", key)
        assert actor.reply == Chosen("no")


async def test_the_cursor_goes_round_in_both_directions() -> None:
    """Tab and Down go down, Shift+Tab and Up go up, and after the last line comes the first."""
    async with acting() as actor:
        await actor.press("enter", "2", "up")
        assert ">3" in actor.step
        await actor.press("shift+tab", "down", "tab")
        assert ">1" in actor.step


# -- a list to tick ------------------------------------------------------------------------------------------------


async def test_space_ticks_and_takes_the_tick_away() -> None:
    """The line under the cursor; without a cursor it does nothing."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "space")
        assert "[x]" not in actor.step
        await actor.press("down", "space", "down", "space", "up", "space")
        assert "[ ] Records or information" in actor.step
        assert "[x] To see a student" in actor.step


async def test_enter_ticks_the_line_under_the_cursor_and_says_so() -> None:
    """Once; after that its line says “That's all”, and it is."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "down")
        assert "Enter Check this one" in actor.step
        await actor.press("enter")
        assert "[x] Records or information" in actor.step
        assert "Enter That's all" in actor.step
        await actor.press("enter")
        assert actor.reply == Ticked(("records",))


async def test_enter_never_toggles_for_ever() -> None:
    """Help says Tab, then Enter: pressing only these makes progress."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "tab", "enter", "tab", "enter", "enter")
        assert actor.reply == Ticked(("records", "see-student"))


async def test_the_line_of_enter_is_one_more_stop() -> None:
    """As soon as it confirms; Space does what it says, too."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "up")
        assert ">3" in actor.step
        await actor.press("space", "down")
        assert ">Enter That's all" in actor.step
        await actor.press("down")
        assert ">1" in actor.step
        await actor.press("up", "space")
        assert actor.reply == Ticked(("papers",))


async def test_the_cursor_leaves_a_line_that_goes() -> None:
    """It stood on the line of Enter when the last tick was taken away: then it stands nowhere; Enter does nothing."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "1", "up", "1")
        assert ">" not in actor.step
        await actor.press("enter")
        assert actor.at == "request"


async def test_digits_tick_whatever_the_cursor_is_on() -> None:
    """The line of Enter still shows its effect on the line under the cursor."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "down", "2")
        assert "[x] To see a student" in actor.step
        assert "Enter Check this one" in actor.step


async def test_the_line_of_enter_can_be_clicked() -> None:
    """It does what it says."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "down")
        await actor.click(text("step.tick.here"))
        assert "[x] Records or information" in actor.step
        await actor.click(text("step.all"))
        assert actor.reply == Ticked(("records",))


# -- other lists ---------------------------------------------------------------------------------------------------


async def test_a_step_with_nothing_to_choose_is_a_list_of_one_line() -> None:
    """Enter, Space, and a click do what it says."""
    async with acting() as actor:
        await actor.press("enter", "1", "tab")
        assert ">Enter Done. Next step" in actor.step
        await actor.press("space")
        assert actor.reply == Confirmed()


async def test_the_calls_are_lists_like_any_other() -> None:
    """Whom and how it went; the footer says what Enter does."""
    async with acting() as actor:
        await actor.press("enter", "f5")
        assert "Enter Back to the steps" in actor.text
        await actor.press("down")
        assert "Enter Choose" in actor.text
        await actor.press("down", "down", "space")
        assert "Superintendent's Office: how did it go?" in actor.text
        assert "Enter Back Esc" in actor.text
        await actor.press("up", "enter")
        assert actor.stand.log.told()[-1].body["result"] == "called-back"
        await actor.press("enter")
        assert "Is anyone in danger" in actor.text


async def test_a_click_on_what_the_footer_says_of_enter_is_enter() -> None:
    """With the cursor on a name it chooses; without one it leads back."""
    async with acting() as actor:
        await actor.press("enter", "f5", "down")
        await actor.click("Choose")
        assert "Dana Ruiz: how did it go?" in actor.text
        await actor.click("Back")
        await actor.click("Back to the steps")
        assert "Is anyone in danger" in actor.text


async def test_the_questions_of_the_review_are_lists_like_any_other() -> None:
    """Each is answered without a digit: before words were typed, and after."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        await actor.type("He waited outside.")
        await actor.press("enter", "f9")
        assert "room named?" in actor.text
        await actor.press("tab", "enter")
        assert actor.stand.log.kinds()[-3:] == [
            EntryKind.ENCOUNTER_REVIEWED,
            EntryKind.RECORD_INCOMPLETE,
            EntryKind.ENCOUNTER_CLOSED,
        ]
        await actor.press("enter", "enter", "f9")
        assert "Close the record?" in actor.text
        await actor.press("tab", "space")
        assert actor.stand.log.kinds()[-1] == EntryKind.ENCOUNTER_CLOSED


# -- what is out of sight ------------------------------------------------------------------------------------------


async def test_the_cursor_is_scrolled_to() -> None:
    """In a window without room for all lines the one it stands on is in sight."""
    async with acting(many(9)) as actor:
        await actor.press("enter", "f6", *["down"] * 9)
        assert ">9" in actor.step
        await actor.press("down")
        assert ">1" in actor.step


async def test_nothing_is_confirmed_unseen() -> None:
    """The line of Enter is below the fold: the first Enter shows it, the next one does what it says."""
    async with acting(many(9)) as actor:
        await actor.press("enter", "f6", "1")
        assert text("step.all") not in actor.step
        await actor.press("enter")
        assert text("step.all") in actor.step
        assert actor.at == "many"
        await actor.press("enter")
        assert actor.reply == Ticked(("choice-1",))


def many(count: int) -> Stand:
    """A kiosk whose F6 leads to a list of ticks with long words."""
    words = "Words enough for two lines of the column, which is not very wide at eighty cells"
    step = ChooseStep(
        id="many",
        ask=en("What do they want?"),
        do=en("Listen to all of it. " * 6),
        choices={f"choice-{n}": en(f"{n}. {words}") for n in range(1, count + 1)},
        next="wait",
    )
    protocol = replace(
        a_protocol(),
        steps={**a_protocol().steps, step.id: step},
        interrupts=(Interrupt("go", en("Go"), step.id),),
    )
    return a_stand(pack=Pack(protocol, CONTENT_HASH))


# -- looking back --------------------------------------------------------------------------------------------------


async def test_looking_back_the_cursor_stands_on_the_answer_that_was_given() -> None:
    """On an answer, on the first tick, on the result of a call; nothing is picked before a key is."""
    async with acting() as actor:
        await actor.press(*TO_TICKS, "2", "3", "enter")
        written = actor.stand.log.size()
        await actor.press("backspace")
        assert ">2 [x] To see a student" in actor.step
        assert "Enter That's all" in actor.step
        await actor.press("backspace", "backspace")
        assert ">1 I reached them" in actor.step
        await actor.press("backspace")
        assert ">1 Federal agent" in actor.step
        await actor.press("backspace")
        assert ">2 No" in actor.step
        assert actor.stand.log.size() == written
        await actor.press("up", "enter")
        assert actor.at == "call-911"


async def test_the_answer_that_was_given_given_again_changes_nothing() -> None:
    """Enter on it leads forward."""
    async with acting() as actor:
        await actor.press("enter", "2")
        written = actor.stand.log.size()
        await actor.press("backspace", "enter")
        assert "Who do they say they are?" in actor.step
        assert actor.stand.log.size() == written


async def test_where_nothing_was_answered_the_cursor_stands_nowhere() -> None:
    """The step was left by an interrupt."""
    async with acting() as actor:
        await actor.press("enter", "2", "f7", "backspace")
        assert "You pressed: Went past me" in actor.step
        assert ">" not in actor.step


async def test_a_call_step_that_an_interrupt_left_can_be_answered_later() -> None:
    """It shows who was due, and takes the result."""
    async with acting() as actor:
        await actor.press("enter", "2", "1", "f7", "backspace")
        assert "Dana Ruiz 860-555-0142 ext 214" in actor.step
        await actor.press("1")
        assert actor.at == "identify"


# -- every list of the shipped packs -------------------------------------------------------------------------------


def shipped(pack: Path) -> Protocol:
    """A shipped protocol."""
    files = {file.name: file.read_bytes() for file in pack.parent.iterdir() if file.is_file()}
    protocol = read_pack(files).protocol
    assert protocol is not None
    return protocol


def standing_at(protocol: Protocol, step: Step) -> Running:
    """An encounter that stands at this step."""
    people = dict.fromkeys(protocol.roles, 1)
    walk = begin(replace(protocol, start=step.id), Situation(people=people))
    return Running("an-id", "2026-0001", FixedClock().now(), walk, CONTENT_HASH)


def as_if_chosen(step: Step, target: str) -> Reply | Attempt | str:
    """What choosing this line answers; of a call step the result, of one that asks who it was, that person."""
    if isinstance(step, CallStep):
        role, _, person = target.partition(" ")
        if step.pick:
            return (
                Attempt(role, int(person), CallResult.REACHED)
                if person
                else Attempt(step.roles[0], 0, CallResult.NOT_CALLED)
            )
        return target
    return Confirmed() if target == ENTER else Chosen(target)


class Asked:
    """The messages of a screen to the app, intercepted: nothing is saved, and the screen stays the same."""

    def __init__(self, screen: EncounterScreen) -> None:
        self.last: Reply | Attempt | str | None = None
        self._screen, self._station = screen, screen.post_message
        screen.post_message = self._catch  # type: ignore[method-assign]  # passes on everything else

    def _catch(self, message: Message) -> bool:
        match message:
            case Answered():
                self.last = message.reply
            case AnsweredInPart():
                return True
            case Tried():
                step = self._screen.running.walk.protocol.steps[message.place.step]
                self.last = message.attempt if isinstance(step, CallStep) and step.pick else message.attempt.result
            case _:
                return self._station(message)
        return True

    def taken(self) -> Reply | Attempt | str | None:
        """Return the messages since the last call."""
        last, self.last = self.last, None
        return last


def on_screen(actor: Actor) -> EncounterScreen:
    """The encounter's screen."""
    screen = actor.app.screen
    assert isinstance(screen, EncounterScreen)
    return screen


def in_sight(actor: Actor) -> bool:
    """Whether the cursor is on the screen, once."""
    return sum(line[:54].lstrip().startswith(">") for line in actor.lines) == 1


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.parent.name)
async def test_every_line_of_every_list_is_reached_and_does_what_it_says(pack: Path) -> None:
    """With Down, Space and Enter alone, on each step of a shipped protocol."""
    protocol = shipped(pack)
    async with acting(a_school(protocol, {}, "en")) as actor:
        await actor.press("enter")
        screen = on_screen(actor)
        asked = Asked(screen)
        for step in protocol.steps.values():
            if isinstance(step, AskStep | ChooseStep | CallStep | InstructionStep):
                screen.show(standing_at(protocol, step))
                await actor.settle()
                await (
                    ticks_work(actor, asked, step) if isinstance(step, ChooseStep) else picks_work(actor, asked, step)
                )


async def picks_work(actor: Actor, asked: Asked, step: Step) -> None:
    """Each line is reached in turn; Space and Enter both choose it."""
    screen = on_screen(actor)
    stops = screen.asking().stops
    assert stops, f"{step.id} has nothing to choose"
    for target in (*stops, stops[0]):
        await actor.press("down")
        assert in_sight(actor), f"{step.id}: {target}"
        for key in ("space", "enter"):
            screen.key_pressed(key)
            assert asked.taken() == as_if_chosen(step, target), f"{step.id}: {key} on {target}"


async def ticks_work(actor: Actor, asked: Asked, step: ChooseStep) -> None:
    """Each line is reached in turn; Space ticks and unticks, Enter ticks; then both confirm on the line of Enter."""
    screen = on_screen(actor)
    choices = screen.asking()
    for n, target in enumerate(step.choices):
        await actor.press("down")
        assert in_sight(actor), f"{step.id}: {target}"
        for key, ticked in (("space", n + 1), ("space", n), ("enter", n + 1)):
            screen.key_pressed(key)
            assert asked.taken() is None
            assert len(choices.picked) == ticked, f"{step.id}: {key} on {target}"
    await actor.settle()
    await actor.press("enter")
    assert asked.taken() == Ticked(tuple(step.choices))
    await actor.press("down")
    assert choices.cursor == ENTER
    assert in_sight(actor)
    for key in ("space", "enter"):
        await actor.press(key)
        assert asked.taken() == Ticked(tuple(step.choices))


@pytest.mark.parametrize("language", languages())
def test_the_line_of_enter_has_its_row(language: str) -> None:
    """What it says about the line under the cursor is no longer than what it says otherwise may be."""
    assert len(text("step.tick.here", language)) <= 39
