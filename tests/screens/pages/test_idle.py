"""When nobody presses a key for minutes, the neutral page comes by itself; one key, and everything is as it was."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from kiosk.screens.app import KioskApp
from kiosk.screens.base import KioskScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.pages.hide import HideScreen
from kiosk.system.clock import SystemClock
from tests.screens.acting import TO_RECORD, Actor, Stand, a_stand, acting
from tests.screens.pages.test_error import FULL

AFTER_S = 180.0


def a_shy_stand(after_s: float = AFTER_S) -> Stand:
    """A kiosk that hides after so many seconds."""
    stand = a_stand()
    return replace(stand, services=replace(stand.services, hide_after_s=after_s))


async def pass_by(actor: Actor, seconds: float) -> None:
    """Let time pass without a key, and let the timer look."""
    actor.stand.clock.advance(seconds)
    actor.app.hide_when_idle()
    await actor.settle()


def hidden(actor: Actor) -> bool:
    """Whether the neutral page is shown."""
    return isinstance(actor.app.screen, HideScreen)


@pytest.mark.parametrize(
    "keys",
    [
        ("enter",),
        (*TO_RECORD, '"Homel'),
        ("enter", "f4", '"grey car'),
        ("enter", "f5", "3"),
        ("enter", "f3"),
        ("enter", "f1"),
        ("enter", "f9"),
        ("enter", "f9", "1"),
        ("f10",),
    ],
    ids=["step", "record", "note", "calls", "card", "help", "review", "done", "administrator"],
)
async def test_from_wherever_one_is_and_one_key_back(keys: tuple[str, ...]) -> None:
    """Not a moment earlier; afterwards every line is as it was, the words in a box and its cursor too."""
    async with acting(a_shy_stand()) as actor:
        for key in keys:
            await (actor.type(key[1:]) if key.startswith('"') else actor.press(key))
        before, listening = actor.lines[1:], actor.app.focused
        await pass_by(actor, AFTER_S - 1)
        assert not hidden(actor)
        await pass_by(actor, 1)
        assert hidden(actor)
        assert "860-555" not in actor.text
        await actor.press("1", "f4", "enter")
        assert (actor.lines[1:], actor.app.focused) == (before, listening)


async def test_what_stands_in_a_box_is_kept_before_the_page_is_hidden() -> None:
    """Words left unfinished in a box are in the log, whatever happens to the screen."""
    async with acting(a_shy_stand()) as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Homel")
        await pass_by(actor, AFTER_S)
        assert hidden(actor)
        assert actor.stand.log.holds("Homel")


async def test_a_trouble_is_hidden_too() -> None:
    """Unsaved text waits for the person at the desk."""
    stand = a_shy_stand()
    async with acting(stand) as actor:
        await actor.press("enter")
        stand.log.failing = FULL
        await actor.press("2")
        await pass_by(actor, AFTER_S)
        assert hidden(actor)
        await actor.press("enter")
        assert "The disk is full." in actor.text


async def test_the_home_screen_stays() -> None:
    """Nothing of an encounter is on it, and how to begin must be in sight."""
    async with acting(a_shy_stand()) as actor:
        await pass_by(actor, AFTER_S * 10)
        assert isinstance(actor.app.screen, HomeScreen)


@pytest.mark.parametrize("touch", ["key", "click", "paste"])
async def test_a_touch_begins_the_wait_again(touch: str) -> None:
    """A key that means nothing here, a click on nothing, pasted words: somebody is there."""
    async with acting(a_shy_stand()) as actor:
        await actor.press("enter")
        await pass_by(actor, AFTER_S - 1)
        match touch:
            case "key":
                await actor.press("x")
            case "click":
                await actor.pilot.click(offset=(1, 15))
            case "paste":
                await actor.paste("words")
        await pass_by(actor, AFTER_S - 1)
        assert not hidden(actor)
        await pass_by(actor, 1)
        assert hidden(actor)


async def test_a_mouse_that_is_only_moved_is_nobody() -> None:
    """A desk that is bumped into must not keep names on the screen."""
    async with acting(a_shy_stand()) as actor:
        await actor.press("enter")
        actor.stand.clock.advance(AFTER_S - 1)
        await actor.pilot.hover(offset=(10, 10))
        await pass_by(actor, 1)
        assert hidden(actor)


async def test_what_the_voice_was_saying_ends() -> None:
    """Nobody is there to whom it could be said."""
    async with acting(a_shy_stand()) as actor:
        await actor.press("enter", "2", "f2")
        states: list[str] = [actor.stand.speaker.state]
        await pass_by(actor, AFTER_S)
        assert [*states, actor.stand.speaker.state] == ["speaking", "ready"]


async def test_never_when_it_is_set_to_never() -> None:
    """Nought minutes: the screen stays."""
    async with acting(a_shy_stand(0)) as actor:
        await actor.press("enter")
        await pass_by(actor, 24 * 3600)
        assert not hidden(actor)


async def test_it_comes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the machine's own clock and a wait of a moment, no key and no call of ours brings the page."""
    stand, came = a_shy_stand(0.01), asyncio.Event()
    lay = KioskApp.show_page

    def show_page(app: KioskApp, page: KioskScreen) -> None:
        lay(app, page)
        if isinstance(page, HideScreen):
            came.set()

    monkeypatch.setattr(KioskApp, "show_page", show_page)
    async with acting(replace(stand, services=replace(stand.services, clock=SystemClock()))) as actor:
        await actor.press("enter")
        await asyncio.wait_for(came.wait(), 20)
        await actor.settle()
        assert hidden(actor)
