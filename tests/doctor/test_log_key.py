"""The log signing key: present, this log's own, private; and the checkpoint that the kiosk remembers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kiosk.doctor.check import State, Subject
from kiosk.doctor.log_key import check_key
from kiosk.log.log import open_reader
from kiosk.log.signing_key import checkpoint_file, key_file, keys_file, new_signer, save
from kiosk.settings import Home
from tests.homes import encounter


@pytest.fixture
def home(home: Home) -> Home:
    """A home with a live log of one record."""
    encounter(home)
    return home


def states(home: Home) -> dict[Subject, State]:
    """Each check by its subject."""
    log = open_reader(home, "live")
    try:
        return {check.name: check.state for check in check_key(home, log)}
    finally:
        log.close()


def test_a_key_in_its_place_is_green(home: Home) -> None:
    """Nothing is said of a checkpoint that is in order."""
    assert states(home) == {Subject.LOG_KEY: State.GREEN}


def test_a_missing_key_is_red(home: Home) -> None:
    """The log can't be continued without it."""
    key_file(home, "live").unlink()
    assert states(home) == {Subject.LOG_KEY: State.RED}


def test_the_key_of_another_log_is_red(home: Home) -> None:
    """Its checkpoints would not be of this log."""
    save(home, "live", new_signer("front-office-kiosk/another")[1])
    assert states(home)[Subject.LOG_KEY] is State.RED


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists, no permission bits")
def test_a_key_that_others_can_read_is_amber(home: Home) -> None:
    """Whether the file or its folder is open to them."""
    key = key_file(home, "live")
    key.chmod(0o640)
    assert states(home) == {Subject.LOG_KEY: State.AMBER}
    key.chmod(0o600)
    key.parent.chmod(0o755)
    assert states(home) == {Subject.LOG_KEY: State.AMBER}


def test_a_lost_checkpoint_is_red(home: Home) -> None:
    """Missing or changed: an older copy of the log would not be noticed."""
    path = checkpoint_file(home, "live")
    note = path.read_text("utf-8")
    for words in (None, "", note.replace("\n", "\n1", 1), note[:-10] + "AAAAAAAA=\n"):
        path.unlink() if words is None else path.write_text(words, "utf-8")
        assert states(home) == {Subject.LOG_KEY: State.GREEN, Subject.LOG_STATE: State.RED}, words


def test_the_list_of_keys_confirms_the_key_of_the_log(home: Home) -> None:
    """Without the list the key is not checked; a list without the key, or an unreadable one, is red."""
    path = keys_file(home, "live")
    path.unlink()
    assert states(home) == {Subject.LOG_KEY: State.AMBER}
    for words in (f"{new_signer('front-office-kiosk/another')[0].public}\n", "no key\n"):
        path.write_text(words, "utf-8")
        assert states(home) == {Subject.LOG_KEY: State.RED}, words


def test_an_older_copy_of_the_log_is_red(home: Home, tmp_path: Path) -> None:
    """The remembered checkpoint has more entries."""
    shutil.copy(home.log("live"), tmp_path / "older.db")
    encounter(home)
    shutil.copy(tmp_path / "older.db", home.log("live"))
    assert states(home)[Subject.LOG_STATE] is State.RED
