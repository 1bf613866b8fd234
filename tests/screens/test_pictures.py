"""How the screens look. Who reads a changed picture: the docstring says what to look for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.screens.app import KioskApp
from tests.screens.acting import TO_RECORD, Actor, Stand, a_stand, a_stand_in

Look = Callable[..., None]


@pytest.fixture
def look(snap_compare: Callable[..., bool]) -> Look:
    """Press keys from home, type words where a key is longer than any key's name, and compare the picture."""

    def compare(*keys: str, size: tuple[int, int] = (80, 24), stand: Stand | None = None) -> None:
        stand = stand or a_stand(mode="practice", reasons=("The protocol is not approved yet.",))
        app = KioskApp(stand.services)

        async def play(pilot: Pilot[Any]) -> None:
            actor = Actor(app, pilot, stand)
            await actor.settle()
            for key in keys:
                await (actor.type(key[1:]) if key.startswith('"') else actor.press(key))

        assert snap_compare(app, terminal_size=size, run_before=play)

    return compare


def test_home_in_practice(look: Look) -> None:
    """One question, one key; PRACTICE in the bar, its reason below, nothing of any encounter."""
    look()


def test_home_live(look: Look) -> None:
    """The same without the word PRACTICE and without a reason."""
    look(stand=a_stand())


def test_first_step(look: Look) -> None:
    """The question, its answers with their keys, the number to call; no answer is marked."""
    look("enter")


def test_ask(look: Look) -> None:
    """DO and SAY look different without color (quotes, paper); the cursor stands on the second answer."""
    look("enter", "2", "down", "down")


def test_call(look: Look) -> None:
    """The person who is due is the largest thing on the screen; the earlier try is below, with its time."""
    look("enter", "2", "1", "2")


def test_record(look: Look) -> None:
    """Three boxes are in sight at 80×24; the empty one that listens offers its reasons."""
    look(*TO_RECORD, '"Homeland Security', "enter", "enter", "down", "right")


def test_record_stopped_by_the_guard(look: Look) -> None:
    """The words stay in their box; one calm sentence says what kind they are and what to do."""
    look(*TO_RECORD, '"A123456789', "enter")


@pytest.mark.parametrize("language", ["en", "es"])
def test_words_with_two_meanings(look: Look, language: str) -> None:
    """The words, one calm question, every meaning with its digit, and a way to say that it is none of them."""
    look(*TO_RECORD, '"Asylum', "enter", stand=a_stand_in(language))


def test_choose(look: Look) -> None:
    """Ticks have a sign of their own; the open fact is in the panel; Enter is offered."""
    look(*TO_RECORD, "enter", "enter", "enter", "1", "3")


def test_tell(look: Look) -> None:
    """One thing to do, one key."""
    look("enter", "1")


def test_looking_back(look: Look) -> None:
    """It shows that this is the past, the answer given, and how to go forward again."""
    look("enter", "2", "backspace")


def test_review(look: Look) -> None:
    """Roles not notified come first, then typed facts, then open facts; the question is always visible."""
    look(*TO_RECORD, '"Homeland Security', "enter", '"2', "enter", "down", "1", "1", "enter", "1")


def test_review_second_question(look: Look) -> None:
    """The second question, with its three answers."""
    look("enter", "f9", "1")


def test_done(look: Look) -> None:
    """The number, what is open, and that nothing is ever changed."""
    look("enter", "f9", "1")


def test_card(look: Look) -> None:
    """For the visitor: whom to ask, a code with its light border; no step, no elapsed time."""
    look("enter", "f3")


def test_calls(look: Look) -> None:
    """Everyone with a number, and the calls made."""
    look("enter", "2", "1", "2", "f5")


def test_call_result(look: Look) -> None:
    """How did it go: two answers."""
    look("enter", "f5", "3")


def test_note(look: Look) -> None:
    """A box with room, and what does not belong in it."""
    look("enter", "f4", '"Two people in a grey car')


def test_hide(look: Look) -> None:
    """Nothing anyone could learn from."""
    look("enter", "escape")


def test_help(look: Look) -> None:
    """Every key of the step, in whole words, on one page."""
    look("enter", "f1")


def test_small(look: Look) -> None:
    """Too small: says so, with the number."""
    look(size=(60, 16))


def test_close_practice(look: Look) -> None:
    """Asks before it closes."""
    look("f10")


def test_administrator(look: Look) -> None:
    """Where to go, and the word that closes a live kiosk."""
    look("f10", stand=a_stand())


def test_trouble(look: Look) -> None:
    """Calm words, the number large, what Enter and Backspace do."""
    from tests.screens.pages.test_error import FULL  # noqa: PLC0415  (the same trouble)

    stand = a_stand()
    stand.log.failing = FULL
    app_keys = ("enter",)
    look(*app_keys, stand=stand)


def test_trouble_with_a_log_that_can_not_go_on(look: Look) -> None:
    """What happened, the number large, Enter to try again; apart from it and plainly worded the key for a new log."""
    from tests.screens.pages.test_error import ended  # noqa: PLC0415  (the same trouble)

    look(stand=ended()[0])


def test_trouble_with_a_log_that_can_not_go_on_in_spanish(look: Look) -> None:
    """The same page with Spanish chrome; what happened is said as the log says it."""
    from tests.screens.pages.test_error import ended  # noqa: PLC0415  (the same trouble)

    look(stand=ended(language="es")[0])


def test_home_with_an_unfinished_record(look: Look) -> None:
    """Enter starts for somebody new and says so; below it the unfinished record with its number, when and where."""
    from tests.fakes import MemoryLog  # noqa: PLC0415  (only here)
    from tests.screens.pages.test_error import interrupted  # noqa: PLC0415  (the same interruption)

    look(stand=interrupted(MemoryLog()))


def test_unfinished_record(look: Look) -> None:
    """Where it is, and nothing of what was written."""
    from tests.fakes import MemoryLog  # noqa: PLC0415  (only here)
    from tests.screens.pages.test_error import interrupted  # noqa: PLC0415  (the same interruption)

    look("1", stand=interrupted(MemoryLog()))


def test_more_of_this_record(look: Look) -> None:
    """What can be done with the record as a whole, one key each."""
    look("enter", "2", "f10")


def test_night_and_wide(look: Look) -> None:
    """At 120×40 by night: wider panel, answers apart, the same words."""
    look("enter", "2", "1", size=(120, 40), stand=a_stand(theme="night"))


def test_contrast(look: Look) -> None:
    """White and yellow on black; color alone shows nothing."""
    look("enter", "2", "down", stand=a_stand(theme="contrast"))


def test_console(look: Look) -> None:
    """Sixteen colors and the glyphs of a console font."""
    look(*TO_RECORD, '"FBI', "enter", "down", stand=a_stand(theme="console", mode="practice"))


def test_home_in_spanish(look: Look) -> None:
    """The home screen of a desk in Spanish: the question, the key, PRÁCTICA."""
    look(stand=a_stand_in("es"))


def test_record_in_spanish(look: Look) -> None:
    """HAGA and DIGA as tags, the reasons in one line, whole footers. (The made-up protocol itself has no Spanish.)"""
    look(*TO_RECORD, stand=a_stand_in("es"))


def test_help_in_spanish(look: Look) -> None:
    """Every key of the step, in whole words, on one page."""
    look("enter", "f1", stand=a_stand_in("es"))
