"""The protocol's interrupts work wherever an encounter is open: the page goes, and they are answered."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.errors import StoreUnusable
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.encounter import EncounterScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.pages.error import TroubleScreen
from kiosk.screens.pages.too_small import SmallScreen
from tests.faults.hands import shipped
from tests.screens.acting import TO_RECORD, Actor, a_stand, acting
from tests.screens.pages.test_error import ENDED, FULL, ended

PAGES: Final = {
    "note": ("f4",),
    "calls": ("f5",),
    "call result": ("f5", "1"),
    "card": ("f3",),
    "help": ("f1",),
    "hide": ("escape",),
    "help over the note": ("f4", "f1"),
    "hide over the calls": ("f5", "escape"),
    "looking back": ("backspace",),
}
"""What lies over a step, and the keys that lay it there."""
FOR_VISITORS: Final = {"card", "hide", "hide over the calls"}


async def at_a_page(actor: Actor, page: str) -> None:
    """Go to the second step, and lay that page over it."""
    await actor.press("enter", "2", *PAGES[page])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("key", "step"), [("f6", "call-911"), ("f7", "past"), ("f9", "left")])
async def test_they_leave_the_step_from_every_page(page: str, key: str, step: str) -> None:
    """Nothing lies over the step they lead to; it was left where it stood."""
    async with acting() as actor:
        await at_a_page(actor, page)
        await actor.press(key)
        assert isinstance(actor.app.screen, EncounterScreen)
        assert actor.at == step
        assert actor.app.running is not None
        assert str(actor.app.running.walk.path[-1]) == "who"
        assert "LOOKING BACK" not in actor.text


@pytest.mark.parametrize("page", PAGES)
async def test_they_are_in_sight_where_staff_read(page: str) -> None:
    """With their words: in a row, or in the help as lines of it; not on the pages that a visitor reads."""
    async with acting() as actor:
        await at_a_page(actor, page)
        assert any("F7 Went past me" in " ".join(line.split()) for line in actor.lines) is (page not in FOR_VISITORS)


@pytest.mark.parametrize("page", sorted(set(PAGES) - FOR_VISITORS))
async def test_they_can_be_clicked_on_every_page(page: str) -> None:
    """Their row is a row of keys."""
    async with acting() as actor:
        await at_a_page(actor, page)
        await actor.click("Went past me")
        assert isinstance(actor.app.screen, EncounterScreen)
        assert actor.at == "past"


def on_top(actor: Actor) -> type:
    """Return the kind of the top screen."""
    return type(actor.app.screen)


async def test_they_work_in_a_window_that_is_too_small() -> None:
    """The page that says so stays, because the window does; the step beneath it is the interrupt's."""
    async with acting() as actor:
        await actor.press("enter", "2", "f4")
        await actor.pilot.resize_terminal(60, 15)
        await actor.settle()
        await actor.press("f7")
        assert on_top(actor) is SmallScreen
        assert actor.at == "past"
        await actor.pilot.resize_terminal(80, 24)
        await actor.settle()
        await actor.settle()
        assert on_top(actor) is EncounterScreen
        assert "Stay calm" in actor.text


async def test_they_leave_the_page_of_trouble() -> None:
    """A failed save is not tried again; the answer of the interrupt is saved as soon as possible."""
    async with acting() as actor:
        await actor.press("enter")
        actor.stand.log.failing = FULL
        await actor.press("2")
        assert "F7 Went past me" in actor.text
        await actor.press("f7")
        assert actor.at == "past"
        assert isinstance(actor.app.screen, EncounterScreen)


async def test_a_trouble_that_lasts_is_told_again() -> None:
    """The interrupt can't be kept either; Enter tries it again, and it is answered once."""
    async with acting() as actor:
        await actor.press("enter")
        actor.stand.log.failing = FULL
        await actor.press("2")
        actor.stand.log.failing = StoreUnusable("The disk is still full.", "Free some space.")
        await actor.press("f7")
        assert isinstance(actor.app.screen, TroubleScreen)
        assert "The disk is still full." in actor.text
        await actor.press("enter")
        assert actor.at == "past"
        assert actor.stand.log.kinds().count(EntryKind.STEP_ANSWERED) == 1


@pytest.mark.parametrize("key", ["f6", "f7", "f8"])
async def test_where_f9_begins_a_new_log_there_are_none(key: str) -> None:
    """Nothing can be kept there; no row offers them, and their keys do nothing."""
    stand, begun = ended()
    begun.append("earlier")
    async with acting(stand) as actor:
        await actor.press("enter")
        stand.log.failing = ENDED
        await actor.press("2", key)
        assert isinstance(actor.app.screen, TroubleScreen)
        assert "Went past me" not in actor.text
        await actor.press("f9")
        assert begun == ["earlier", "key-lost"]


@pytest.mark.parametrize("keys", [(), ("f1",), ("escape",), ("f10",)])
async def test_without_an_encounter_they_do_nothing(keys: tuple[str, ...]) -> None:
    """At home and on the pages over it."""
    async with acting() as actor:
        await actor.press(*keys)
        before = actor.app.screen
        await actor.press("f6", "f9")
        assert actor.app.screen is before or isinstance(actor.app.screen, HomeScreen)  # any key leaves the help
        assert actor.stand.log.kinds() == []


async def test_after_closing_they_do_nothing() -> None:
    """The record is closed and stays as it is."""
    async with acting() as actor:
        await actor.press("enter", "f9", "1")
        size = actor.stand.log.size()
        await actor.press("f6", "f1", "f7")
        assert actor.stand.log.size() == size


async def test_half_a_note_is_kept_with_the_interrupt() -> None:
    """It is in the log before the step after it is shown, and before closing it is among what was written."""
    async with acting() as actor:
        await actor.press("enter", "2", "f4")
        await actor.type("grey car")
        await actor.press("f9")
        assert actor.stand.log.holds("grey car")
        assert "Note: grey car" in actor.step
        assert "Unsaved text" not in actor.step
        await actor.press("f4")
        assert actor.box.value == ""


async def test_half_a_note_that_must_not_be_kept_is_offered_again() -> None:
    """The interrupt is answered all the same; the words stand in the note again, to be changed."""
    async with acting() as actor:
        await actor.press("enter", "2", "f4")
        await actor.type("A123456789")
        await actor.press("f9")
        assert actor.at == "left"
        assert not actor.stand.log.holds("A123456789")
        await actor.press("f4")
        assert actor.box.value == "A123456789"


async def test_a_note_that_was_emptied_is_gone() -> None:
    """A person who deletes the words means it."""
    async with acting() as actor:
        await actor.press("enter", "2", "f4")
        await actor.type("ab")
        await actor.press("f7", "f4", "backspace", "backspace", "enter", "f4")
        assert actor.box.value == ""


async def test_words_in_boxes_are_not_lost_from_a_page_either() -> None:
    """Typed on a record step, then a page, then an interrupt: they stand in their box again."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("Homeland")
        await actor.press("f5", "f7", "enter")
        assert actor.at == "identify#2"
        assert "Homeland" in actor.step


async def test_help_on_a_page_tells_of_them() -> None:
    """Since they are keys there."""
    async with acting() as actor:
        await actor.press("enter", "f4", "f1")
        assert "F7 Went past me" in actor.step
        assert "Esc Hide everything" in actor.step


async def test_a_window_too_small_shows_whom_the_step_asks_to_call() -> None:
    """The digits to dial before anybody, else the person whose turn it is; at home the Superintendent's Office."""
    async with acting(a_stand(pack=shipped())) as actor:
        for keys, number in (((), "860-555-0100"), (("enter",), "860-555-0142"), (("f6",), "911")):
            await actor.press(*keys)
            await actor.pilot.resize_terminal(80, 23)
            await actor.settle()
            assert on_top(actor) is SmallScreen
            assert number in actor.text
            await actor.pilot.resize_terminal(80, 24)
            await actor.settle()
