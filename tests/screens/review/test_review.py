"""The records behind F10, and by `kiosk review`: lists, search, one record, and the way back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kiosk.app.review import LogReview
from kiosk.errors import StoreUnusable
from kiosk.i18n.strings import languages, text
from kiosk.presentation.review import Reviewed, Reviewer, Rows, Wanted
from kiosk.record.endings import Ending
from kiosk.screens.review.app import ReviewApp
from kiosk.screens.review.screen import ReviewScreen
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from kiosk.system.places import Place
from tests.app.acts.copies.answering import FREE, a_stick, files, with_places
from tests.builders import a_desk
from tests.fakes import MemoryLog
from tests.homes import a_home, encounter
from tests.screens.acting import Actor, Stand, a_stand, a_stand_in, acting

SHERIFF = "Example County Sheriff"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with three records: two of one agency, the newest with what was on its screens."""
    home = a_home(tmp_path)
    encounter(home, agency=SHERIFF)
    encounter(home, agency="An agency")
    encounter(home, agency=SHERIFF, session=True)
    return home


def _all(language: str = "en") -> str:
    return text("records.counted", language, shelf=text("records.all", language), n=3)


def _stand(reviewer: Reviewer, stand: Stand | None = None) -> Stand:
    stand = stand or a_stand()
    return replace(stand, services=replace(stand.services, reviewer=lambda: reviewer))


@asynccontextmanager
async def _reviewing(home: Home, *keys: str, stand: Stand | None = None) -> AsyncIterator[Actor]:
    """A desk whose records are open, after these presses."""
    reviewer = LogReview(home, "live", FixedClock())
    async with acting(_stand(reviewer, stand)) as actor:
        await actor.press("f10", "f5")
        language = actor.app.services.station.language
        await actor.see(_all(language))
        await actor.press(*keys)
        yield actor


async def test_the_records_are_two_keys_from_home_and_two_back(home: Home) -> None:
    """F10, F5 opens them; Enter without a choice leads home, where Enter starts a record as always."""
    async with _reviewing(home) as actor:
        await actor.press("enter")
        assert text("home.ask") in actor.text
        await actor.press("enter")
        assert actor.at == "danger"


async def test_the_home_screen_forgets_a_record_that_was_closed_at_the_review(home: Home) -> None:
    """It is read again when somebody comes back from the records."""
    log = MemoryLog()
    left = a_desk(log).open()
    async with _reviewing(home, stand=a_stand(log=log)) as actor:
        a_desk(log).end(left, Ending.VOID, "by-mistake")
        await actor.press("enter")
        await actor.see(text("home.ask"))
        await actor.settle()
        assert text("home.unfinished") not in actor.text


async def test_a_text_is_added_to_a_record_from_its_page(home: Home) -> None:
    """The record, what is to be done, the words, the reason, the name, the preview; the log has it then."""
    async with _reviewing(home, "9") as actor:
        await actor.see("2026-0003")
        await actor.press("3")
        await actor.see(text("records.group.record", no="2026-0003"))
        await actor.click(text("records.group.record", no="2026-0003"))
        await actor.see(text("act.record.add"))
        await actor.click(text("act.record.add"))
        for asked, words in (("record.text", "A third car"), ("record.why", "Forgotten"), ("by", "Dana Ruiz")):
            await actor.see(text(f"act.{asked}"))
            await actor.type(words)
            await actor.press("enter")
        await actor.see("added: A third car")
        await actor.press("1")
        await actor.see(text("act.record.entered", no="2026-0003"))
    (made,) = LogReview(home, "live", FixedClock()).record("2026-0003").record.amendments
    assert (made.now, made.reason, made.by) == ("A third car", "Forgotten", "Dana Ruiz")


async def test_the_words_about_f5_are_that_key(home: Home) -> None:
    """A click on them opens the records."""
    async with acting(_stand(LogReview(home, "live", FixedClock()))) as actor:
        await actor.press("f10")
        await actor.click("people and hours")
        await actor.see(_all())


async def test_a_record_is_read_from_the_list(home: Home) -> None:
    """The newest is first; its key opens the record; Backspace leads back to the list, then to the start."""
    async with _reviewing(home, "9") as actor:
        await actor.see("2026-0003")
        await actor.press("3")
        await actor.see("Example County Sheriff")
        await actor.press("backspace")
        await actor.see(text("records.all"))
        await actor.press("backspace")
        assert text("records.search") in actor.text


async def test_the_record_shows_what_was_on_the_screen_and_when(home: Home) -> None:
    """The words of each step come from the log, each with the time since the start."""
    async with _reviewing(home, "9") as actor:
        await actor.see("2026-0003")
        await actor.press("3")
        await actor.see("Was the protocol followed?")
        await actor.see("more: PgDn")
        await actor.press("pagedown")
        await actor.see("What was recorded")
        await actor.press("pagedown")
        await actor.see("How did they come?")
        await actor.see("+0:00:00")


async def test_an_earlier_visit_of_the_same_agency_is_one_key_from_the_record(home: Home) -> None:
    """The record offers its agency as words to search for; the list has both records and not the third."""
    async with _reviewing(home, "9") as actor:
        await actor.see("2026-0003")
        await actor.press("3")
        await actor.see(text("records.alike", words=SHERIFF))
        await actor.click(text("records.alike", words=SHERIFF))
        await actor.see(text("records.found", words=SHERIFF))
        assert "2026-0001" in actor.text
        assert "2026-0002" not in actor.text


async def test_a_list_is_narrowed_to_some_days(home: Home) -> None:
    """The records are of this month; last month had none, and a search then is of its days too."""
    async with _reviewing(home, "9") as actor:
        await actor.see("2026-0003")
        await actor.press("2")
        await actor.see(text("save.days.last-month"))
        await actor.press("1")
        await actor.see("2026-08-01 to 2026-08-31")
        assert text("records.none") in actor.text
        await actor.press("enter", "2")
        await actor.see("2026-09-01 to 2026-09-14")
        assert "2026-0001" in actor.text
        await actor.press("1")
        await actor.type("sheriff")
        await actor.press("enter")
        await actor.see("2026-09-01 to 2026-09-14")
        assert "2026-0002" not in actor.text


async def test_the_help_is_about_the_records_and_not_about_steps(home: Home) -> None:
    """In a list, how to choose, to read on and to go back; in a box, how to go back from it."""
    async with _reviewing(home, "f1") as actor:
        for words in ("choose", "page-down", "page-before", "hide"):
            await actor.see(text(f"help.{words}"))
        assert text("help.return-back") not in actor.text
        await actor.press("enter", "a", "f1")
        await actor.see(text("help.box-back"))
        assert text("help.return-back") not in actor.text


async def test_a_search_finds_the_words_that_were_typed(home: Home) -> None:
    """Search, type, Enter; nothing typed leads back without a search."""
    async with _reviewing(home, "a", "enter") as actor:
        assert text("records.search") in actor.text
        await actor.press("a")
        await actor.type("sheriff county")
        await actor.press("enter")
        await actor.see(text("records.found", words="sheriff county"))
        assert "2026-0001" in actor.text


async def test_words_that_no_record_has_find_none(home: Home) -> None:
    """The list says that there is none, and the search can be repeated from it."""
    async with _reviewing(home, "a") as actor:
        await actor.type("nobody")
        await actor.press("enter")
        await actor.see(text("records.none"))
        await actor.press("1")
        assert text("records.search.how") in actor.text


async def test_esc_hides_the_records_and_enter_returns_to_the_same_one(home: Home) -> None:
    """The neutral page covers them like everything else."""
    async with _reviewing(home, "9") as actor:
        await actor.see("2026-0003")
        await actor.press("escape")
        assert "2026-0003" not in actor.text
        await actor.press("enter")
        assert "2026-0003" in actor.text


async def test_a_practice_desk_has_its_records_behind_f10_too(home: Home) -> None:
    """F10 asks whether to close practice; F5 there opens the records."""
    async with _reviewing(home, stand=a_stand(mode="practice")) as actor:
        assert text("records.search") in actor.text


@pytest.mark.parametrize("language", languages())
async def test_the_lists_are_in_the_language_of_the_desk(home: Home, language: str) -> None:
    """Every line of the start is in that language."""
    async with _reviewing(home, stand=a_stand_in(language)) as actor:
        assert text("records.unfinished", language) in actor.text
        assert text("records.search", language) in actor.text


class _Failing(LogReview):
    """A log that can't be read any more once the lists are shown."""

    def rows(self, wanted: Wanted) -> Rows:
        """Fail."""
        raise StoreUnusable("The log is gone.", "Call IT.")

    def record(self, no: str) -> Reviewed:
        """Fail."""
        raise StoreUnusable("The log is gone.", "Call IT.")


async def test_a_log_that_cannot_be_read_is_told_and_the_desk_goes_on(home: Home) -> None:
    """The page says it in its place; going back leads home, and the desk works."""
    reviewer = _Failing(home, "live", FixedClock())
    async with acting(_stand(reviewer)) as actor:
        await actor.press("f10", "f5")
        await actor.see(_all())
        await actor.press("9")
        await actor.see("The log is gone.")
        await actor.press("enter", "enter")
        assert actor.at == "danger"


async def test_a_report_is_read_seven_keys_from_home(home: Home) -> None:
    """Reports, for the superintendent with agencies, this month, at this screen; the report is below its title."""
    async with _reviewing(home, "b") as actor:
        for key, asked in (("1", "which"), ("2", "days"), ("2", "format.or-screen"), ("1", "preview.screen")):
            await actor.press(key)
            await actor.see(text(f"save.{asked}"))
        await actor.press("1")
        await actor.see("Encounters by month and channel")


async def test_a_report_of_last_month_is_on_a_stick_after_ten_keys(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reports, for the superintendent, last month, PDF, the stick, nobody named, who does it, and the preview."""
    stick = a_stick(tmp_path, monkeypatch)
    async with _reviewing(home, "b") as actor:
        for key, asked in (("1", "which"), ("1", "days"), ("1", "format.or-screen"), ("2", "where"), ("1", "for")):
            await actor.press(key)
            await actor.see(text(f"save.{asked}"))
        await actor.press("enter")
        await actor.see(text("act.by"))
        await actor.type("Dana Sample")
        await actor.press("enter")
        await actor.see(text("save.preview"))
        await actor.see("By: Dana Sample")
        assert files(stick) == []
        await actor.press("1")
        await actor.see(text("save.done"))
    assert files(stick) == ["report-2026-08-01-to-2026-08-31.pdf"]
    assert (stick / files(stick)[0]).read_bytes().startswith(b"%PDF-")


async def test_a_full_stick_is_refused_and_another_place_can_be_chosen(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left on it, and no answer is lost."""
    with_places(monkeypatch, Place(tmp_path / "full", 1000), Place(tmp_path, FREE))
    async with _reviewing(home, "b") as actor:
        for key, asked in (("1", "which"), ("1", "days"), ("1", "format.or-screen"), ("2", "where")):
            await actor.press(key)
            await actor.see(text(f"save.{asked}"))
        await actor.press("1")
        await actor.see("too little free space")
        await actor.press("2")
        await actor.see(text("save.for"))


async def test_a_record_is_saved_from_its_page(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record, its acts, save, counsel, HTML, nothing withheld, the stick."""
    stick = a_stick(tmp_path, monkeypatch)
    async with _reviewing(home, "9") as actor:
        await actor.see("2026-0003")
        await actor.press("3")
        await actor.see(text("records.group.record", no="2026-0003"))
        await actor.press("1")
        await actor.click(text("save.record"))
        await actor.see(text("save.level"))
        for key, asked in (("2", "format"), ("2", "withhold"), ("1", "where"), ("1", "for")):
            await actor.press(key)
            await actor.see(text(f"save.{asked}"))
        await actor.press("enter")
        await actor.type("Dana Sample")
        await actor.press("enter")
        await actor.see(text("save.preview"))
        await actor.press("1")
        await actor.see(text("save.done"))
    assert files(stick) == ["record-2026-0003-counsel.html"]


async def test_the_review_alone_ends_when_somebody_goes_back(home: Home) -> None:
    """`kiosk review`: the same lists without a desk; Esc hides, F1 explains, and Enter at the start ends it with 0."""
    app = ReviewApp(a_stand().services, LogReview(home, "live", FixedClock()))
    async with app.run_test(size=(80, 24)) as pilot:
        await _until(pilot, lambda: _drawn(app) and _all() in _drawn(app))
        await pilot.press("f1")
        assert text("help.title") in _drawn(app)
        await pilot.press("enter", "escape")
        assert text("records.title") not in _drawn(app)
        await pilot.press("enter")
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("enter")
    assert app.exit_code == 0
    assert app.in_order


async def _until(pilot: Pilot[int], met: Callable[[], object]) -> None:
    for _ in range(50):
        if met():
            return
        await pilot.pause()
    raise AssertionError("it never came")


def _drawn(app: ReviewApp) -> str:
    strips = app.screen._compositor.render_strips()
    return " ".join(" ".join("".join(segment.text for segment in strip) for strip in strips).split())
