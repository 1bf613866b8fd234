"""Earlier logs are read with the one that took their place: nothing that was recorded goes out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.bootstrap import enter
from kiosk.errors import ReplaceReason, StoreUnusable
from kiosk.log.archive import archived_file, archived_files, open_history
from kiosk.log.log import open_reader
from kiosk.log.replace import replace_log
from kiosk.record.entries import EncodedEntry, Entry, decode, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import placing
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has one encounter, in a log that another one took the place of, and one since."""
    home = a_home(tmp_path)
    encounter(home, agency="The first agency")
    clock = FixedClock()
    clock.advance(3600)
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    encounter(home, agency="The second agency", clock=clock)
    return home


def kind_in(entry: EncodedEntry) -> str:
    """The kind of an entry."""
    return decode(entry).kind


def test_the_earlier_log_is_read_first(home: Home) -> None:
    """Encounters of both, the older first; each log is there on its own too."""
    chain = open_history(home, "live")
    assert chain.left_out == ()
    ids = chain.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    assert [list(log.encounter_ids(EntryKind.ENCOUNTER_OPENED)) for log in chain.logs] == [[one] for one in ids]
    assert len(ids) == 2
    assert chain.size() == sum(1 for _ in chain.entries()) == sum(log.size() for log in chain.logs)
    assert [entry.seq for entry in chain.of_kind(EntryKind.ENCOUNTER_OPENED)] == [0, 1]
    assert chain.count(EntryKind.ENCOUNTER_OPENED) == 2
    assert [*chain.newest(EntryKind.ENCOUNTER_OPENED)] == [*chain.of_kind(EntryKind.ENCOUNTER_OPENED)][::-1]
    assert next(iter(chain.newest())) == chain.last()
    assert (chain.origin, chain.last()) == (chain.logs[-1].origin, chain.logs[-1].last())
    chain.close()


def test_nothing_can_be_added_to_logs_that_are_read(home: Home) -> None:
    """A chain is for reading."""
    chain = open_history(home, "live")
    entry = encode(Entry(EntryKind.NOTE_ADDED), origin=chain.origin, seq=0, event_id="x", at=FixedClock().now())
    with pytest.raises(StoreUnusable, match="for reading"):
        chain.append([entry])
    chain.close()


def test_lists_show_and_exports_reach_back(typed: Typed) -> None:
    """Records of the earlier log are found like all others."""
    assert len(typed("log", "list", "--json").json) == 2
    assert "The first agency" in typed("log", "export", "--format", "jsonl", "--level", "full").out
    assert typed("log", "list", "--search", "first", "--json").json[0]["no"] == "2026-0001"


def test_both_logs_are_verified(typed: Typed, home: Home) -> None:
    """An entry that was altered in the earlier one is found."""
    assert typed("log", "verify").code == 0
    earlier = archived_files(home, "live")[0]
    data = earlier.read_bytes()
    assert data.count(b'"kind":"encounter.closed"') == 1
    earlier.write_bytes(data.replace(b'"kind":"encounter.closed"', b'"kind":"encounter.closes"'))
    assert typed("log", "verify").code == 1


@pytest.mark.parametrize("content", [b"", b"not a log", b"SQLite format 3\x00 but no more"])
def test_an_earlier_log_that_can_not_be_read_is_told_and_left_out(typed: Typed, home: Home, content: bytes) -> None:
    """Once, with its name; the others are shown."""
    earlier = archived_files(home, "live")[0]
    earlier.write_bytes(content)
    told = typed("log", "list", "--json")
    assert len(told.json) == 1
    assert told.err.count("\n") == told.err.count("is left out") == 1
    assert earlier.name in told.err


def test_other_files_beside_earlier_logs_are_passed_over(typed: Typed, home: Home) -> None:
    """A copy under another name, or of the practice log, is not read as an earlier live one."""
    earlier = archived_files(home, "live")[0]
    for name in ("live-copy.db", earlier.name.replace("live", "practice"), f"{earlier.stem}.copy-1.db"):
        (home.earlier / name).write_bytes(b"something else")
    told = typed("log", "list", "--json")
    assert len(told.json) == 2
    assert told.err == ""


def test_a_log_that_none_here_goes_on_from_is_told_and_left_out(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Somebody laid another kiosk's log among the earlier ones: nothing in it is shown as this kiosk's own."""
    there = a_home(tmp_path / "there")
    encounter(there, agency="A third agency")
    log = open_reader(there, "live")
    planted = archived_file(home, "live", log.origin)
    log.close()
    planted.write_bytes(there.log("live").read_bytes())
    told = typed("log", "list", "--json")
    assert len(told.json) == 2
    assert told.err.count(f"{planted.name} is left out") == told.err.count("\n") == 1
    assert "A third agency" not in typed("log", "export", "--format", "jsonl", "--level", "full").out
    found = typed("log", "verify")
    assert (found.code, found.out.count("not counted as a log of this kiosk")) == (1, 1), found
    own, _ = sorted(archived_files(home, "live"), key=lambda path: path == planted)
    named_anew = own.with_name(planted.name)
    named_anew.write_bytes(own.read_bytes())
    assert len(typed("log", "list", "--json").json) == 2, "a log under another's name is not read twice"


def test_while_one_can_not_be_read_those_before_it_are_still_shown(typed: Typed, home: Home) -> None:
    """Nobody can tell which logs the damaged one cites."""
    middle = archived_file(home, "live", _origin(home))
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    assert len(typed("log", "list", "--json").json) == 2
    middle.write_bytes(b"not a log")
    assert len(typed("log", "list", "--json").json) == 1


def _origin(home: Home) -> str:
    log = open_reader(home, "live")
    log.close()
    return log.origin


def test_what_lacks_an_entry_is_found_over_all_logs(home: Home) -> None:
    """An entry in the later log counts for an encounter of the earlier one; the newest encounter comes first."""
    chain = open_history(home, "live")
    first, second = chain.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    opened, closed = EntryKind.ENCOUNTER_OPENED, EntryKind.ENCOUNTER_CLOSED
    assert list(chain.lacking(opened, EntryKind.HOLD_PLACED)) == [second, first]
    assert list(chain.lacking(opened, EntryKind.HOLD_PLACED, second)) == [first]
    assert list(chain.lacking(opened, EntryKind.HOLD_PLACED, first)) == []
    assert list(chain.lacking(opened, EntryKind.HOLD_PLACED, "nobody's")) == []
    assert list(chain.lacking(opened, closed)) == []
    kinds = {one: [*map(kind_in, kept)] for one, kept in chain.of_records([second, first], [closed]).items()}
    assert kinds == {second: [closed], first: [closed]}
    chain.close()
    enter(home, "live", FixedClock(), placing(first, "2026-0001", reason="A subpoena", by="Dana Sample"))
    chain = open_history(home, "live")
    assert list(chain.lacking(opened, EntryKind.HOLD_PLACED)) == [second]
    chain.close()
