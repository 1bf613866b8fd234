"""Replacement of a log: what the new one cites and carries over, and what a failure leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import ReplaceReason, StoreUnusable
from kiosk.log import replace
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.log import open_at, open_reader, open_writer
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import checkpoint_file, key_file, read_signer
from kiosk.log.swap import pending
from kiosk.record.entries import LoggedEntry
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.verification.succession import LogState, start_entry
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has a closed encounter and an open one."""
    home = a_home(tmp_path)
    encounter(home)
    encounter(home, close=False)
    return home


def newest(path: Path) -> Checkpoint:
    """The newest checkpoint of the log in this file."""
    log = open_at(path)
    found = log.newest_checkpoint()
    log.close()
    return found


def state_of(checkpoint: Checkpoint) -> object:
    """That checkpoint as the first entry of a new log cites it."""
    return LogState(checkpoint.origin, checkpoint.size, checkpoint.root).body


def first_entry(home: Home) -> LoggedEntry:
    """The first entry of the live log."""
    log = open_reader(home, "live")
    found = start_entry(log)
    log.close()
    assert found is not None
    return found


def files_of(home: Home) -> dict[Path, bytes]:
    """The live log, its key, its remembered checkpoint and all archived logs, as they are on the disk."""
    paths = [home.log("live"), key_file(home, "live"), checkpoint_file(home, "live"), *archived_files(home, "live")]
    return {path: path.read_bytes() for path in paths}


def test_what_is_returned_is_what_the_new_log_carries_over(home: Home) -> None:
    """Record numbers that were given, and the record that was left open; with the reason and who decided."""
    before = newest(home.log("live"))
    past = replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    body = first_entry(home).body
    assert (past.numbered, tuple(past.unfinished)) == (2, ("2026-0002",))
    assert (body["numbered"], body["unfinished"]) == (2, ["2026-0002"])
    assert (body["reason"], body["by"], body["before"]) == (ReplaceReason.KEY_LOST, "setup", state_of(before))


def test_a_restored_log_is_archived_and_cited_before_the_present_one(home: Home, tmp_path: Path) -> None:
    """Both are kept: the new log continues the restored one, and names the present one as another state."""
    there = a_home(tmp_path / "there")
    for _ in range(4):
        encounter(there)
    encounter(home)
    restored, present = newest(there.log("live")), newest(home.log("live"))
    past = replace_log(home, "live", FixedClock(), ReplaceReason.RESTORED, by="restore", restored=[there.log("live")])
    body = first_entry(home).body
    assert body["before"] == state_of(restored)
    assert body["other_states"] == [state_of(present)]
    assert past.numbered == 4
    for one in (restored, present):
        assert newest(archived_file(home, "live", one.origin)) == one


def test_a_failure_before_the_decision_changes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The full disk is told, the lock is free again, and the next attempt works."""

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.")

    before = files_of(home)
    monkeypatch.setattr(replace, "save_file", full)
    with pytest.raises(StoreUnusable):
        replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    assert files_of(home) == before
    assert not pending(home, "live")
    monkeypatch.undo()
    assert replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup").numbered == 2


def test_a_decided_replacement_is_finished_before_the_next_one(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log that was prepared then is archived with the first, and numbers still go on."""
    first = newest(home.log("live"))
    monkeypatch.setattr(replace, "finish", lambda *_: None)
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    assert pending(home, "live")
    assert newest(home.log("live")) == first
    monkeypatch.undo()
    second = read_signer(home, "live", {}).public.name
    assert second == first.origin
    past = replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    assert not pending(home, "live")
    assert past.numbered == 2
    prepared = {open_origin(path) for path in archived_files(home, "live")} - {first.origin}
    assert prepared == {first_entry(home).body["before"]["origin"]}


def open_origin(path: Path) -> str:
    """The origin of the log in this file."""
    return newest(path).origin


def test_with_only_a_key_left_the_new_log_cites_its_name(home: Home) -> None:
    """Size and root are unknown, and said to be."""
    origin = newest(home.log("live")).origin
    home.log("live").write_bytes(b"no log at all")
    checkpoint_file(home, "live").unlink()
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    assert first_entry(home).body["before"] == LogState(origin).body
    assert archived_file(home, "live", origin).read_bytes() == b"no log at all"


def test_only_the_log_of_the_mode_is_replaced(home: Home) -> None:
    """The live log, its key and its checkpoint are untouched when the practice log is replaced."""
    encounter(home, "practice")
    before = files_of(home)
    replace_log(home, "practice", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    assert files_of(home) == before
    assert len(archived_files(home, "practice")) == 1
    open_writer(home, "practice", FixedClock()).close()
