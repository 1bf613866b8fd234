"""Several records at one desk, and the tasks left for a closed one: by keys alone, from home to home."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.desk.unfinished import Overview
from kiosk.errors import StoreUnusable
from kiosk.i18n.strings import text
from kiosk.presentation.step_view import still_to_do
from kiosk.protocol.replies import Missing
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.endings import Ending
from kiosk.record.entry_kinds import EntryKind
from kiosk.screens.encounter import EncounterScreen
from kiosk.screens.home import HomeScreen
from kiosk.screens.pages.records import left_to_do
from tests.fakes import MemoryLog
from tests.screens.acting import TO_RECORD, Actor, Stand, a_stand, acting

AT_END = ("f9",)
CLOSE = ("1",)


def records(stand: Stand) -> dict[str, EncounterRecord]:
    """Return the tasks found in the log, by number."""
    ids = list(dict.fromkeys(e.encounter_id for e in stand.log.told() if e.encounter_id))
    found = [fold(e for e in stand.log.told() if e.encounter_id == one) for one in ids]
    return {record.no: record for record in found}


async def pause(actor: Actor, way: str = "2") -> None:
    """Leave the record for later; `1`: because somebody else has come."""
    await actor.press("f10", way)


async def closed_with_a_call_to_make(actor: Actor) -> None:
    """From home: the administrator was reached, one fact is deferred, the office is not notified."""
    await actor.press(*TO_RECORD)
    await actor.type("FBI")
    await actor.press("enter")
    await actor.type("2")
    await actor.press("enter", "enter", *AT_END, *CLOSE, "enter")


# -- several -----------------------------------------------------------------------------------------------------------


async def test_two_are_open_a_third_begins_and_each_is_closed_with_its_own_facts() -> None:
    """Somebody else, the home screen's list, its numbers: nothing of one gets into another."""
    stand = a_stand()
    async with acting(stand) as actor:
        for n, way in (("1", "1"), ("2", "2")):
            await actor.press(*(TO_RECORD if n == "1" else TO_RECORD[1:]))
            await actor.type(f"Agency {n}")
            await pause(actor, way)
        assert isinstance(actor.app.screen, HomeScreen)
        assert "2026-0002 today at 10:42 AM Write what they give you" in actor.text
        await actor.press(*TO_RECORD)
        await actor.type("Agency 3")
        await actor.press(*AT_END, *CLOSE, "enter")
        for number in ("2", "1"):
            await actor.press(number, "1")
            await actor.press(*AT_END, *CLOSE, "enter")
        told = {no: record.fields["agency-as-stated"] for no, record in records(stand).items()}
        assert told == {"2026-0001": "Agency 1", "2026-0002": "Agency 2", "2026-0003": "Agency 3"}
        assert all(record.closing for record in records(stand).values())


async def test_enter_never_writes_somebody_new_into_an_old_record() -> None:
    """With a record left unfinished, Enter begins one of their own."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press("enter", "2")
        await pause(actor)
        await actor.press("enter")
        assert actor.app.running is not None
        assert actor.app.running.no == "2026-0002"


async def test_the_line_of_enter_says_what_enter_does() -> None:
    """With the cursor on an unfinished record it names that one, and a click on it does the same."""
    log = MemoryLog()
    async with acting(a_stand(log=log)) as actor:
        await actor.press("enter", "2")
    async with acting(a_stand(log=log)) as actor:
        assert "Press Enter to start a new record" in actor.text
        await actor.press("down")
        assert "Press Enter to open 2026-0001" in actor.text
        written = log.size()
        await actor.click("to open 2026-0001")
        assert "Record 2026-0001 is unfinished." in actor.text
        assert log.size() == written


async def test_after_a_power_cut_the_record_is_listed_with_when_and_where() -> None:
    """And its number leads to the very step."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press(*TO_RECORD)
    async with acting(a_stand(log=stand.log)) as actor:
        assert "UNFINISHED" in actor.text
        assert "2026-0001 today at 10:42 AM Write what they give you" in actor.text
        await actor.press("1")
        assert "Record 2026-0001 is unfinished." in actor.text
        await actor.press("1")
        assert actor.at == "identify"
        assert stand.log.kinds()[-1] == EntryKind.ENCOUNTER_RESUMED


async def test_one_left_days_ago_is_told_with_its_day_and_closed_as_it_is() -> None:
    """The closing says that it came to no end, and the office is still to call."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press(*TO_RECORD)
        await pause(actor)
    again = a_stand(log=stand.log)
    again.clock.at += timedelta(days=2)
    async with acting(again) as actor:
        assert "2026-0001 Monday at 10:42 AM" in actor.text
        await actor.press("1", "2", "1")
        assert isinstance(actor.app.screen, HomeScreen)
        assert "UNFINISHED" not in actor.text
        assert "1 call still to make. Press F5." in actor.text
        (record,) = records(again).values()
        assert (record.ending, tasks_of(record).calls) == (Ending.UNFINISHED, ("superintendent-office",))


async def test_whoever_says_no_closes_nothing() -> None:
    """The record is still in the list."""
    async with acting() as actor:
        await actor.press("enter")
        await pause(actor)
        await actor.press("1", "2", "2")
        assert "UNFINISHED" in actor.text
        assert actor.stand.log.kinds()[-1] == EntryKind.ENCOUNTER_PAUSED


async def test_a_false_start_is_void_with_a_reason() -> None:
    """From the record itself, by three keys; home has nothing of it, and nobody is to call."""
    async with acting() as actor:
        await actor.press("enter", "f10", "6", "1")
        assert isinstance(actor.app.screen, HomeScreen)
        (record,) = records(actor.stand).values()
        assert (record.ending, record.reason) == (Ending.VOID, "by-mistake")
        assert "UNFINISHED" not in actor.text
        assert "still to make" not in actor.text


async def test_a_record_is_linked_with_another() -> None:
    """Which, then how; the step is as it was."""
    async with acting() as actor:
        await actor.press("enter")
        await pause(actor, "1")
        await actor.press("f10", "3")
        assert "2026-0001 today at 10:42 AM" in actor.text
        await actor.press("1", "2")
        (link,) = records(actor.stand)["2026-0002"].links
        assert (link.no, link.how) == ("2026-0001", "follows")
        assert isinstance(actor.app.screen, EncounterScreen)


async def test_what_stands_in_a_box_is_kept_when_the_record_is_left() -> None:
    """For later, for somebody else: the fact is there."""
    async with acting() as actor:
        await actor.press(*TO_RECORD)
        await actor.type("FBI")
        await pause(actor)
        assert records(actor.stand)["2026-0001"].fields == {"agency-as-stated": "FBI"}


async def test_a_shift_change_is_part_of_the_record() -> None:
    """Who sits there now, said on the step; on the home screen it is for the next record."""
    async with acting() as actor:
        await actor.press("f4")
        await actor.type("AB")
        await actor.press("enter", "enter", "f10", "4")
        assert "So far: AB" in actor.text
        await actor.type("CD")
        await actor.press("enter")
        assert isinstance(actor.app.screen, EncounterScreen)
        assert [s.initials for s in records(actor.stand)["2026-0001"].staff] == ["AB", "CD"]


async def test_backspace_leads_from_question_to_question_and_away() -> None:
    """Nothing is done by looking."""
    async with acting() as actor:
        await actor.press("enter", "f10", "6", "backspace")
        assert "This record: 2026-0001" in actor.text
        await actor.press("backspace")
        assert isinstance(actor.app.screen, EncounterScreen)
        assert actor.stand.log.kinds()[-1] == EntryKind.ENCOUNTER_OPENED


async def test_a_press_before_the_list_was_there_does_not_begin_anew() -> None:
    """Enter while the log was opened, with a record unfinished: the list is shown first."""
    stand = a_stand()
    async with acting(stand) as actor:
        await actor.press("enter")
        await pause(actor)
    later = a_stand(log=stand.log)
    async with acting(later) as actor:
        actor.app._log_open = False
        await actor.press("enter")
        actor.app.open_log()
        await actor.settle()
        assert isinstance(actor.app.screen, HomeScreen)
        assert "UNFINISHED" in actor.text


# -- afterwards --------------------------------------------------------------------------------------------------------


async def test_a_call_to_make_is_on_the_home_screen_until_it_was_made() -> None:
    """One neutral line; F5, whom, how it went: an entry of the record, and the line goes."""
    async with acting() as actor:
        await closed_with_a_call_to_make(actor)
        assert "1 call still to make · 1 detail still to add. Press F5." in actor.text
        assert "FBI" not in actor.text
        await actor.press("f5")
        assert "860-555-0100 Superintendent's Office" in actor.text
        await actor.press("1", "2")
        assert "1 call still to make" in actor.text
        await actor.press("f5", "1", "1")
        assert "still to make" not in actor.text
        assert "1 detail still to add. Press F5." in actor.text
        (record,) = records(actor.stand).values()
        assert [(c.role, c.result, record.is_late(c.ref)) for c in record.calls][1:] == [
            ("superintendent-office", "no-answer", True),
            ("superintendent-office", "reached", True),
        ]


async def test_a_fact_that_was_put_off_is_filled_in_later() -> None:
    """F5, the fact, its box: an amendment; a reason why there is none does as well."""
    stand = a_stand()
    async with acting(stand) as actor:
        await closed_with_a_call_to_make(actor)
        await actor.press("f5", "2")
        assert "Badge number" in actor.text
        await actor.press("enter")
        assert "1 detail still to add" in actor.text
        await actor.press("f5", "2")
        await actor.type("A123456789")
        await actor.press("enter")
        assert "A-number" in actor.text
        for _ in range(10):
            await actor.press("backspace")
        await actor.press("down", "1")
        assert isinstance(actor.app.screen, HomeScreen)
        (record,) = records(stand).values()
        assert record.amended_field("badge")[-1].now == Missing("refused")
        assert tasks_of(record).facts == ()
        assert not stand.log.holds("A123456789")


async def test_a_fact_with_two_meanings_is_filled_in_with_the_one_that_was_said() -> None:
    """The question comes over the box, and the amendment has the answer."""
    stand = a_stand()
    async with acting(stand) as actor:
        await closed_with_a_call_to_make(actor)
        await actor.press("f5", "2")
        await actor.type("123456789")
        await actor.press("enter")
        assert text("meaning.ask.unclear-number") in actor.text
        await actor.press("1")
        assert isinstance(actor.app.screen, HomeScreen)
        (record,) = records(stand).values()
        (made,) = record.amended_field("badge")
        assert (made.now, made.meanings) == ("123456789", {"field.badge": "badge"})


async def test_several_records_are_asked_apart() -> None:
    """For which record, then what."""
    async with acting() as actor:
        await closed_with_a_call_to_make(actor)
        await closed_with_a_call_to_make(actor)
        assert "2 calls still to make · 2 details still to add. Press F5." in actor.text
        await actor.press("f5")
        assert "2026-0001 today at 10:42 AM 1 call still to make · 1 detail still to add" in actor.text
        await actor.press("2", "1", "1")
        assert tasks_of(records(actor.stand)["2026-0001"]).calls == ()
        assert tasks_of(records(actor.stand)["2026-0002"]).calls == ("superintendent-office",)


async def test_with_nothing_to_do_f5_says_so() -> None:
    """And its key is not in the footer."""
    async with acting() as actor:
        assert "Still to do" not in actor.text
        await actor.press("f5")
        assert "Nothing is left to do." in actor.text


@pytest.mark.parametrize("keys", [("f5", "1", "1"), ("f5", "2", "down", "1")])
async def test_what_could_not_be_saved_later_is_tried_again(keys: tuple[str, ...]) -> None:
    """The error page, then Enter: it is saved once."""
    async with acting() as actor:
        await closed_with_a_call_to_make(actor)
        written = actor.stand.log.size()
        await actor.press(*keys[:-1])
        actor.stand.log.failing = StoreUnusable("The disk is full.", "Free some space.")
        await actor.press(keys[-1])
        assert "The disk is full." in actor.text
        await actor.press("enter")
        assert actor.stand.log.size() == written + 1
        assert isinstance(actor.app.screen, HomeScreen)


async def test_a_note_is_thrown_away_by_a_key_pressed_twice() -> None:
    """Once asks; any letter takes that back; nothing of it is in the log, and the next note is empty."""
    async with acting() as actor:
        await actor.press("enter", "f4")
        await actor.type("grey car")
        await actor.press("f10")
        assert "F10 again" in actor.text
        await actor.type("s")
        await actor.press("f10")
        assert actor.box.value == "grey cars"
        await actor.press("f10")
        assert isinstance(actor.app.screen, EncounterScreen)
        await actor.press("f4")
        assert actor.box.value == ""
        assert not actor.stand.log.holds("grey")


@pytest.mark.parametrize("language", ["en", "es"])
async def test_the_line_says_when_older_records_were_not_counted(language: str) -> None:
    """It never claims a total that was not counted; with nothing found it stays empty."""
    stand = a_stand()
    async with acting(stand) as actor:
        await closed_with_a_call_to_make(actor)
        assert isinstance(actor.app.screen, HomeScreen)
        whole = actor.app.screen.overview
        assert whole is not None
    counted = still_to_do(whole.to_do[0].tasks, language)
    line = left_to_do(replace(whole, older=True), language)
    assert line.startswith(text("to-do.older", language, counted=counted))
    assert not left_to_do(whole, language).startswith(text("to-do.older", language, counted=counted))
    assert left_to_do(Overview(older=True), language) == ""
