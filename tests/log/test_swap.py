"""The exchange of one log for another: decided at once or not at all, then carried out however often it is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import StoreUnusable
from kiosk.log import swap
from kiosk.log.signing_key import checkpoint_file, key_file
from kiosk.log.swap import CHECKPOINT, KEY, LOG, RESTORED, RETIRED, drafting, finish, pending
from kiosk.settings import Home
from kiosk.system.files import move

OLD = "live-old.db"
"""The name of the present log in the archive."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with files in the place of a log, its key and its checkpoint."""
    home = Home(tmp_path)
    files = {home.log("live"): b"old log", home.log("live").with_name("live.db-wal"): b"old wal"}
    files |= {key_file(home, "live"): b"old key", checkpoint_file(home, "live"): b"old checkpoint"}
    for path, data in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return home


def decide(home: Home, *, key: bool = True, restored: bool = False) -> None:
    """Decide to exchange the log for a new one."""
    with drafting(home, "live") as draft:
        (draft / LOG).write_bytes(b"new log")
        (draft / CHECKPOINT).write_bytes(b"new checkpoint")
        (draft / RETIRED).write_bytes(OLD.encode())
        if key:
            (draft / KEY).write_bytes(b"new key")
        if restored:
            (draft / RESTORED / "live-restored.db").write_bytes(b"restored log")


def files_of(home: Home) -> dict[str, bytes]:
    """All files of the home."""
    return {p.relative_to(home.path).as_posix(): p.read_bytes() for p in home.path.rglob("*") if p.is_file()}


EXCHANGED = {
    "log/live.db": b"new log",
    "log/earlier/live-old.db": b"old log",
    "log/earlier/live-old.db-wal": b"old wal",
    "keys/live.key": b"new key",
    "keys/live.checkpoint": b"new checkpoint",
}


def test_a_decided_exchange_changes_nothing_until_it_is_finished(home: Home) -> None:
    """Then the new files are in place, and the old log is archived with SQLite's file next to it."""
    before = files_of(home)
    assert not pending(home, "live")
    decide(home)
    assert pending(home, "live")
    assert {name: data for name, data in files_of(home).items() if ".next/" not in name} == before
    finish(home, "live")
    assert not pending(home, "live")
    assert files_of(home) == EXCHANGED


def test_an_error_while_drafting_leaves_everything_as_it_was(home: Home) -> None:
    """The error itself is told, nothing is decided, and the draft is gone."""

    def fail(draft: Path) -> None:
        (draft / LOG).write_bytes(b"new log")
        raise ZeroDivisionError

    before = files_of(home)
    with pytest.raises(ZeroDivisionError), drafting(home, "live") as draft:
        fail(draft)
    assert not pending(home, "live")
    assert files_of(home) == before


def test_what_an_interrupted_draft_left_is_not_part_of_the_next_one(home: Home) -> None:
    """A draft starts empty."""
    left = home.log("live").with_name("live.draft") / RESTORED / "live-left.db"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    decide(home)
    finish(home, "live")
    assert files_of(home) == EXCHANGED


@pytest.mark.parametrize("moves", range(5))
def test_an_exchange_that_was_cut_off_goes_on_where_it_stopped(
    home: Home, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    """After any number of its five moves, the next call reaches the same end and no log is lost."""
    home.earlier.mkdir()
    (home.earlier / "live-restored.db").write_bytes(b"archived before")
    decide(home, restored=True)
    made: list[Path] = []

    def cut_off(path: Path, to: Path) -> None:
        if len(made) == moves:
            raise StoreUnusable("The power was cut.")
        move(path, to)
        made.append(to)

    monkeypatch.setattr(swap, "move", cut_off)
    with pytest.raises(StoreUnusable):
        finish(home, "live")
    assert pending(home, "live")
    monkeypatch.undo()
    finish(home, "live")
    both = {"live-restored.db": b"restored log", "live-restored.copy-1.db": b"archived before"}
    assert files_of(home) == EXCHANGED | {f"log/earlier/{name}": data for name, data in both.items()}


def test_an_archived_log_is_never_overwritten(home: Home) -> None:
    """The present log takes the first free name for a copy."""
    home.earlier.mkdir()
    taken = {OLD: b"archived before", "live-old.copy-1.db": b"a copy of it"}
    for name, data in taken.items():
        (home.earlier / name).write_bytes(data)
    decide(home)
    finish(home, "live")
    assert {name: (home.earlier / name).read_bytes() for name in taken} == taken
    assert (home.earlier / "live-old.copy-2.db").read_bytes() == b"old log"
    assert (home.earlier / "live-old.copy-2.db-wal").read_bytes() == b"old wal"


def test_without_a_key_in_the_draft_the_key_file_stays(home: Home) -> None:
    """Systemd provides the key then."""
    decide(home, key=False)
    finish(home, "live")
    assert files_of(home) == EXCHANGED | {"keys/live.key": b"old key"}


def test_a_decided_folder_that_can_not_be_read_is_an_error_and_stays(home: Home) -> None:
    """The exchange stays decided, and the present log is untouched."""
    decide(home)
    (home.log("live").with_name("live.next") / RETIRED).unlink()
    with pytest.raises(StoreUnusable):
        finish(home, "live")
    assert pending(home, "live")
    assert home.log("live").read_bytes() == b"old log"
