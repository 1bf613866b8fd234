"""A page or screen that has to go in the very turn in which it came: nothing of it is there yet, and nothing breaks."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Final

import pytest

from kiosk.screens.app import KioskApp
from kiosk.screens.base import KioskScreen
from tests.screens.acting import TO_RECORD, Stand, a_stand, acting
from tests.screens.pages.test_error import FULL

HOME: Final = ("f1", "f4", "f10", "escape")
STEP: Final = ("f1", "f3", "f4", "f5", "f10", "escape")
OPEN: Final = [
    *((("",), key) for key in HOME),
    *((("enter",), key) for key in STEP),
    *(((*TO_RECORD, "f8"), key) for key in STEP),
    (("enter", "f10", "2"), "1"),  # an unfinished record on the home screen
]
"""Keys that lead somewhere, and the key that opens a page there."""


def _full() -> Stand:
    stand = a_stand()
    stand.log.failing = FULL
    return stand


def _practice() -> Stand:
    return a_stand(mode="practice")


def _then_end(app: KioskApp, show: Callable[[KioskScreen], None]) -> Callable[[KioskScreen], None]:
    def both(screen: KioskScreen) -> None:
        show(screen)
        app.exit()

    return both


@pytest.mark.parametrize("ends", [False, True], ids=["it is left", "the kiosk ends"])
@pytest.mark.parametrize("a_kiosk", [a_stand, _practice])
@pytest.mark.parametrize(("way", "key"), OPEN, ids=lambda value: "-".join([*value]) or "home")
async def test_a_page_that_goes_as_it_comes_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, a_kiosk: Callable[[], Stand], way: tuple[str, ...], key: str, ends: bool
) -> None:
    """By a key, or because a signal ends the kiosk just then."""
    stand = a_kiosk()
    came: list[KioskScreen] = []
    async with acting(stand) as actor:
        await actor.press(*filter(None, way))
        show = actor.app.show_page

        def show_and_go(page: KioskScreen) -> None:
            show(page)
            came.append(page)
            actor.app.exit() if ends else page.finish()

        monkeypatch.setattr(actor.app, "show_page", show_and_go)
        actor.send(key)
        await actor.pilot.pause()
    assert came
    assert (stand.crashes, actor.app.exit_code) == ([], 0)


@pytest.mark.parametrize(
    ("a_kiosk", "keys"), [(a_stand, ("enter",)), (_full, ("enter",)), (a_stand, ("enter", "f10", "2"))]
)
async def test_a_screen_that_goes_as_it_comes_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, a_kiosk: Callable[[], Stand], keys: tuple[str, ...]
) -> None:
    """A signal ends the kiosk just before the next screen, or the error page, is shown."""
    stand = a_kiosk()
    async with acting(stand) as actor:
        await actor.press(*keys[:-1])
        for name in ("show_screen", "show_page"):
            monkeypatch.setattr(actor.app, name, _then_end(actor.app, getattr(actor.app, name)))
        actor.send(keys[-1])
        await actor.pilot.pause()
    assert (stand.crashes, actor.app.exit_code) == ([], 0)


@pytest.mark.parametrize("turns", range(4))
async def test_work_that_is_asked_for_as_the_kiosk_ends_is_done_or_never_begun(turns: int) -> None:
    """Nothing half-begun is left behind to complain of on the terminal."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press("enter")
        actor.app.exit()
        for _ in range(turns):
            await asyncio.sleep(0)
        actor.app.refresh_home()
        actor.app.open_log()
    gc.collect()
    assert (stand.crashes, actor.app.exit_code) == ([], 0)
