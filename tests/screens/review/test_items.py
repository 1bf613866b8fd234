"""Duties, records requests and presence at the review: from the home to the line, and to what is done about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.acts.entering import Acts
from kiosk.app.acts.presence import presence_offers
from kiosk.app.acts.requests import request_offers
from kiosk.app.review import LogReview
from kiosk.i18n.strings import text
from kiosk.presentation.review import Shelf
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.app.acts.walk import done, offer
from tests.homes import PACK_WITH_DUTIES, a_home, encounter, replaced
from tests.keeping import said
from tests.screens.acting import Actor, a_stand, acting

BY = {"by": "Dana Ruiz"}
REQUEST = {
    "requester": "A reporter",
    "how": "email",
    "received": "2026-09-14",
    "deadline": "days",
    "due": "2",
    "asked": "All visits",
    "records": "2026-0001",
    **BY,
}
SEEN = {"place": "stop", "seen": "2026-01-05 10:42", "source": "driver", "record": "", **BY}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a record whose duties were owed in the previous log, a records request and a report of presence."""
    home = a_home(tmp_path, pack=PACK_WITH_DUTIES)
    encounter(home, session=True)
    replaced(home)
    acts = Acts(home, "live", FixedClock())
    done(offer(request_offers(acts), "request.new"), REQUEST)
    done(offer(presence_offers(acts), "presence.report"), SEEN)
    return home


def _clock() -> FixedClock:
    """The day after the encounter."""
    clock = FixedClock()
    clock.advance(86_400)
    return clock


def _counted(shelf: Shelf, n: int) -> str:
    return text("records.counted", shelf=text(f"records.{shelf}"), n=n)


@asynccontextmanager
async def _at_home(home: Home) -> AsyncIterator[Actor]:
    """The home of the review, a day later, once it has counted."""
    stand, reviewer = a_stand(), LogReview(home, "live", _clock())
    async with acting(replace(stand, services=replace(stand.services, reviewer=lambda: reviewer))) as actor:
        await actor.press("f10", "f5")
        await actor.see(_counted(Shelf.OVERDUE, 2))
        yield actor


async def test_the_home_counts_what_waits_also_of_a_previous_log(home: Home) -> None:
    """Overdue duties first, in a line of their own."""
    async with _at_home(home) as actor:
        for shelf, n in ((Shelf.DUTIES, 4), (Shelf.REQUESTS, 1), (Shelf.PRESENCE, 1)):
            assert _counted(shelf, n) in actor.text


async def test_an_overdue_duty_is_done_from_its_line(home: Home) -> None:
    """The line has its day and leads to the record; what was done is entered and the list is read again."""
    async with _at_home(home) as actor:
        await actor.press("1")
        await actor.see("2026-0002  due 2026-09-14  Send them on. (The office)")
        await actor.press("3")
        await actor.see(text("records.record", no="2026-0001"))
        await actor.see("Was the protocol followed?")
        await actor.press("1")
        await actor.click(text("act.duty.done"))
        await actor.see(text("act.which-duty"))
        await actor.press("1")
        await actor.see(text("act.day-done"))
        await actor.press("enter")
        await actor.see(text("act.note-done"))
        await actor.type("By courier.")
        await actor.press("enter")
        await actor.see(text("act.by"))
        await actor.type("Dana Ruiz")
        await actor.press("enter")
        await actor.see("Note: By courier.")
        assert said(home, EntryKind.DUTY_DONE) == []
        await actor.press("1")
        await actor.see(text("act.entered", no="2026-0001"))
        assert [one.body["duty"] for one in said(home, EntryKind.DUTY_DONE)] == ["papers"]
        await actor.press("backspace", "backspace")
        await actor.see("2026-0002  due")
        assert "2026-0001" not in actor.text


async def test_a_list_of_duties_is_searched_by_its_own_search(home: Home) -> None:
    """The title has the list and the words; nothing found can be searched again."""
    async with _at_home(home) as actor:
        await actor.press("2")
        await actor.see("2026-0002  due")
        await actor.click(text("records.search.list"))
        await actor.see(text("records.search.duties.how"))
        await actor.type("talk")
        await actor.press("enter")
        duties = text("records.duties")
        await actor.see(text("records.found.in", shelf=duties, words="talk"))
        assert "Talk of it." in actor.text
        assert "Send them on." not in actor.text
        await actor.click(text("records.search.list"))
        await actor.type("nobody")
        await actor.press("enter")
        await actor.see(text("records.none"))
        assert text("records.search.list") in actor.text


async def test_a_records_request_leads_to_its_words_and_its_record(home: Home) -> None:
    """The list has the new request below; the line leads to what was asked, and then to the record."""
    async with _at_home(home) as actor:
        await actor.press("3")
        await actor.see("R-2026-0001  due on 2026-09-16  A reporter")
        assert text("act.request.new") in actor.text
        await actor.press("2")
        await actor.see("asked: All visits")
        assert text("act.request.close") in actor.text
        await actor.press("4")
        await actor.see(text("records.record", no="2026-0001"))


async def test_a_request_is_closed_and_leaves_the_list(home: Home) -> None:
    """Going back shows the list as it is now, which says that nothing is open."""
    async with _at_home(home) as actor:
        await actor.press("3")
        await actor.see("R-2026-0001")
        await actor.press("2")
        await actor.see(text("act.request.close"))
        await actor.press("3")
        await actor.see(text("act.how-ended"))
        await actor.press("3")
        await actor.see(text("act.why-closed"))
        await actor.press("enter")
        await actor.see(text("act.by"))
        await actor.type("Dana Ruiz")
        await actor.press("enter")
        await actor.see("Answer: withdrawn by the requester")
        await actor.press("1")
        await actor.see(text("act.entered", no="R-2026-0001"))
        await actor.press("backspace", "backspace")
        await actor.see(text("records.none"))


async def test_a_report_of_presence_can_be_confirmed_or_found_false(home: Home) -> None:
    """Only what can follow in its state is offered."""
    async with _at_home(home) as actor:
        await actor.press("4")
        await actor.see("at a bus stop, unconfirmed")
        await actor.press("2")
        await actor.see(text("act.presence.confirm"))
        assert text("act.presence.false") in actor.text
        assert text("act.presence.notice") not in actor.text
