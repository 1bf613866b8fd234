"""Entries of commands through the running kiosk: recorded once, in turn with the desk, or not at all."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from kiosk.app.bootstrap import enter
from kiosk.errors import NotConfirmed, Refused, StoreUnusable, UsageError
from kiosk.log.intake.messages import Entered, EntryRequest, Rejected, new_request
from kiosk.log.intake.server import open_intake
from kiosk.log.log import LogOnDisk, open_reader, open_writer
from kiosk.privacy.guard import PrivateText
from kiosk.protocol.replies import Chosen, Place
from kiosk.record.entries import Actor, Entry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import placing
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from kiosk.system.local_socket import listen
from tests.homes import encounter
from tests.running import ENDS_S, a_desk_thread, running_kiosk

SHORT_S = 0.1


def export(count: int = 1) -> Entry:
    """An entry as a command makes it."""
    return Entry(EntryKind.EXPORT_MADE, {"format": "csv", "count": count}, actor=Actor.COMMAND)


def entries(home: Home, kind: EntryKind = EntryKind.EXPORT_MADE) -> list[LoggedEntry]:
    """The entries of this kind in the live log."""
    with closing(open_reader(home, "live")) as log:
        return list(map(decode, log.of_kind(kind)))


def announced() -> bool:
    """A command that still waits."""
    return True


def test_an_entry_is_in_the_log_when_the_command_goes_on(home: Home) -> None:
    """With its number, by the kiosk that has the log; without a kiosk, by the command itself."""
    encounter(home)
    with running_kiosk(home) as kiosk:
        number = enter(home, "live", SystemClock(), export(1))
        assert [(kept.seq, kept.actor, kept.body["count"]) for kept in entries(home)] == [(number, Actor.COMMAND, 1)]
    assert kiosk.entered == [0]
    assert [kept.seq for kept in entries(home)] == [number]
    second = enter(home, "live", SystemClock(), export(2))
    assert [kept.seq for kept in entries(home)] == [number, second]
    assert kiosk.entered == [0]


def test_an_entry_never_comes_between_the_entries_of_one_action_at_the_desk(home: Home) -> None:
    """It takes its turn in the desk's thread, while an action there has written half of its entries."""
    between, over = threading.Event(), threading.Event()
    with running_kiosk(home) as kiosk, ThreadPoolExecutor(max_workers=1) as other:

        def act() -> None:
            running = kiosk.desk.open()
            between.set()
            assert over.wait(ENDS_S)
            kiosk.desk.answer(running, Place("channel"), Chosen("phone"))

        acting = kiosk.thread.submit(act)
        assert between.wait(ENDS_S)
        entered = other.submit(enter, home, "live", SystemClock(), export(), patience_s=ENDS_S)
        over.set()
        acting.result(ENDS_S)
        assert entered.result(ENDS_S) == 2
    with closing(open_reader(home, "live")) as log:
        kinds = [decode(one).kind for one in log.entries()]
    assert kinds == [EntryKind.ENCOUNTER_OPENED, EntryKind.STEP_ANSWERED, EntryKind.EXPORT_MADE]


def test_the_same_request_is_answered_with_the_same_number(home: Home) -> None:
    """A command asks again when the answer was lost; a release of a hold too, though the hold is gone by then."""
    request = new_request(export())
    with a_desk_thread(home) as kiosk:
        taker = kiosk.taker()
        first = taker(request, announced)
        assert taker(new_request(export(2)), announced) == Entered(1)
        assert taker(request, announced) == first == Entered(0)
    assert [kept.event_id for kept in entries(home)].count(request.ids[0]) == 1


def test_a_command_that_stopped_waiting_gets_nothing_entered(home: Home) -> None:
    """The kiosk can't announce the commit to it."""
    with a_desk_thread(home) as kiosk:
        assert kiosk.taker()(new_request(export()), lambda: False) is None
        assert kiosk.entered == []
    assert entries(home) == []


def test_a_busy_desk_is_said_and_nothing_is_entered_later(home: Home) -> None:
    """The request leaves the queue; the desk's next action finds nothing of it."""
    over = threading.Event()
    with a_desk_thread(home) as kiosk:
        kiosk.thread.submit(over.wait, ENDS_S)
        answer = kiosk.taker(busy_s=0.01)(new_request(export()), announced)
        over.set()
        assert isinstance(answer, Rejected)
        assert answer.exit_code == StoreUnusable.exit_code
        kiosk.thread.submit(kiosk.desk.open).result()
    assert entries(home) == []


def test_a_commit_that_takes_long_is_waited_for(home: Home) -> None:
    """Once it began, its result must be known."""
    begun, over = threading.Event(), threading.Event()

    def begin() -> bool:
        begun.set()
        return over.wait(ENDS_S)

    with a_desk_thread(home) as kiosk, ThreadPoolExecutor(max_workers=1) as intake:
        answer = intake.submit(kiosk.taker(busy_s=0.01), new_request(export()), begin)
        assert begun.wait(ENDS_S)
        over.set()
        assert answer.result(ENDS_S) == Entered(0)


def test_a_kiosk_that_is_closing_leaves_the_entry_to_the_command(home: Home) -> None:
    """The desk's thread takes no more work, or drops what was queued."""
    with a_desk_thread(home) as kiosk:
        taker = kiosk.taker()
    assert taker(new_request(export()), announced) is None
    dropped: Future[int | None] = Future()
    dropped.cancel()
    taker = replace(taker, submit=lambda _: dropped)
    assert taker(new_request(export()), announced) is None


@pytest.mark.parametrize(
    "entry",
    [
        Entry(EntryKind.ENCOUNTER_CLOSED, {}, "enc", actor=Actor.COMMAND),
        Entry(EntryKind.EXPORT_MADE, {"for": "SSN 123-45-6789"}, actor=Actor.COMMAND),
        Entry(EntryKind.AMENDMENT_ADDED, {"addition": "A third car"}, "nobody's", actor=Actor.COMMAND),
        Entry(EntryKind.HOLD_RELEASED, {"hold": ["a", "list"]}, "nobody's", actor=Actor.COMMAND),
    ],
)
def test_what_a_command_may_not_write_the_kiosk_does_not_write_either(home: Home, entry: Entry) -> None:
    """A made-up request is refused as the command would refuse it, and the desk works on."""
    encounter(home)
    with running_kiosk(home) as kiosk:
        before = kiosk.log.size()
        with pytest.raises((Refused, UsageError)):
            enter(home, "live", SystemClock(), entry)
        assert kiosk.log.size() == before
        kiosk.thread.submit(kiosk.desk.open).result()
    with pytest.raises((Refused, PrivateText)):
        enter(home, "live", SystemClock(), entry)


def test_a_body_that_breaks_the_kiosk_breaks_only_its_request(home: Home) -> None:
    """Made up by a program that is no command: the answer has a code, and the desk continues."""
    encounter(home)
    with closing(open_reader(home, "live")) as log:
        (encounter_id,) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    made_up = Entry(EntryKind.HOLD_RELEASED, {"hold": ["unhashable"]}, encounter_id, actor=Actor.COMMAND)
    with running_kiosk(home) as kiosk:
        answer = kiosk.taker()(new_request(made_up), announced)
        assert isinstance(answer, Rejected)
        assert kiosk.thread.submit(kiosk.desk.open).result().no


def test_a_hold_is_placed_and_counts_at_once(home: Home) -> None:
    """A destruction after it finds it in the log."""
    encounter(home)
    with closing(open_reader(home, "live")) as log:
        (encounter_id,) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    with running_kiosk(home):
        enter(home, "live", SystemClock(), placing(encounter_id, "2026-0001", reason="A request", by="Dana Ruiz"))
        assert len(entries(home, EntryKind.HOLD_PLACED)) == 1


def test_another_program_that_answers_nobody_is_said_with_its_code(home: Home) -> None:
    """It has the log and no socket; or a socket at which nobody reads. Nothing is left that could be entered later."""
    encounter(home)
    with closing(open_writer(home, "live", SystemClock())):
        with pytest.raises(StoreUnusable) as told:
            enter(home, "live", SystemClock(), export(), patience_s=SHORT_S)
        assert not isinstance(told.value, NotConfirmed)
        with closing(listen(home.log("live"))), pytest.raises(StoreUnusable):
            enter(home, "live", SystemClock(), export(), patience_s=SHORT_S)
    encounter(home)
    assert entries(home) == []


def test_an_answer_that_was_lost_is_found_in_the_log(home: Home) -> None:
    """The kiosk recorded the entry and ended before it answered; the command finds it by its id, once."""
    encounter(home)
    closed: list[LogOnDisk] = []
    with a_desk_thread(home) as kiosk:

        def take(request: EntryRequest, begin: object) -> None:
            assert kiosk.taker()(request, announced)
            kiosk.thread.submit(kiosk.log.close).result()
            closed.append(kiosk.log)

        intake = open_intake(home.log("live"), take)
        assert intake is not None
        number = enter(home, "live", SystemClock(), export(), patience_s=ENDS_S)
        intake.close()
        assert intake.join(ENDS_S)
    assert closed
    assert [kept.seq for kept in entries(home)] == [number]


def test_a_commit_that_stays_unknown_is_said_to_be(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the log has it after all: then it was entered."""
    encounter(home)
    late = NotConfirmed("Nobody knows.")

    def ask(path: object, request: EntryRequest, until: float) -> None:
        raise late

    monkeypatch.setattr("kiosk.app.bootstrap.ask", ask)
    with pytest.raises(NotConfirmed):
        enter(home, "live", SystemClock(), export())
    assert entries(home) == []

    with a_desk_thread(home) as kiosk:

        def ask_in_vain(path: object, request: EntryRequest, until: float) -> None:
            assert kiosk.taker()(request, announced) == Entered(kiosk.log.size() - 1)
            raise late

        monkeypatch.setattr("kiosk.app.bootstrap.ask", ask_in_vain)
        number = enter(home, "live", SystemClock(), export())
    assert [kept.seq for kept in entries(home)] == [number]


def test_many_commands_at_once_each_get_their_number(home: Home) -> None:
    """With a kiosk, and without one: they wait for each other."""
    encounter(home)
    with ThreadPoolExecutor(max_workers=6) as commands:

        def all_at_once() -> list[int]:
            waiting = [
                commands.submit(enter, home, "live", SystemClock(), export(n), patience_s=ENDS_S) for n in range(6)
            ]
            return [one.result() for one in waiting]

        with running_kiosk(home):
            numbers = all_at_once()
        numbers += all_at_once()
    assert sorted(numbers) == [kept.seq for kept in entries(home)]
    assert len(set(numbers)) == 12
