"""An unconfirmed entry may be in the log or not; the next action starts from the log's actual state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.privacy.guard import PrivateText
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Recorded
from kiosk.record.endings import Ending, VoidReason
from kiosk.record.entries import Actor, EncodedEntry, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from tests.builders import SO, place
from tests.desk.test_service import at_facts, at_outcome
from tests.fakes import MemoryLog


@pytest.mark.parametrize("landing", [True, False])
def test_whoever_does_something_else_first_learns_what_is_in_the_log(desk: Desk, log: MemoryLog, landing: bool) -> None:
    """An unconfirmed answer is in the log or not; the next one starts from there."""
    running = desk.open()
    log.landing, log.failing = landing, NotConfirmed("No answer.", "")
    with pytest.raises(NotConfirmed):
        desk.answer(running, place("danger"), Chosen("no"))
    now = desk.caught_up(running)
    assert now.walk.at.step == ("who" if landing else "danger")
    pressed = desk.press(now, now.walk.at, "they-left")
    assert pressed.outcome is not None
    (left,) = desk.unfinished().records
    assert left.walk == pressed.walk


def test_a_record_that_was_closed_since_it_was_looked_at_is_not_written_in(desk: Desk, log: MemoryLog) -> None:
    """Neither continued nor closed again, however old the list is that it was chosen from."""
    running = at_facts(desk)
    desk.end(running, Ending.VOID, VoidReason.MISTAKE)
    written = log.size()
    assert desk.resume(running).closed
    assert desk.end(running, Ending.UNFINISHED, "over").closed
    assert log.size() == written


def test_with_nothing_unconfirmed_nothing_is_caught_up(desk: Desk) -> None:
    """It is the same value, and the log is not read."""
    running = at_facts(desk)
    assert desk.caught_up(running) is running


@pytest.mark.parametrize("landing", [True, False, None])
def test_what_is_kept_together_is_in_the_log_once_or_not_at_all(
    desk: Desk, log: MemoryLog, landing: bool | None
) -> None:
    """A fact, a note and an interrupt: after a failure none or all are there, after trying again each is there once."""
    running = at_facts(desk)
    before = log.size()

    def act() -> Running:
        with desk.together():
            part = desk.answer_in_part(running, running.walk.at, Recorded.of({"badge": "12"}))
            return desk.press(desk.note(part, "white van"), part.walk.at, "danger")

    if landing is None:
        log.failing = StoreUnusable("The disk is full.", "Free some space.")
    else:
        log.landing, log.failing = landing, NotConfirmed("No answer.", "")
    with pytest.raises(StoreUnusable):
        act()
    moved = act()
    assert log.kinds()[before:] == [EntryKind.STEP_PARTIAL, EntryKind.NOTE_ADDED, EntryKind.STEP_ANSWERED]
    assert moved.notes == ("white van",)
    assert moved.walk == desk.unfinished().records[0].walk


def test_of_what_is_kept_together_nothing_is_kept_when_one_thing_is_refused(desk: Desk, log: MemoryLog) -> None:
    """Private words stop the whole action; the next one is saved as usual."""
    running = at_facts(desk)
    before = log.size()
    with pytest.raises(PrivateText), desk.together():
        desk.note(desk.answer_in_part(running, running.walk.at, Recorded.of({"badge": "12"})), "123-45-6789")
    assert log.size() == before
    desk.note(running, "white van")
    assert log.kinds()[before:] == [EntryKind.NOTE_ADDED]


def test_the_answer_about_the_words_and_the_closing_are_one_append(desk: Desk, log: MemoryLog) -> None:
    """Neither is there without the other."""
    running = desk.call(at_outcome(desk), Attempt(SO, 0, CallResult.REACHED))
    before = log.size()
    log.failing = StoreUnusable("The disk is full.", "Free some space.")
    with pytest.raises(StoreUnusable):
        desk.close(running, names_child=True)
    assert log.size() == before
    desk.close(running, names_child=True)
    assert log.kinds()[before:] == [EntryKind.ENCOUNTER_REVIEWED, EntryKind.ENCOUNTER_CLOSED]


def test_what_is_tried_again_keeps_its_id(desk: Desk, log: MemoryLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever the first try turns out to be there after all, there is one entry of that id."""
    tried: list[str] = []
    keep = log.append

    def append(entries: Sequence[EncodedEntry]) -> None:
        tried.append(decode(entries[-1]).event_id)
        keep(entries)

    monkeypatch.setattr(log, "append", append)
    running = desk.open()
    for _ in range(2):
        log.failing = NotConfirmed("The disk did not answer.", "Try again.")
        with pytest.raises(NotConfirmed):
            desk.answer(running, place("danger"), Chosen("no"))
    desk.answer(running, place("danger"), Chosen("no"))
    assert len(tried[1:]) == 3
    assert len(set(tried[1:])) == 1
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED, EntryKind.STEP_ANSWERED]


@pytest.mark.parametrize("landing", [True, False])
def test_nothing_is_written_while_an_entry_may_be_only_half_on_the_disk(
    desk: Desk, log: MemoryLog, landing: bool
) -> None:
    """It is looked up first, and made durable; while the disk does not answer even that, nothing is shown as kept."""
    running = desk.open()
    log.failing, log.landing = NotConfirmed("The disk did not answer.", "Try again."), landing
    with pytest.raises(NotConfirmed):
        desk.answer(running, place("danger"), Chosen("no"))
    before = log.size()
    acts: tuple[Callable[[], object], ...] = (
        lambda: desk.answer(running, place("danger"), Chosen("no")),
        lambda: desk.note(running, "A white van"),
    )
    for act in acts:
        log.undecided = NotConfirmed("The disk still does not answer.", "Try again.")
        with pytest.raises(NotConfirmed):
            act()
        assert log.size() == before
    desk.answer(running, place("danger"), Chosen("no"))
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED, EntryKind.STEP_ANSWERED]


def test_after_an_unknown_end_another_action_is_its_own_entry(desk: Desk, log: MemoryLog) -> None:
    """Only the same action tried again is taken for the one that may have arrived."""
    running = at_facts(desk)
    before, log.landing, log.failing = log.size(), True, NotConfirmed("No answer.", "")
    with pytest.raises(NotConfirmed):
        desk.note(running, "white van")
    desk.note(running, "black van")
    desk.note(running, "white van")
    assert [e.body["text"] for e in log.told()[before:]] == ["white van", "black van", "white van"]


EXPORT = Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND)
IDS = ("11111111-0000-4000-8000-000000000001",)


def test_the_entries_of_a_command_are_recorded_once_under_their_ids(desk: Desk, log: MemoryLog) -> None:
    """All in one append; the same ids again give the same number."""
    desk.open()
    ids = (*IDS, "11111111-0000-4000-8000-000000000002")
    assert desk.record_entries([EXPORT, EXPORT], ids) == 2
    desk.open()
    assert desk.record_entries([EXPORT, EXPORT], ids) == 2
    kept = [one for one in log.told() if one.kind == EntryKind.EXPORT_MADE]
    assert [(one.event_id, one.pack) for one in kept] == [(one, desk.pack.content_hash) for one in ids]


@pytest.mark.parametrize("landing", [True, False])
def test_an_entry_of_a_command_whose_end_is_unknown_is_looked_up_at_once(
    desk: Desk, log: MemoryLog, landing: bool
) -> None:
    """It is in the log, with its number, or given up; the desk's next entry never brings it back."""
    running = desk.open()
    log.landing, log.failing = landing, NotConfirmed("No answer.", "")
    if landing:
        assert desk.record_entries([EXPORT], IDS) == 1
    else:
        with pytest.raises(StoreUnusable) as told:
            desk.record_entries([EXPORT], IDS)
        assert not isinstance(told.value, NotConfirmed)
    desk.answer(running, place("danger"), Chosen("no"))
    assert log.kinds().count(EntryKind.EXPORT_MADE) == int(landing)
    assert desk.record_entries([EXPORT], IDS) == (1 if landing else 2)
    assert log.kinds().count(EntryKind.EXPORT_MADE) == 1


def test_an_entry_of_a_command_waits_until_the_desk_knows_the_end_of_its_own(desk: Desk, log: MemoryLog) -> None:
    """Else the answer that staff try again would be there twice."""
    running = desk.open()
    log.landing, log.failing = True, NotConfirmed("No answer.", "")
    with pytest.raises(NotConfirmed):
        desk.answer(running, place("danger"), Chosen("no"))
    with pytest.raises(StoreUnusable):
        desk.record_entries([EXPORT], IDS)
    desk.answer(running, place("danger"), Chosen("no"))
    assert desk.record_entries([EXPORT], IDS) == 2
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED, EntryKind.STEP_ANSWERED, EntryKind.EXPORT_MADE]


def test_while_the_end_of_a_commands_entry_stays_unknown_no_other_is_recorded(desk: Desk, log: MemoryLog) -> None:
    """The disk answers neither the append nor the question; the desk's next action asks again."""
    running = desk.open()
    log.landing, log.failing = True, NotConfirmed("No answer.", "")
    log.undecided = NotConfirmed("Still no answer.", "")
    with pytest.raises(NotConfirmed):
        desk.record_entries([EXPORT], IDS)
    with pytest.raises(StoreUnusable):
        desk.record_entries([EXPORT], ("11111111-0000-4000-8000-000000000003",))
    desk.answer(running, place("danger"), Chosen("no"))
    assert desk.record_entries([EXPORT], IDS) == 1
    assert log.kinds() == [EntryKind.ENCOUNTER_OPENED, EntryKind.EXPORT_MADE, EntryKind.STEP_ANSWERED]
