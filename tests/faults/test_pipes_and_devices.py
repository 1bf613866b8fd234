"""A pipe or a device in the place of a file keeps no command waiting and fills no memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.doctor.check import State, Subject
from kiosk.errors import Exit, UsageError
from kiosk.log.signing_key import checkpoint_file, key_file
from kiosk.settings import Home, read_settings
from tests.homes import encounter
from tests.typed import Typed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices in folders are POSIX's")

PLACES: dict[str, tuple[Callable[[Home], Path], Subject, State]] = {
    "the settings": (lambda home: home.settings_file, Subject.SETTINGS, State.RED),
    "the contacts": (lambda home: home.contacts_file, Subject.CONTACTS, State.RED),
    "the key of the log": (lambda home: key_file(home, "live"), Subject.LOG, State.RED),
    "the remembered checkpoint": (lambda home: checkpoint_file(home, "live"), Subject.LOG_STATE, State.RED),
}
ODD: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a device without an end": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("place", PLACES)
def test_the_daily_check_ends(typed: Typed, home: Home, place: str, odd: str) -> None:
    """Nobody writes to the pipe. The subject of that file is not green."""
    encounter(home)
    of, subject, state = PLACES[place]
    path = of(home)
    path.unlink()
    ODD[odd](path)
    found = {check["name"]: check["state"] for check in typed("doctor", "--json").json["checks"]}
    assert found[subject] == state


@pytest.mark.parametrize("odd", ODD)
def test_a_named_file_is_refused_at_once(typed: Typed, tmp_path: Path, odd: str) -> None:
    """Keys, contacts and codes are read by one function."""
    path = tmp_path / "odd"
    ODD[odd](path)
    for words in (("key", "show"), ("contacts", "check"), ("log", "verify", "--code")):
        assert str(path) in typed.refused(Exit.USAGE, *words, str(path))


def test_settings_of_any_size_are_refused(home: Home) -> None:
    """A file that is far larger than settings is somebody's mistake."""
    home.settings_file.write_text("# a comment\n" * 10_000, encoding="utf-8")
    with pytest.raises(UsageError):
        read_settings(home)
