"""A disk without file locks: every command that writes says so, and does not accuse another program."""

from __future__ import annotations

import errno
import sys
from typing import Final

import pytest

from db.error_mapping import named
from db.errors import Locked
from kiosk.errors import Exit
from kiosk.settings import Home
from tests.homes import encounter
from tests.typed import Stage, Typed

pytestmark = [pytest.mark.stage(Stage.APPROVED), pytest.mark.skipif(sys.platform == "win32", reason="locks of POSIX")]

BY: Final = ("--by", "Lee Novak")
WRITING: Final = [
    ("log", "hold", "place", "2026-0001", "--reason", "Subpoena", "--matter", "24-117", *BY),
    ("log", "retention", "set", "all", "--period", "3 years", "--authority", "RC-075", *BY),
    ("log", "amend", "2026-0001", "--add", "More", "--reason", "Late", *BY),
    ("log", "amend", "2026-0001", "--called", "office", "--result", "reached", "--name", "Dana Ruiz", *BY),
    ("log", "amend", "2026-0002", "--close", "--reason", "It was over", *BY),
    ("setup", "--upgrade-log"),
    ("setup", "--replace-log"),
]
LEAVING: Final = [
    ("log", "export", "--format", "jsonl", "--level", "full"),
    ("log", "checkpoint", "issue", "--for", "Counsel"),
]
"""What has left already when its entry can't be written."""


def break_locks(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a closed and an open record; from then on, locks fail on this disk."""
    import fcntl  # noqa: PLC0415 - not on Windows

    encounter(home)
    encounter(home, close=False)

    def fails(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", fails)


@pytest.mark.parametrize(
    ("words", "code"),
    [*((words, Exit.STORE) for words in WRITING), *((words, Exit.FOUND) for words in LEAVING)],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_a_command_says_that_locks_fail(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: Exit
) -> None:
    """With the folder and the repair."""
    break_locks(home, monkeypatch)
    told = typed(*words)
    assert told.code == code, told.err
    assert "file locks" in told.err
    assert str(home.log("live").parent) in told.err
    assert named(Locked, home.log("live")).what not in told.err
