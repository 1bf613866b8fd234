"""A log-in that ends while an act of that person runs: what was confirmed is finished, what was only to be read stops.

Its end is entered after the act, so that the log has no entry of a person whose log-in had ended.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from kiosk.i18n.strings import text
from kiosk.presentation.acts import Answers, Cancelled, Done, Group, Offer, Preview, Progress
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.screens.review.app import ReviewApp
from kiosk.screens.review.screen import ReviewScreen
from kiosk.settings import Home
from tests.record.people.staff import DANA, passphrase_of, with_a_record_and_people
from tests.screens.acting import Actor, Stand, acting
from tests.screens.contrast import OneRecord
from tests.screens.review.test_log_in import ended, entries, give, guarded

CONFIRM = "Save it"


@dataclass
class LongAct(OneRecord):
    """Offers one act, which is under way until the test opens the gate. reads: whether it only shows something."""

    reads: bool = False
    begun: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)
    came_to: str = ""

    def offers(self) -> Sequence[Offer]:
        """The act."""
        return [Offer("long", "Save all records", Right.EXPORT, self._next, Group.REPORTS)]

    def _next(self, _: Answers) -> Preview:
        return Preview("This would be saved:", ["all records"], CONFIRM, self._do, reads=self.reads)

    def _do(self, progress: Progress) -> Done:
        self.begun.set()
        assert self.gate.wait(20), "the test never opened the gate"
        try:
            progress(1, 2)
        except Cancelled:
            self.came_to = "cancelled"
            raise
        self.came_to = "done"
        return Done("It is saved.")


@pytest.fixture
def staffed(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with one record, an administrator and an auditor."""
    with_a_record_and_people(home, monkeypatch)
    return home


def at_the_desk(home: Home, act: LongAct) -> Stand:
    """A desk whose records offer this act."""
    stand = guarded(home)
    door = replace(stand.services.doorkeeper, reviewer=lambda _: act)  # type: ignore[type-var]  # a dataclass here
    return replace(stand, services=replace(stand.services, doorkeeper=door))


@asynccontextmanager
async def under_way(home: Home, act: LongAct) -> AsyncIterator[Actor]:
    """The administrator has confirmed the act."""
    stand = at_the_desk(home, act)
    async with acting(stand) as actor:
        await actor.press("f10", "f5")
        await actor.see(DANA)
        await give(actor, DANA, passphrase_of(DANA))
        await _confirm(actor, act)
        yield actor


async def _confirm(actor: Actor, act: LongAct) -> None:
    await actor.see(text("records.group.reports"))
    await actor.press("b")
    await actor.see("Save all records")
    await actor.press("1")
    await actor.see(CONFIRM)
    await actor.hurry("1")
    assert await asyncio.to_thread(act.begun.wait, 20)


async def idle(actor: Actor) -> None:
    """Nobody presses a key for ten minutes."""
    page = actor.app.page_of(ReviewScreen)
    assert isinstance(page, ReviewScreen)
    actor.stand.clock.advance(600)
    page.end_when_idle()
    await actor.hurry()
    assert text("home.ask") in actor.text


@pytest.mark.parametrize(("reads", "came_to"), [(False, "done"), (True, "cancelled")])
async def test_nobody_reads_on_and_the_end_is_entered_after_the_act(staffed: Home, reads: bool, came_to: str) -> None:
    """The desk is at home at once; the act is finished, unless nobody could see its result."""
    act = LongAct(reads=reads)
    async with under_way(staffed, act) as actor:
        await idle(actor)
        assert entries(staffed, EntryKind.LOGIN_ENDED) == []
        await actor.press("enter")
        assert actor.at == "danger"
        act.gate.set()
        assert await ended(staffed, actor) == [{"name": DANA, "why": "idle"}]
        assert act.came_to == came_to
        assert actor.at == "danger"
        assert not actor.stand.crashes


async def test_a_program_that_is_closed_cancels_the_act_and_waits_for_it(staffed: Home) -> None:
    """`kiosk review` is ended from outside: nothing is left half done, and the log-in ends last."""
    act = LongAct()
    stand = at_the_desk(staffed, act)
    door = stand.services.doorkeeper
    assert door is not None
    app = ReviewApp(stand.services, act)
    async with app.run_test(size=(80, 24)) as pilot:
        actor = Actor(app, pilot, stand)  # type: ignore[arg-type]  # it only reads the screen and presses keys
        app._logged_in(door.log_in(DANA, passphrase_of(DANA)))
        await _confirm(actor, act)
        assert app._session is not None
        running = app._session.act
        assert running is not None
        going_on = asyncio.ensure_future(asyncio.to_thread(_open_when_left, running.left, act.gate))
        app.leave()
    await going_on
    assert (act.came_to, entries(staffed, EntryKind.LOGIN_ENDED)) == ("cancelled", [{"name": DANA, "why": "closed"}])


def _open_when_left(left: threading.Event, gate: threading.Event) -> None:
    assert left.wait(20), "the program ended without cancelling the act"
    gate.set()
