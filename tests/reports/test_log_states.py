"""Outside copies of a log: the code of a closed record, of the whole log, and the checkpoints that were issued."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused, ReplaceReason, StoreUnusable
from kiosk.log.archive import open_history
from kiosk.log.create import ensure_log
from kiosk.log.log import open_reader
from kiosk.log.record_search import find_record
from kiosk.log.replace import replace_log
from kiosk.record.entries import Altered
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.verification_code import code_of, short_log_id
from kiosk.reports.log_states import checkpoint_page, closing_code, issued_checkpoints, log_code
from kiosk.reports.paper.outside_copy import CodeCopy
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.bundles import a_home_with_records
from tests.homes import a_home, encounter, tamper

NOW: Final = FixedClock().now()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home, set up, with three closed records."""
    return a_home_with_records(tmp_path)


def code_of_record(home: Home, no: str) -> CodeCopy:
    """The verification code at the closing of this record."""
    with closing(open_history(home, "live")) as log:
        return closing_code(home, "live", log, find_record(log, no))


def test_the_code_of_a_record_is_that_of_the_log_at_its_closing(home: Home) -> None:
    """It stays the same when the log grows, and when another log replaces this one."""
    first, last = (code_of_record(home, no) for no in ("2026-0001", "2026-0003"))
    log = open_reader(home, "live")
    whole, origin, root = code_of(log.newest_checkpoint()), log.origin, log.root_at(first.code.size)
    log.close()
    assert (first.code.root, first.code.log_id, first.no, first.practice) == (
        root,
        short_log_id(origin),
        "2026-0001",
        False,
    )
    assert last.code == whole
    assert first.code.size < last.code.size
    encounter(home)
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="desk")
    assert code_of_record(home, "2026-0001") == first


def test_an_open_record_has_no_code_yet(home: Home) -> None:
    """Its code is refused, not made of an earlier state of the log."""
    no = encounter(home, close=False)
    with pytest.raises(Refused):
        code_of_record(home, no)


def test_the_code_of_the_whole_log_is_that_of_its_newest_checkpoint(home: Home) -> None:
    """It names no record, and its time is now."""
    log = open_reader(home, "live")
    newest = log.newest_checkpoint()
    log.close()
    copy = log_code(home, "live", NOW)
    assert (copy.code, copy.no, copy.at, copy.school) == (code_of(newest), "", NOW, "Lincoln")


def test_no_code_is_made_of_a_log_whose_checkpoint_is_gone(home: Home) -> None:
    """Neither is one of a log that was never started."""
    with pytest.raises(StoreUnusable):
        log_code(home, "practice", NOW)
    tamper(home, lambda db: db.execute("DELETE FROM newest_checkpoint"))
    with pytest.raises(Altered):
        log_code(home, "live", NOW)


def test_no_checkpoint_is_made_of_a_log_without_entries(tmp_path: Path) -> None:
    """It would match every log of this name; without a log none is made either, and no log is created."""
    home = a_home(tmp_path)
    with pytest.raises(StoreUnusable):
        checkpoint_page(home, "live", "Counsel", NOW)
    assert not home.log("live").exists()
    ensure_log(home, "live", FixedClock())
    with pytest.raises(Refused):
        checkpoint_page(home, "live", "Counsel", NOW)
    with pytest.raises(Refused):
        log_code(home, "live", NOW)


def test_a_page_counts_the_entries_since_the_last_one(home: Home) -> None:
    """Its entry names the recipient, the size and the closed records; once it is in the log, the next counts on."""
    page, entry = checkpoint_page(home, "live", "Counsel", NOW)
    size = page.code_copy.code.size
    assert (page.whom, page.since, page.counts[EntryKind.ENCOUNTER_CLOSED]) == ("Counsel", None, 3)
    assert (entry.kind, entry.body) == (EntryKind.CHECKPOINT_ISSUED, {"for": "Counsel", "size": size, "closed": 3})
    assert page.note.startswith(f"{page.origin}\n{size}\n")
    append_entry(home, "live", FixedClock(), entry)
    encounter(home)
    later, _ = checkpoint_page(home, "live", "Counsel", NOW)
    assert later.since is not None
    assert (later.since[0], later.counts[EntryKind.ENCOUNTER_CLOSED]) == (size, 1)


def test_issued_checkpoints_are_listed_newest_first(home: Home) -> None:
    """An altered entry among them is left out, and the others stay."""
    for whom in ("Counsel", "Records"):
        append_entry(home, "live", FixedClock(), checkpoint_page(home, "live", whom, NOW)[1])
    assert [one.whom for one in issued_checkpoints(home, "live")] == ["Records", "Counsel"]
    newest = "(SELECT max(seq) FROM entry)"
    tamper(home, lambda db: db.execute(f"UPDATE entry SET header = header || ' ' WHERE seq = {newest}"))  # noqa: S608
    assert [one.whom for one in issued_checkpoints(home, "live")] == ["Counsel"]
