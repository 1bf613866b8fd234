"""Files that commands write with `-o`: always new ones."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from kiosk.commands.common import output
from kiosk.errors import StoreUnusable, UsageError
from kiosk.settings import Home
from tests.homes import encounter
from tests.typed import Typed

WRITERS: Final = {
    "export": ("log", "export", "--format", "html", "--level", "full", "-o"),
    "checkpoint": ("log", "checkpoint", "issue", "-o"),
    "code": ("log", "checkpoint", "code", "-o"),
    "graph": ("protocol", "graph", "small", "-o"),
    "review copy": ("protocol", "review-copy", "small", "-o"),
    "key": ("key", "new", "superintendent"),
}
"""Every command that writes a file where it is told to; `protocol test -o` adds to a file and keeps what is in it."""


@pytest.mark.parametrize("words", WRITERS.values(), ids=WRITERS)
def test_no_command_overwrites_a_file(typed: Typed, home: Home, tmp_path: Path, words: tuple[str, ...]) -> None:
    """It is wrong use, said in one line, and the file stays."""
    encounter(home)
    file = tmp_path / "precious.pdf"
    file.write_bytes(b"precious")
    assert file.name in typed.refused(2, *words, str(file))
    assert file.read_bytes() == b"precious"


def test_nothing_is_entered_for_a_checkpoint_that_was_not_written(typed: Typed, home: Home, tmp_path: Path) -> None:
    """It is refused before it is signed."""
    encounter(home)
    (tmp_path / "there").mkdir()
    typed.refused(2, "log", "checkpoint", "issue", "-o", str(tmp_path / "there"))
    assert typed("log", "checkpoint", "list", "--json").json == []


def test_a_new_path_is_absolute_and_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that a broken link has is not free."""
    monkeypatch.chdir(tmp_path)
    assert output.new_path("copy.csv") == tmp_path / "copy.csv"
    (tmp_path / "copy.csv").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError):
        output.new_path("copy.csv")


def test_a_saved_file_is_there_or_the_reason_is_named(tmp_path: Path) -> None:
    """With exactly its bytes; a folder that does not exist is an error of the store."""
    output.save(str(tmp_path / "copy.csv"), b"\xef\xbb\xbf1\r\n")
    assert (tmp_path / "copy.csv").read_bytes() == b"\xef\xbb\xbf1\r\n"
    with pytest.raises(StoreUnusable):
        output.save(str(tmp_path / "nowhere" / "copy.csv"), b"")
