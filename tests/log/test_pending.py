"""Pending entries: those that commands write for a running kiosk, and files that others put there."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kiosk.desk.service import Desk
from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.log.pending import LARGEST, PendingEntries, PendingEntry
from kiosk.record.entries import Actor, EncodedEntry, Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import FixedClock
from tests.builders import a_pack, a_station, place
from tests.fakes import MemoryLog

GOOD: dict[str, Any] = {"kind": EntryKind.EXPORT_MADE, "body": {"format": "csv"}, "actor": "command", "pack": None}


def a_desk_with(log: MemoryLog, inbox: PendingEntries) -> Desk:
    """A desk that records the pending entries."""
    return Desk(log, FixedClock(), a_station(), a_pack(), pack_by_hash=lambda _: None, pending=inbox)


def _write(file: Path, changed: dict[str, Any]) -> None:
    file.write_text(json.dumps(GOOD | changed), encoding="utf-8")


JUNK: dict[str, Callable[[Path], object]] = {
    "no JSON": lambda file: file.write_bytes(b"{"),
    "no table": lambda file: file.write_bytes(b"[1]"),
    "a body that is none": lambda file: _write(file, {"body": []}),
    "a number no log can hold": lambda file: _write(file, {"body": {"a": 1.5}}),
    "not a number": lambda file: _write(file, {"body": {"a": float("nan")}}),
    "a pack that is a number": lambda file: _write(file, {"pack": 7}),
    "part of an encounter": lambda file: _write(file, {"kind": EntryKind.ENCOUNTER_CLOSED}),
    "a step of an encounter": lambda file: _write(file, {"kind": EntryKind.STEP_ANSWERED, "encounter_id": "enc"}),
    "an export of an encounter": lambda file: _write(file, {"encounter_id": "enc"}),
    "an amendment of none": lambda file: _write(file, {"kind": EntryKind.AMENDMENT_ADDED}),
    "an amendment of a number": lambda file: _write(file, {"kind": EntryKind.AMENDMENT_ADDED, "encounter_id": 7}),
    "an amendment of half a letter": lambda file: _write(
        file, {"kind": EntryKind.AMENDMENT_ADDED, "encounter_id": "\ud800"}
    ),
    "a kind that is a list": lambda file: _write(file, {"kind": [EntryKind.AMENDMENT_ADDED], "encounter_id": "enc"}),
    "the end of a session": lambda file: file.write_text(
        json.dumps(GOOD | {"kind": EntryKind.SESSION_ENDED}), encoding="utf-8"
    ),
    "a number of a person": lambda file: _write(file, {"body": {"for": "SSN 123-45-6789"}}),
    "a status in a value of no known name": lambda file: _write(file, {"body": {"x": ["an undocumented family"]}}),
    "a note with two meanings": lambda file: _write(
        file, {"kind": EntryKind.AMENDMENT_ADDED, "encounter_id": "enc", "body": {"addition": "they have no papers"}}
    ),
    "an original value": lambda file: _write(
        file, {"kind": EntryKind.AMENDMENT_ADDED, "encounter_id": "enc", "body": {"was.text": "A123456789"}}
    ),
    "too much": lambda file: file.write_bytes(b" " * LARGEST + json.dumps(GOOD).encode()),
    "too deep": lambda file: file.write_bytes(b"[" * 50_000),
    "a name without an id": lambda file: _write(file, {}),
    "a folder": lambda file: file.mkdir(),
    "a pipe": os.mkfifo,
    "a device without an end": lambda file: file.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("name", JUNK)
def test_what_no_command_left_stays_out_of_the_log_and_stops_nothing(tmp_path: Path, name: str) -> None:
    """It stays where it is, and what a command left is taken in all the same."""
    inbox = PendingEntries(tmp_path)
    junk = tmp_path / ("0.json" if name == "a name without an id" else f"0-{uuid.uuid4()}.json")
    JUNK[name](junk)
    inbox.enqueue(Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND), 7)
    (left,) = inbox.waiting()
    entry = left.entry
    assert (entry.kind, entry.actor, entry.body) == (EntryKind.EXPORT_MADE, "command", {"format": "csv", "left_us": 7})
    inbox.recorded(left)
    assert os.path.lexists(junk)
    assert list(inbox.waiting()) == []


def test_what_is_tried_as_junk_would_be_taken_in_but_for_one_thing(tmp_path: Path) -> None:
    """A good file under such a name is; so each of them is refused for what it holds."""
    _write(tmp_path / f"0-{uuid.uuid4()}.json", {})
    assert [left.entry.kind for left in PendingEntries(tmp_path).waiting()] == [EntryKind.EXPORT_MADE]


def test_hashes_keys_and_names_are_no_private_text(tmp_path: Path) -> None:
    """A hash can hold the digits of an A-number, and a folder the name of a street."""
    body = {"manifest": "a1234567b", "for": "Ms. Asylum", "path": "/srv/asylum/a.csv", "before": "so+a1234567+AbC="}
    _write(tmp_path / f"0-{uuid.uuid4()}.json", {"body": body})
    assert [left.entry.body for left in PendingEntries(tmp_path).waiting()] == [body]


def test_an_amendment_keeps_its_encounter(tmp_path: Path) -> None:
    """It is the one kind that names the encounter it is about."""
    inbox = PendingEntries(tmp_path)
    inbox.enqueue(Entry(EntryKind.AMENDMENT_ADDED, {"addition": "More"}, "enc", actor=Actor.COMMAND, pack="5e"), 7)
    (left,) = inbox.waiting()
    assert left.entry == Entry(
        EntryKind.AMENDMENT_ADDED, {"addition": "More", "left_us": 7}, "enc", actor=Actor.COMMAND, pack="5e"
    )


def test_an_amendment_of_an_open_record_waits_until_it_is_closed(tmp_path: Path) -> None:
    """Whoever left the file: what is open is corrected at the desk. An entry of no record at all is never recorded."""
    log, inbox = MemoryLog(), PendingEntries(tmp_path)
    desk = Desk(log, FixedClock(), a_station(), a_pack(), pack_by_hash=lambda _: None, pending=inbox)
    running = desk.open()
    for encounter_id in (running.id, "nobody's"):
        inbox.enqueue(Entry(EntryKind.AMENDMENT_ADDED, {"addition": "More"}, encounter_id, actor=Actor.COMMAND), 7)
    desk.end_session()
    assert EntryKind.AMENDMENT_ADDED not in log.kinds()
    running = desk.press(running, running.walk.at, "they-left")
    desk.close(running)
    assert log.kinds()[-3:] == [EntryKind.RECORD_INCOMPLETE, EntryKind.ENCOUNTER_CLOSED, EntryKind.AMENDMENT_ADDED]
    assert [left.entry.encounter_id for left in inbox.waiting()] == ["nobody's"]


class _NoExports(MemoryLog):
    """Has room for everything but what tells of an export."""

    def append(self, entries: Sequence[EncodedEntry]) -> None:
        """As its parent, or StoreUnusable."""
        if any(decode(entry).kind == EntryKind.EXPORT_MADE for entry in entries):
            raise StoreUnusable("The disk is full.", "Free some space.")
        super().append(entries)


def test_what_a_command_left_and_can_not_be_entered_stands_in_no_way(tmp_path: Path) -> None:
    """The record is closed, once, and is said to be; what was left waits for the next time."""
    log, inbox = _NoExports(), PendingEntries(tmp_path)
    desk = a_desk_with(log, inbox)
    running = desk.press(desk.open(), place("danger"), "they-left")
    inbox.enqueue(Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND), 7)
    assert desk.close(running).closed
    assert [kept.kind for kept in log.told()].count(EntryKind.ENCOUNTER_CLOSED) == 1
    assert len([*inbox.waiting()]) == 1


class Stuck(PendingEntries):
    """A folder out of which nothing can be taken away."""

    def recorded(self, left: PendingEntry) -> None:
        """As its parent, but the system refuses."""
        raise PermissionError(13, "Permission denied", str(left.file))


def test_what_can_not_be_taken_away_is_entered_once_and_hides_nothing_behind_it(tmp_path: Path) -> None:
    """A file that stays there is known again by its id, at every later look; the files after it are taken in too."""
    log, inbox = MemoryLog(), Stuck(tmp_path)
    for number in (7, 8):
        inbox.enqueue(Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND), number)
    for _ in range(3):
        desk = a_desk_with(log, inbox)
        desk.start_session()
        desk.end_session()
    assert len([*inbox.waiting()]) == 2
    entered = [kept.body["left_us"] for kept in log.told() if kept.kind == EntryKind.EXPORT_MADE]
    assert entered == [7, 8]


@pytest.mark.parametrize("landing", [True, False])
def test_what_was_left_and_whose_end_is_not_known_is_entered_once(tmp_path: Path, landing: bool) -> None:
    """A commit failed half-way, and the desk wrote something else before it looked again."""
    log, inbox = MemoryLog(), PendingEntries(tmp_path)
    desk = a_desk_with(log, inbox)
    desk.start_session()
    running = desk.press(desk.open(), place("danger"), "they-left")
    inbox.enqueue(Entry(EntryKind.EXPORT_MADE, {"format": "csv"}, actor=Actor.COMMAND), 7)
    keep = log.append

    def append(entries: Sequence[EncodedEntry]) -> None:
        """Fails half-way at what was left, the first time."""
        if decode(entries[-1]).kind == EntryKind.EXPORT_MADE and not failed:
            failed.append(True)
            log.failing, log.landing = NotConfirmed("The disk did not answer.", "Try again."), landing
        keep(entries)

    failed: list[bool] = []
    log.append = append  # type: ignore[method-assign]  # fails once, in between
    desk.close(running)
    assert failed
    desk.open()
    desk.end_session()
    assert log.kinds().count(EntryKind.EXPORT_MADE) == 1
    assert [*inbox.waiting()] == []
