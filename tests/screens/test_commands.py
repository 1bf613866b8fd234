"""Entries of commands at the screens: taken once the log is open, and counted on the home screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.desk.service import Desk
from kiosk.errors import ReplaceReason, StoreUnusable
from kiosk.record.canonical import Json
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.entries import Actor as By
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.desk_worker import DeskThread
from kiosk.screens.encounter import EncounterScreen
from kiosk.screens.home import HomeScreen
from tests.screens.acting import Stand, a_stand, acting
from tests.screens.pages.test_records import closed_with_a_call_to_make, records

if TYPE_CHECKING:
    from kiosk.presentation.services import Submit

IDS = ("11111111-0000-4000-8000-000000000001",)
LONG_S = 20.0


class Attendant:
    """Keeps what the kiosk gives to whoever takes entries of commands."""

    def __init__(self) -> None:
        self.submits: list[Submit] = []
        self.entered: list[Callable[[], object]] = []
        self.threads: list[str] = []

    def __call__(self, submit: Submit, entered: Callable[[], object]) -> None:
        """Keep both, and the thread it was called in."""
        self.submits.append(submit)
        self.entered.append(entered)
        self.threads.append(threading.current_thread().name)


def attended(attendant: Attendant) -> Stand:
    """A stand that takes entries of commands."""
    stand = a_stand()
    return replace(stand, services=replace(stand.services, attend=attendant))


def calling(stand: Stand) -> Callable[[Desk], int | None]:
    """The office was reached, as `kiosk log amend --called` enters it for the newest record."""
    (record,) = records(stand).values()
    body: dict[str, Json] = {
        "role": tasks_of(record).calls[0],
        "person": 0,
        "result": "reached",
        "name": "A. Example",
        "by": "B",
    }
    entry = Entry(EntryKind.CALL_MADE, body, record.id, actor=By.COMMAND, pack=record.protocol.content_hash)
    return lambda desk: desk.record_entries([entry], IDS)


async def test_the_home_screen_counts_again_after_an_entry_of_a_command() -> None:
    """Nobody presses a key: the call is made from a terminal, and it is no longer left to do."""
    attendant = Attendant()
    stand = attended(attendant)
    async with acting(stand) as actor:
        await closed_with_a_call_to_make(actor)
        home = actor.app.screen
        assert isinstance(home, HomeScreen)
        assert home.overview is not None
        (before,) = [one.tasks.calls for one in home.overview.to_do]
        assert len(before) == 1
        number = attendant.submits[0](calling(stand)).result(LONG_S)
        assert number == stand.log.size() - 1
        attendant.entered[0]()
        await actor.settle()
        assert isinstance(actor.app.screen, HomeScreen)
        assert actor.app.screen.overview is not None
        assert [one.tasks.calls for one in actor.app.screen.overview.to_do] == [()]


async def test_an_entry_of_a_command_changes_nothing_on_a_step() -> None:
    """The question stays, and its answer counts."""
    attendant = Attendant()
    stand = attended(attendant)
    async with acting(stand) as actor:
        await actor.press("enter")
        assert isinstance(actor.app.screen, EncounterScreen)
        shown = actor.text
        entry = Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=By.COMMAND)
        attendant.submits[0](lambda desk: desk.record_entries([entry], IDS)).result(LONG_S)
        attendant.entered[0]()
        await actor.settle()
        assert actor.text == shown
        await actor.press("2")
        assert stand.log.kinds()[-2:] == [EntryKind.EXPORT_MADE, EntryKind.STEP_ANSWERED]


async def test_entries_are_taken_once_the_log_is_open_and_in_its_thread() -> None:
    """Called once, in the desk's thread; after the kiosk has closed, the news of an entry does no harm."""
    attendant = Attendant()
    async with acting(attended(attendant)) as actor:
        await actor.settle()
        assert len(attendant.threads) == 1
        assert attendant.threads[0].startswith("desk")
    attendant.entered[0]()
    with pytest.raises(RuntimeError):
        attendant.submits[0](lambda _: None)


async def test_while_a_log_is_replaced_no_entry_is_recorded() -> None:
    """The desk's thread has no desk then, and opens none for a command."""
    attendant = Attendant()
    stand = a_stand()
    thread = DeskThread(replace(stand.services, attend=attendant, replace_log=lambda _: None))
    await thread.open()
    await thread.attend(lambda: None)
    await thread.replace_log(ReplaceReason.DAMAGED)
    refused: Future[int | None] = attendant.submits[0](lambda _: 1)
    with pytest.raises(StoreUnusable):
        refused.result(LONG_S)
    await thread.attend(lambda: None)
    assert len(attendant.submits) == 1
    await thread.close(LONG_S, in_order=True)
