"""Encounters left open: the newest that can be continued is offered, and nothing keeps the desk from opening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack
from kiosk.desk.unfinished import UnfinishedRecords
from kiosk.errors import CannotResume, Refused
from kiosk.protocol.replies import Attempt, CallResult, Chosen
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entries import Actor, Altered, EncodedEntry, Entry
from kiosk.record.entry_kinds import EntryKind
from tests.builders import DA, a_desk, a_protocol, place
from tests.fakes import MemoryLog

OTHER = Pack(a_protocol(), "ab" * 32)
"""A protocol of which nothing is kept."""


def begun(desk: Desk) -> Running:
    """An encounter with one answer, left open."""
    running = desk.open()
    return desk.answer(running, place("danger"), Chosen("no"))


def change(log: MemoryLog, which: int, how: Callable[[EncodedEntry], EncodedEntry]) -> None:
    """Change an entry behind the desk's back."""
    before = log.kept[which]
    log.kept[which] = how(before)
    assert log.kept[which] != before


def reworded(entry: EncodedEntry) -> EncodedEntry:
    """The entry with another header than the one that was hashed."""
    return replace(entry, header=entry.header.replace('"desk"', '"desc"'))


def without(name: str) -> Callable[[EncodedEntry], EncodedEntry]:
    """Return a function that removes a value from an entry, as destroying it does."""
    return lambda entry: replace(entry, disclosures=tuple(d for d in entry.disclosures if d[0] != name))


def test_one_whose_protocol_is_gone_stands_in_no_older_ones_way(log: MemoryLog) -> None:
    """The newer one is named with its number; the older one continues."""
    older = begun(a_desk(log))
    newer = begun(a_desk(log, pack=OTHER))
    left = a_desk(log).unfinished()
    assert left.records == (older,)
    assert isinstance(left.trouble, CannotResume)
    assert newer.no in left.trouble.what
    assert "on paper" in left.trouble.repair


def test_one_that_was_altered_stands_in_no_older_ones_way(log: MemoryLog) -> None:
    """The altered entry is named; the older encounter continues."""
    older = begun(a_desk(log))
    begun(a_desk(log))
    change(log, -2, reworded)
    desk = a_desk(log)
    left = desk.unfinished()
    assert left.records == (older,)
    assert isinstance(left.trouble, Altered)
    assert "Entry 2 " in left.trouble.what


@pytest.mark.parametrize("name", ["no", "settings", "people"])
def test_one_whose_beginning_was_let_go_is_told_and_a_new_one_can_begin(log: MemoryLog, name: str) -> None:
    """No crash at each start: a sentence with the day it began, and the desk opens."""
    begun(a_desk(log))
    change(log, 0, without(name))
    desk = a_desk(log)
    left = desk.unfinished()
    assert left.records == ()
    assert isinstance(left.trouble, CannotResume)
    assert "2026-09-14" in left.trouble.what
    assert desk.open().walk.at == place("danger")


def test_a_call_of_which_a_part_was_let_go_is_not_counted_and_stops_nothing(log: MemoryLog) -> None:
    """The encounter continues without it."""
    desk = a_desk(log)
    called = desk.call(begun(desk), Attempt(DA, 0, CallResult.NO_ANSWER))
    assert len(called.calls) == 1
    change(log, -1, without("role"))
    assert a_desk(log).unfinished() == UnfinishedRecords(
        (replace(called, calls=(), walk=replace(called.walk, outside=())),)
    )


def test_a_newest_entry_that_was_altered_is_told_once_and_the_desk_opens(log: MemoryLog) -> None:
    """The session says that it found it so; the next start finds a whole newest entry."""
    a_desk(log).start_session()
    change(log, -1, lambda entry: replace(entry, header=entry.header.replace('"kiosk"', '"desk"')))
    desk = a_desk(log)
    desk.start_session()
    left = desk.unfinished()
    assert left.records == ()
    assert isinstance(left.trouble, Altered)
    assert "Entry 0 " in left.trouble.what
    assert desk.open().walk.at == place("danger")
    told = log.kept[1:]
    log.kept = told  # so that the fake reads on past the altered one
    assert [dict(kept.body)["before"] for kept in log.told() if kept.kind == EntryKind.SESSION_STARTED] == ["altered"]
    assert a_desk(log).unfinished().trouble is None


def test_how_the_last_session_ended_is_found_past_an_altered_entry(log: MemoryLog) -> None:
    """A command added an entry after the session; an older one was altered; the session's end still counts."""
    desk = a_desk(log)
    desk.start_session()
    desk.end_session()
    desk._write(Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND))
    change(log, 0, lambda entry: replace(entry, leaf=bytes(32)))
    again = a_desk(log)
    again.start_session()
    newest = log.kept[-1]
    log.kept = [newest]
    (started,) = log.told()
    assert started.body["before"] == "ended"


def closes(running: Running) -> Entry:
    """The entry with which a command closes a record."""
    body = closing_body(Ending.UNFINISHED, "Nobody finished it", "Dana Ruiz")
    return Entry(EntryKind.ENCOUNTER_CLOSED, body, running.id, actor=Actor.COMMAND)


def test_a_record_that_the_desk_left_can_be_closed_for_it(log: MemoryLog) -> None:
    """One that was paused, and one from a session before; a record that the desk has open does not matter."""
    earlier = begun(a_desk(log))
    desk = a_desk(log)
    desk.start_session()
    paused = begun(desk)
    desk.pause(paused)
    here = begun(desk)
    for n, running in enumerate((earlier, paused)):
        desk.record_entries([closes(running)], [f"id-{n}"])
    assert [one.no for one in desk.unfinished().records] == [here.no]


def test_a_record_that_the_desk_has_is_not_closed_for_it(log: MemoryLog) -> None:
    """Just opened, continued after a pause, and closed by the desk at the last moment."""
    desk = a_desk(log)
    desk.start_session()
    opened, again, ended = begun(desk), begun(desk), begun(desk)
    desk.pause(again)
    desk.resume(again)
    desk.end(ended, Ending.VOID, "by-mistake")
    before = len(log.kept)
    for n, running in enumerate((opened, again, ended)):
        with pytest.raises(Refused):
            desk.record_entries([closes(running)], [f"id-{n}"])
    assert len(log.kept) == before
