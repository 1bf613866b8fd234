"""Logging in before the records: the names, the passphrase, the wait, and how a log-in ends. The desk never waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest
from textual.pilot import Pilot

from kiosk.app.bootstrap import append_entry, is_closed_to_all
from kiosk.app.people import LogDoorkeeper
from kiosk.app.review import LogReview
from kiosk.i18n.strings import languages, text
from kiosk.log.archive import open_history
from kiosk.presentation.people import LogIn
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.review.app import ReviewApp
from kiosk.screens.review.log_in import PassphraseScreen
from kiosk.screens.review.screen import ReviewScreen
from kiosk.screens.widgets.choices import Choices
from kiosk.screens.widgets.secret_box import SecretBox
from kiosk.settings import Home
from tests.homes import encounter
from tests.record.people.staff import DANA, KIM, passphrase_of, with_a_record_and_people
from tests.screens.acting import Actor, Stand, a_stand, a_stand_in, acting

WRONG = "not the passphrase of anybody"
NAMES = {DANA: "1", KIM: "2"}


@pytest.fixture
def staffed(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with one record, an administrator and an auditor."""
    with_a_record_and_people(home, monkeypatch)
    return home


def guarded(home: Home, stand: Stand | None = None) -> Stand:
    """A desk whose records are those of the home, behind its doorkeeper. The desk's own log is in memory."""
    stand = stand or a_stand()
    enter = partial(append_entry, home, "live", stand.clock)

    def reviewer(by: str = "") -> LogReview:
        return LogReview(home, "live", stand.clock, None, by)

    door = LogDoorkeeper(home, stand.clock, reviewer, enter, "desk", is_closed_to_all)
    services = replace(stand.services, reviewer=reviewer, doorkeeper=door, log_in_ends_after_s=600)
    return replace(stand, services=services)


@asynccontextmanager
async def at_the_door(home: Home, stand: Stand | None = None) -> AsyncIterator[Actor]:
    """A desk with the list of names open."""
    async with acting(guarded(home, stand)) as actor:
        await actor.press("f10", "f5")
        yield actor


async def give(actor: Actor, name: str, passphrase: str) -> None:
    """Choose the name and type the passphrase."""
    await actor.press(NAMES[name])
    await actor.paste(passphrase)
    await actor.press("enter")


def shelf(n: int = 1, language: str = "en") -> str:
    """The line of all records."""
    return text("records.counted", language, shelf=text("records.all", language), n=n)


def entries(home: Home, *kinds: EntryKind) -> list[dict[str, Any]]:
    """The bodies of these entries, oldest first."""
    with closing(open_history(home, "live")) as log:
        return [dict(kept.body) for kept in map(decode, log.entries()) if kept.kind in kinds]


async def ended(home: Home, actor: Actor) -> list[dict[str, Any]]:
    """The ends of log-ins, once there is one: another thread writes it."""
    async with asyncio.timeout(20):
        while not (found := entries(home, EntryKind.LOGIN_ENDED)):
            await actor.settle()
    return found


def size(home: Home) -> int:
    """The number of entries."""
    with closing(open_history(home, "live")) as log:
        return log.size()


async def test_while_nobody_is_set_up_the_records_open_at_once(home: Home) -> None:
    """As before, and without an entry."""
    encounter(home)
    before = size(home)
    async with at_the_door(home) as actor:
        await actor.see(shelf())
        await actor.press("enter", "enter")
        assert actor.at == "danger"
    assert size(home) == before


async def test_a_person_chooses_the_name_and_types_the_passphrase(staffed: Home) -> None:
    """It is shown as dots; then the records are there, and the log has who read which."""
    async with at_the_door(staffed) as actor:
        await actor.see(f"{KIM} (auditor)")
        await actor.press(NAMES[KIM])
        await actor.type(passphrase_of(KIM))
        assert "•" * len(passphrase_of(KIM)) in actor.text
        assert "fictional" not in actor.text
        await actor.press("enter")
        await actor.see(shelf())
        await actor.press("9")
        await actor.see("2026-0001")
        await actor.press("3")
        await actor.see("Outcome: handover")
        await actor.press("enter", "enter", "enter")
        assert text("home.ask") in actor.text
        assert await ended(staffed, actor) == [{"name": KIM, "why": "left"}]
    (said,) = entries(staffed, EntryKind.LOGIN_SUCCEEDED)
    assert said == {"name": KIM, "role": "auditor", "where": "desk"}
    looks = [{"what": "list", "by": KIM}, {"what": "record", "by": KIM, "no": "2026-0001"}]
    assert entries(staffed, EntryKind.RECORD_VIEWED) == looks


async def test_going_back_leads_to_the_names_and_home(staffed: Home) -> None:
    """Enter with nothing typed, then Enter without a choice; nothing is entered."""
    before = size(staffed)
    async with at_the_door(staffed) as actor:
        await actor.see(DANA)
        await actor.press(NAMES[DANA], "enter")
        await actor.see(text("people.who"))
        await actor.press("enter", "enter")
        assert actor.at == "danger"
    assert size(staffed) == before


async def test_ten_wrong_passphrases_hinder_only_that_log_in(staffed: Home) -> None:
    """Each is an entry with its person; the page says how long to wait; the desk starts a record at once."""
    stand = guarded(staffed)
    async with acting(stand) as actor:
        await actor.press("f10", "f5")
        await actor.see(DANA)
        await actor.press(NAMES[DANA])
        for wait in (0, 0, 2, 4, 8, 16, 32, 64, 128, 256):
            await actor.paste(WRONG)
            await actor.press("enter")
            told = text("people.wrong.wait", n=wait) if wait else text("people.wrong")
            await actor.see(told.partition(". ")[2])
            if wait == 256:
                break
            stand.clock.advance(wait)
        await actor.paste(passphrase_of(DANA))
        await actor.press("enter")
        await actor.see(text("people.wait", n=256).partition(". ")[0])
        await actor.press("enter", "enter", "enter")
        assert actor.at == "danger"
        await actor.press("2")
        assert actor.at != "danger"
    assert entries(staffed, EntryKind.LOGIN_FAILED) == [{"name": DANA, "where": "desk"}] * 10
    assert entries(staffed, EntryKind.LOGIN_SUCCEEDED) == []


@dataclass
class Slow:
    """A door whose check takes as long as the test wants."""

    door: LogDoorkeeper
    gate: threading.Event = field(default_factory=threading.Event)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.door, name)

    def log_in(self, name: str, passphrase: str) -> LogIn:
        """Wait for the test."""
        assert self.gate.wait(20), "the test never opened the gate"
        return self.door.log_in(name, passphrase)


async def test_the_desk_works_while_a_passphrase_is_checked(staffed: Home) -> None:
    """Somebody comes to the door meanwhile: the record starts, and the log-in that nobody waits for ends."""
    stand = guarded(staffed)
    assert isinstance(stand.services.doorkeeper, LogDoorkeeper)
    slow = Slow(stand.services.doorkeeper)
    async with acting(replace(stand, services=replace(stand.services, doorkeeper=slow))) as actor:
        await actor.press("f10", "f5")
        await actor.see(DANA)
        await actor.press(NAMES[DANA])
        await actor.type(passphrase_of(DANA))
        await actor.hurry("enter", "backspace", "backspace", "enter")
        for _ in range(50):
            if actor.app.encounter is not None:
                break
            await actor.pilot.pause()
        assert actor.at == "danger"
        slow.gate.set()
        await actor.settle()
        assert actor.at == "danger"
        assert actor.app.page_of(ReviewScreen) is None
        assert await ended(staffed, actor) == [{"name": DANA, "why": "left"}]


async def test_hiding_keeps_the_log_in_and_idleness_ends_it(staffed: Home) -> None:
    """Esc and Enter lead back to the records; after ten minutes, hidden or not, they are gone, with one entry."""
    stand = guarded(staffed)
    async with acting(stand) as actor:
        await actor.press("f10", "f5")
        await actor.see(KIM)
        await give(actor, KIM, passphrase_of(KIM))
        await actor.see(shelf())
        await actor.press("escape")
        stand.clock.advance(599)
        page = actor.app.page_of(ReviewScreen)
        assert isinstance(page, ReviewScreen)
        page.end_when_idle()
        await actor.press("enter")
        await actor.see(shelf())
        await actor.press("a")  # the search, on top
        await actor.press("escape")
        stand.clock.advance(600)
        for _ in range(3):
            page.end_when_idle()
            await actor.settle()
        assert await ended(staffed, actor) == [{"name": KIM, "why": "idle"}]
        before = size(staffed)
        await actor.press("enter")
        assert text("home.ask") in actor.text
        assert shelf() not in actor.text
    assert size(staffed) == before


async def test_a_kiosk_that_is_closed_ends_the_log_in_at_its_records(staffed: Home) -> None:
    """A signal, or the key to close the kiosk: the end is in the log before that is closed."""
    async with at_the_door(staffed) as actor:
        await actor.see(KIM)
        await give(actor, KIM, passphrase_of(KIM))
        await actor.see(shelf())
        actor.app.leave()
    assert entries(staffed, EntryKind.LOGIN_ENDED) == [{"name": KIM, "why": "closed"}]


async def test_hiding_the_passphrase_empties_the_box(staffed: Home) -> None:
    """Nobody finishes what another began."""
    async with at_the_door(staffed) as actor:
        await actor.see(DANA)
        await actor.press(NAMES[DANA])
        await actor.type("four plain")
        await actor.press("escape", "enter")
        assert "•" not in actor.text


@pytest.mark.parametrize("language", languages())
async def test_the_pages_are_in_the_language_of_the_desk(staffed: Home, language: str) -> None:
    """The question, the box and the refusal."""
    async with at_the_door(staffed, a_stand_in(language, "live")) as actor:
        await actor.see(text("people.who", language))
        await actor.press(NAMES[DANA])
        await actor.see(text("people.passphrase", language))
        await actor.type(WRONG)
        await actor.press("enter")
        await actor.see(text("people.wrong", language))


async def until(pilot: Pilot[int], met: Callable[[], object]) -> None:
    """Wait for what another thread does."""
    async with asyncio.timeout(20):
        while not met():
            await pilot.pause()


async def test_the_review_alone_asks_first_and_records_its_end(staffed: Home) -> None:
    """`kiosk review`: the same two pages; leaving it ends the log-in."""
    stand = guarded(staffed)
    assert stand.services.reviewer is not None
    app = ReviewApp(stand.services, stand.services.reviewer())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.query_one(Choices).stops)
        await pilot.press(NAMES[KIM])
        await until(pilot, lambda: isinstance(app.screen, PassphraseScreen))
        app.screen.query_one(SecretBox).insert(passphrase_of(KIM))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        await until(pilot, lambda: app.screen.query_one(Choices).stops)
        await pilot.press("enter")
    assert app.exit_code == 0
    assert entries(staffed, EntryKind.LOGIN_ENDED) == [{"name": KIM, "why": "left"}]


async def test_a_review_that_is_closed_from_outside_ends_its_log_in(staffed: Home) -> None:
    """A signal, a closed window."""
    stand = guarded(staffed)
    assert stand.services.reviewer is not None
    app = ReviewApp(stand.services, stand.services.reviewer())
    async with app.run_test(size=(80, 24)) as pilot:
        assert stand.services.doorkeeper is not None
        app._logged_in(stand.services.doorkeeper.log_in(KIM, passphrase_of(KIM)))
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen))
        app.leave()
    assert entries(staffed, EntryKind.LOGIN_ENDED) == [{"name": KIM, "why": "closed"}]
