"""Several encounters at one desk, each on its own; and the tasks left for a closed record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.desk.unfinished import MOST_TO_DO
from kiosk.errors import NotConfirmed, UsageError
from kiosk.privacy.guard import PrivateText
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Recorded
from kiosk.record.duties.open_tasks import OpenTasks
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.endings import Ending, Link, VoidReason
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import FixedClock
from tests.builders import CONTENT_HASH, DA, SO, a_desk, a_pack, a_protocol, place
from tests.fakes import MemoryLog

FACTS = Recorded.of({"agency-as-stated": "FBI", "agents-count": 2, "badge": Missing("deferred")})


@pytest.fixture
def desk(log: MemoryLog) -> Desk:
    """A desk over it, whose log keeps the words of its protocol."""
    desk = a_desk(log)
    desk.start_session()
    return desk


def at_facts(desk: Desk) -> Running:
    """An encounter that asks for facts; the administrator was reached."""
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    return desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.REACHED))


def closed(desk: Desk) -> Running:
    """A record closed with the office not notified, and one fact deferred."""
    running = desk.press(desk.answer(at_facts(desk), place("identify"), FACTS), place("request"), "they-left")
    return desk.close(running)


def record_of(log: MemoryLog, running: Running) -> EncounterRecord:
    """Return the tasks found in the log."""
    return fold(entry for entry in log.told() if entry.encounter_id == running.id)


def left(desk: Desk) -> list[tuple[EncounterRecord, OpenTasks]]:
    """The records that something is still to do for."""
    return [(one.record, one.tasks) for one in desk.overview().to_do]


def only(desk: Desk) -> tuple[EncounterRecord, OpenTasks]:
    """The one record that something is still to do for."""
    (found,) = left(desk)
    return found


# -- several -----------------------------------------------------------------------------------------------------------


def test_two_are_open_a_third_begins_and_each_is_closed_with_its_own_facts(desk: Desk, log: MemoryLog) -> None:
    """Nothing of one gets into another, in whatever order they are continued."""
    runs = [at_facts(desk) for _ in range(3)]
    for n, running in enumerate(runs):
        runs[n] = desk.pause(desk.answer_in_part(running, place("identify"), Recorded.of({"agents-count": n})))
    assert [r.no for r in desk.unfinished().records] == [r.no for r in reversed(runs)]
    for running in (runs[1], runs[2], runs[0]):
        desk.close(desk.press(desk.resume(running), place("identify"), "they-left"))
    records = [record_of(log, running) for running in runs]
    assert [record.fields for record in records] == [{"agents-count": 0}, {"agents-count": 1}, {"agents-count": 2}]
    assert [[i.kind for i in record.interruptions] for record in records] == [["paused", "resumed", "pressed"]] * 3
    assert desk.unfinished().records == ()


def test_a_false_start_is_void_with_its_reason_and_nobody_need_know_of_it(desk: Desk, log: MemoryLog) -> None:
    """It stays in the log, is closed, and leaves nothing to do."""
    running = desk.open()
    ended = desk.end(running, Ending.VOID, VoidReason.MISTAKE)
    assert ended.closed
    record = record_of(log, running)
    assert (record.ending, record.reason, record.outcome, record.not_notified) == (Ending.VOID, "by-mistake", None, ())
    assert (desk.unfinished().records, left(desk)) == ((), [])
    assert desk.end(ended, Ending.VOID, VoidReason.MISTAKE) is ended


def test_one_left_open_days_ago_is_closed_as_unfinished_and_the_office_must_still_know(
    desk: Desk, log: MemoryLog
) -> None:
    """The closing says so; whom the protocol refers agents to is still to call."""
    running = at_facts(desk)
    desk.end(running, Ending.UNFINISHED, "They left; nobody closed it")
    record = record_of(log, running)
    assert (record.ending, record.reason) == (Ending.UNFINISHED, "They left; nobody closed it")
    assert only(desk)[1] == OpenTasks((SO,))


def test_whom_an_outcome_names_must_know_of_one_that_stood_at_it(desk: Desk) -> None:
    """It came to its end and was never closed."""
    running = desk.press(at_facts(desk), place("identify"), "they-left")
    desk.end(running, Ending.UNFINISHED, "Left open")
    assert only(desk)[1] == OpenTasks((SO,))


def test_a_reason_passes_the_guard(desk: Desk, log: MemoryLog) -> None:
    """As every word that is kept."""
    running = desk.open()
    before = log.size()
    with pytest.raises(PrivateText):
        desk.end(running, Ending.UNFINISHED, "A123456789")
    assert log.size() == before


def test_records_are_linked(desk: Desk, log: MemoryLog) -> None:
    """By number and id, and in which way."""
    first, second = desk.open(), desk.open()
    desk.link(second, first, Link.FOLLOWS)
    (linked,) = record_of(log, second).links
    assert (linked.no, linked.id, linked.how) == (first.no, first.id, "follows")


def test_who_sits_at_the_desk_is_part_of_the_record(desk: Desk, log: MemoryLog) -> None:
    """Said once, it is in what is opened that day, and a shift change is an entry; the next day nobody is known."""
    assert desk.staffed_by(None, "AB") is None
    running = desk.staffed_by(desk.open(), " CD ")
    assert running is not None
    assert [s.initials for s in record_of(log, running).staff] == ["AB", "CD"]
    assert desk.unfinished().records == (running,)
    assert desk.staff == "CD"
    assert isinstance(desk.clock, FixedClock)
    desk.clock.at = desk.clock.at.replace(day=desk.clock.at.day + 1)
    assert (desk.staff, record_of(log, desk.open()).staff) == ("", ())


def test_who_sits_at_the_desk_is_known_after_a_start_anew(log: MemoryLog) -> None:
    """On the same day; a power cut is no shift change."""
    before = a_desk(log)
    before.staffed_by(before.open(), "AB")
    again = a_desk(log)
    again.start_session()
    assert again.staff == "AB"
    assert isinstance(again.clock, FixedClock)
    again.clock.at = again.clock.at.replace(day=again.clock.at.day + 1)
    again.start_session()
    assert again.staff == ""


def test_whoever_continues_a_record_is_said_in_it(desk: Desk, log: MemoryLog) -> None:
    """When the desk knows it, and it is somebody else."""
    running = desk.pause(at_facts(desk))
    desk.staffed_by(None, "AB")
    running = desk.resume(running)
    assert (running.staff, [s.initials for s in record_of(log, running).staff]) == ("AB", ["AB"])
    again = desk.resume(running)
    assert [s.initials for s in record_of(log, again).staff] == ["AB"]


# -- afterwards --------------------------------------------------------------------------------------------------------


def test_a_closed_record_is_found_until_all_is_done(desk: Desk, log: MemoryLog) -> None:
    """A call in vain, the call, the fact: each an entry of the record; after the last one it is complete."""
    running = closed(desk)
    record, tasks = only(desk)
    assert (record.no, tasks) == (running.no, OpenTasks((SO,), ("badge",)))
    desk.call_later(record, Attempt(SO, 0, CallResult.NO_ANSWER))
    assert only(desk)[1] == tasks
    desk.call_later(record, Attempt(SO, 0, CallResult.REACHED))
    record, tasks = only(desk)
    assert tasks == OpenTasks((), ("badge",))
    desk.fill_in(record, "badge", "12")
    assert left(desk) == []
    assert log.kinds()[-5:] == [
        EntryKind.ENCOUNTER_CLOSED,
        EntryKind.CALL_MADE,
        EntryKind.CALL_MADE,
        EntryKind.AMENDMENT_ADDED,
        EntryKind.RECORD_COMPLETED,
    ]
    done = record_of(log, running)
    assert [(c.name, c.result, done.is_late(c.ref)) for c in done.calls] == [
        ("Dana Ruiz", "reached", False),
        ("Superintendent's Office", "no-answer", True),
        ("Superintendent's Office", "reached", True),
    ]
    (amended,) = done.amended_field("badge")
    assert (amended.was, amended.now, amended.by) == (Missing("deferred"), "12", "Front office")


def test_nothing_is_left_to_find_where_all_was_done(desk: Desk, log: MemoryLog) -> None:
    """Then the closing is alone."""
    running = desk.call(at_facts(desk), Attempt(SO, 0, CallResult.REACHED))
    running = desk.answer(running, place("identify"), Recorded.of({**dict(FACTS.values), "badge": Missing("refused")}))
    desk.close(desk.press(running, place("request"), "they-left"))
    assert log.kinds()[-1] == EntryKind.ENCOUNTER_CLOSED
    assert left(desk) == []


@pytest.mark.parametrize("value", ["", "A123456789"])
def test_a_fact_that_can_not_be_kept_is_not_filled_in(desk: Desk, log: MemoryLog, value: str) -> None:
    """Nothing, or what the guard refuses."""
    closed(desk)
    before = log.size()
    with pytest.raises((UsageError, PrivateText)):
        desk.fill_in(only(desk)[0], "badge", value)
    assert log.size() == before


LATER: dict[str, Callable[[Desk, EncounterRecord], None]] = {
    "call": lambda desk, record: desk.call_later(record, Attempt(SO, 0, CallResult.REACHED)),
    "fact": lambda desk, record: desk.fill_in(record, "badge", "12"),
}


@pytest.mark.parametrize("landing", [True, False])
@pytest.mark.parametrize("what", LATER)
def test_what_is_done_later_is_there_once_after_trying_again(
    desk: Desk, log: MemoryLog, what: str, landing: bool
) -> None:
    """Also with the entry that says that nothing is left to do: both are one append."""
    running = closed(desk)
    for name, do in LATER.items():
        if name != what:
            do(desk, only(desk)[0])
    before, log.landing = log.size(), landing
    log.failing = NotConfirmed("The disk did not answer.", "Try again.")
    record = only(desk)[0]
    with pytest.raises(NotConfirmed):
        LATER[what](desk, record)
    assert log.size() == before + 2 * landing
    LATER[what](desk, record)
    assert log.size() == before + 2
    assert log.kinds()[-1] == EntryKind.RECORD_COMPLETED
    assert len(record_of(log, running).amendments) == 1


def test_the_packs_words_are_asked_for_by_the_record(log: MemoryLog) -> None:
    """A fact is read by the protocol that the record was kept with; when its words are gone, as it was recorded."""
    desk = a_desk(log, pack=replace(a_pack(), content_hash=CONTENT_HASH))
    closed(desk)
    later = a_desk(log, pack=replace(a_pack(), protocol=replace(a_protocol(), fields={}), content_hash="ab" * 32))
    later.fill_in(only(later)[0], "badge", "12")
    assert left(later)[0][1] == OpenTasks((SO,))


def test_the_home_screen_reads_the_duties_of_the_newest_records_only(log: MemoryLog, desk: Desk) -> None:
    """However many records have something left to do, the start reads no more than its maximum, and says so."""
    newest = [closed(desk).id for _ in range(MOST_TO_DO)]
    assert (len(desk.overview().to_do), desk.overview().older) == (MOST_TO_DO, False)
    newest.append(closed(desk).id)
    found = desk.overview()
    assert [one.record.id for one in found.to_do] == newest[:0:-1]
    assert found.older
