"""The audit trail: what is in it, in which order, and what an altered entry does to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import ReplaceReason
from kiosk.log.archive import open_history
from kiosk.log.audit import AFTER_ALL, AuditTrail
from kiosk.log.replace import replace_log
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import placing
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter, tamper

BACKED_UP = Entry(EntryKind.BACKUP_MADE, {"to": "a disk"}, actor=Actor.COMMAND)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with an encounter, a hold on it and a backup; after a replacement, with one more backup."""
    home = a_home(tmp_path)
    encounter(home)
    with closing(open_history(home, "live")) as log:
        (encounter_id,) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    hold = placing(encounter_id, "2026-0001", reason="A request", by="Dana Ruiz")
    append_entry(home, "live", FixedClock(), hold, BACKED_UP)
    clock = FixedClock()
    clock.advance(60)
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    append_entry(home, "live", clock, BACKED_UP)
    return home


def trail(home: Home, before: int = AFTER_ALL) -> tuple[list[str], int]:
    """The kinds of the entries in the trail, and how many were altered."""
    found = AuditTrail()
    with closing(open_history(home, "live")) as log:
        return [kept.kind for kept in found.entries(log, before)], found.altered


EARLIER = [EntryKind.BACKUP_MADE, EntryKind.HOLD_PLACED]
"""Of the previous log, newest first; no step of the encounter is among them."""


def test_the_trail_goes_back_through_all_logs(home: Home) -> None:
    """Newest first: entries about the system, and those of commands about a record."""
    assert trail(home) == ([EntryKind.BACKUP_MADE, EntryKind.LOG_STARTED, *EARLIER], 0)


def test_a_page_starts_below_a_number_of_the_current_log(home: Home) -> None:
    """The number is not applied to previous logs, which count from 0 as well."""
    assert trail(home, 1) == ([EntryKind.LOG_STARTED, *EARLIER], 0)
    assert trail(home, 0) == (EARLIER, 0)


def test_an_altered_entry_is_counted_and_left_out(home: Home) -> None:
    """All others are shown."""

    def change(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE disclosure SET body=x'00' WHERE name='to'")

    tamper(home, change)
    assert trail(home) == ([EntryKind.LOG_STARTED, *EARLIER], 1)


def test_a_destruction_is_in_the_trail_once(tmp_path: Path) -> None:
    """It is about a record, and no entry of the desk."""
    home = a_home(tmp_path)
    encounter(home)
    with closing(open_history(home, "live")) as log:
        (encounter_id,) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    destroyed = Entry(EntryKind.RECORD_DESTROYED, {"no": "2026-0001"}, encounter_id, actor=Actor.COMMAND)
    append_entry(home, "live", FixedClock(), destroyed)
    assert trail(home) == ([EntryKind.RECORD_DESTROYED], 0)
