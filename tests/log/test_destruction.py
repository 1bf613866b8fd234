"""Destruction of record details: in the current log, in previous logs, and in the kiosk's own copies."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.errors import ReplaceReason, StoreUnusable
from kiosk.log import destruction
from kiosk.log.archive import archived_files
from kiosk.log.destruction import copies, destroy, finish, settled
from kiosk.log.log import LogOnDisk, open_at
from kiosk.log.replace import replace_log
from kiosk.log.verify import check_log
from kiosk.record.entries import Entry, encode
from kiosk.record.entry_kinds import RETENTION, EntryKind
from kiosk.record.holds import placing
from kiosk.record.retention.request import content_of
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter
from tests.record.retention.logged import act_of_two


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has two encounters."""
    home = a_home(tmp_path)
    encounter(home)
    encounter(home)
    return home


def enter(log: LogOnDisk, entries: Sequence[tuple[Entry, str]]) -> None:
    """Append the entries in one commit."""
    at, numbered = FixedClock().now(), enumerate(entries, log.size())
    log.append([encode(entry, origin=log.origin, seq=n, event_id=one, at=at) for n, (entry, one) in numbered])


def ids_of(path: Path) -> list[str]:
    """The encounters of the log in this file."""
    log = open_at(path)
    found = list(log.encounter_ids(EntryKind.ENCOUNTER_OPENED))
    log.close()
    return found


def details_of(path: Path, encounter_id: str) -> int:
    """How many values the log in this file has of an encounter, apart from those of holds and destructions."""
    log = open_at(path)
    about = {entry.seq for kind in RETENTION for entry in log.of_kind(kind)}
    found = sum(len(entry.disclosures) for entry in log.entries(encounter_id) if entry.seq not in about)
    log.close()
    return found


def destroy_details(home: Home, encounter_id: str) -> bool:
    """Destroy the details of an encounter in all logs."""
    with settled(home, "live", FixedClock()) as log:
        act = act_of_two(encounter_id, content=content_of(log.entries(encounter_id)))
        return destroy(home, "live", log, act, enter)


def replaced(home: Home) -> Path:
    """Begin a new log; the file of the previous one."""
    clock = FixedClock()
    clock.advance(60)
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    (earlier,) = archived_files(home, "live")
    return earlier


def test_details_of_one_record_are_destroyed_and_nothing_else(home: Home) -> None:
    """The other record keeps every value, and the log is still verified."""
    first, second = ids_of(home.log("live"))
    kept = details_of(home.log("live"), second)
    assert details_of(home.log("live"), first) > 0
    assert destroy_details(home, first)
    assert details_of(home.log("live"), first) == 0
    assert details_of(home.log("live"), second) == kept
    result = check_log(home.log("live"))
    assert (result.verified, result.destroyed) == (True, 1)


def test_a_record_on_hold_keeps_its_details(home: Home) -> None:
    """The store itself refuses, and no entry says that they were destroyed."""
    first, _ = ids_of(home.log("live"))
    kept = details_of(home.log("live"), first)
    hold = placing(first, "2026-0001", reason="A request", by="Dana Ruiz")
    with settled(home, "live", FixedClock()) as log:
        enter(log, [(hold, "the-hold")])
    with pytest.raises(StoreUnusable):
        destroy_details(home, first)
    assert details_of(home.log("live"), first) == kept
    log = open_at(home.log("live"))
    assert log.count(EntryKind.RECORD_DESTROYED) == 0
    log.close()


def test_of_several_records_all_are_destroyed_or_none(home: Home) -> None:
    """One commit: after a refusal by the store, the authorization is not used up, and each record is complete."""
    first, second = ids_of(home.log("live"))
    kept = [details_of(home.log("live"), one) for one in (first, second)]
    hold = placing(second, "2026-0002", reason="A request", by="Dana Ruiz")
    with settled(home, "live", FixedClock()) as log:
        enter(log, [(hold, "the-hold")])
        with pytest.raises(StoreUnusable):
            destroy(home, "live", log, [*act_of_two(first), *act_of_two(second, "RC-075 2")], enter)
    with closing(open_at(home.log("live"))) as log:
        assert log.count(EntryKind.DESTRUCTION_AUTHORIZED) == log.count(EntryKind.RECORD_DESTROYED) == 0
    assert [details_of(home.log("live"), one) for one in (first, second)] == kept


def test_details_in_a_previous_log_are_destroyed_too(home: Home) -> None:
    """The entry is in the current log, and both logs are verified."""
    earlier = replaced(home)
    first, second = ids_of(earlier)
    kept = details_of(earlier, second)
    assert destroy_details(home, first)
    assert (details_of(earlier, first), details_of(earlier, second)) == (0, kept)
    assert [check_log(path).verified for path in (earlier, home.log("live"))] == [True, True]


def test_a_destruction_that_was_cut_off_is_finished_from_its_entry(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the entry, before the previous log: the next opening finishes it, and repeating it changes nothing."""
    earlier = replaced(home)
    first, second = ids_of(earlier)

    def cut_off(*_: object) -> bool:
        raise StoreUnusable("The power was cut.")

    with settled(home, "live", FixedClock()) as log:
        monkeypatch.setattr(destruction, "finish", cut_off)
        with pytest.raises(StoreUnusable):
            destroy(home, "live", log, act_of_two(first), enter)
        monkeypatch.undo()
    assert details_of(earlier, first) > 0
    kept = details_of(earlier, second)
    with settled(home, "live", FixedClock()):
        assert details_of(earlier, first) == 0
    assert finish(home, "live")
    assert details_of(earlier, second) == kept > 0


def test_copies_from_before_an_upgrade_go_with_the_details(home: Home) -> None:
    """They hold all details of that time; those of the practice log stay."""
    folder = home.log("live").parent
    for name in ("live.before-2", "live.before-1", "practice.before-1"):
        (folder / name).write_bytes(b"a copy")
    assert copies(home, "live") == [folder / "live.before-1", folder / "live.before-2"]
    destroy_details(home, ids_of(home.log("live"))[0])
    assert copies(home, "live") == []
    assert copies(home, "practice") == [folder / "practice.before-1"]


def test_a_reader_of_the_log_is_told_of(home: Home) -> None:
    """SQLite's second file may still hold the details while another program reads."""
    first, _ = ids_of(home.log("live"))
    with settled(home, "live", FixedClock()) as log:
        with closing(sqlite3.connect(home.log("live"), isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM entry").fetchone()
            assert not destroy(home, "live", log, act_of_two(first), enter)
        assert log.empty_wal()
