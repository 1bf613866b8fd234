"""All log files of a mode, with their copies: what is read, what is left out, and what is still to destroy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.log.archive import archived_files
from kiosk.log.archive_files import open_all
from kiosk.log.log import open_at
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import placing
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter, replaced


@pytest.fixture
def home(home: Home) -> Home:
    """A home with an encounter in a previous log, and one in the current log."""
    replaced(home)
    encounter(home)
    return home


@pytest.fixture
def earlier(home: Home) -> Path:
    """The file of the previous log."""
    (earlier,) = archived_files(home, "live")
    return earlier


def copied(earlier: Path) -> Path:
    """A copy of the previous log, under the name that the kiosk gives copies."""
    copy = earlier.with_name(f"{earlier.stem}.copy-1.db")
    copy.write_bytes(earlier.read_bytes())
    return copy


def id_in(path: Path) -> str:
    """The encounter of the log in this file."""
    with closing(open_at(path)) as log:
        (found,) = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    return found


def destroying(encounter_id: str) -> Entry:
    """The entry that destroys the details of an encounter."""
    body: dict[str, Json] = {"no": "2026-0001", "values": 1, "authorization": "RC-075 of 2036", "by": "Dana Ruiz"}
    return Entry(EntryKind.RECORD_DESTROYED, body, encounter_id, actor=Actor.COMMAND)


def test_each_entry_is_told_once_though_there_are_copies(home: Home, earlier: Path) -> None:
    """A copy is read too, because its details must be destroyed as well."""
    copy = copied(earlier)
    first, second = id_in(earlier), id_in(home.log("live"))
    with closing(open_all(home, "live")) as logs:
        assert [kept.encounter_id for kept in logs.of_kind(EntryKind.ENCOUNTER_OPENED)] == [first, second]
        assert logs.with_details(first) == sorted([copy, earlier])
        assert logs.with_details(second) == []
        assert logs.left_out == ()


@pytest.mark.parametrize("missing", [True, False], ids=["missing", "damaged"])
def test_a_cited_log_that_can_not_be_read_is_left_out(home: Home, earlier: Path, *, missing: bool) -> None:
    """It may have a hold, so it is named."""
    if missing:
        earlier.unlink()
    else:
        earlier.write_bytes(b"no log at all")
    with closing(open_all(home, "live")) as logs:
        assert logs.earlier == ()
        assert logs.left_out
        assert all(str(earlier) in one for one in logs.left_out)


def test_a_log_that_none_here_cites_does_not_count(home: Home, earlier: Path, tmp_path: Path) -> None:
    """Neither another kiosk's log, nor a log of this kiosk under another name: each is named."""
    there = a_home(tmp_path / "there")
    encounter(there)
    strange = earlier.with_name("live-12345678-1234-4234-8234-123456789abc.db")
    for data in (there.log("live").read_bytes(), earlier.read_bytes()):
        strange.write_bytes(data)
        with closing(open_all(home, "live")) as logs:
            assert [path for path, _ in logs.earlier] == [earlier]
            (left_out,) = logs.left_out
            assert str(strange) in left_out


def test_a_destruction_is_unfinished_in_each_file_with_details(home: Home, earlier: Path) -> None:
    """The log and its copy are named, with the entry that destroyed the details."""
    copy, first = copied(earlier), id_in(earlier)
    append_entry(home, "live", FixedClock(), destroying(first))
    with closing(open_all(home, "live")) as logs:
        found = list(logs.unfinished_destructions())
        assert [one.file for one in found] == sorted([copy, earlier])
        seq = logs.now.size() - 1
        assert {(one.encounter_id, one.origin, one.seq) for one in found} == {(first, logs.now.origin, seq)}


def test_a_destruction_of_a_record_on_hold_is_not_finished(home: Home, earlier: Path) -> None:
    """The hold comes first, whichever log it is in."""
    first = id_in(earlier)
    append_entry(home, "live", FixedClock(), destroying(first))
    append_entry(home, "live", FixedClock(), placing(first, "2026-0001", reason="A request", by="Dana Ruiz"))
    with closing(open_all(home, "live")) as logs:
        assert list(logs.unfinished_destructions()) == []
        assert logs.with_details(first) == [earlier]
