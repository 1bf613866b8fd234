"""A new pack from the template: it reads without an error, and overwrites nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.authoring.new_pack import FILES, write_new
from kiosk.errors import UsageError
from kiosk.packs.files import read_files
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from kiosk.protocol.syntax.forms import ID_LONGEST
from kiosk.settings import LONGEST


def test_a_new_pack_reads_without_an_error_with_its_id_and_title(tmp_path: Path) -> None:
    """The title is text, whatever YAML would make of it."""
    write_new(tmp_path / "new", "front-desk", 'The “desk”: no # "1"')
    reading = read_pack(read_files(tmp_path / "new"))
    assert errors(reading.findings) == ()
    assert reading.protocol is not None
    assert (reading.protocol.id, reading.protocol.title.say("en")) == ("front-desk", 'The “desk”: no # "1"')


def test_the_folder_gives_the_id_when_none_is_given(tmp_path: Path) -> None:
    """And the title stays a TODO."""
    write_new(tmp_path / "front-desk", None, None)
    reading = read_pack(read_files(tmp_path / "front-desk"))
    assert reading.protocol is not None
    assert reading.protocol.id == "front-desk"
    assert reading.protocol.title.say("en").startswith("TODO")


def test_every_written_path_is_named(tmp_path: Path) -> None:
    """The files, and the folder of schemas that the files refer to."""
    folder = tmp_path / "new"
    written = write_new(folder, "new", None)
    assert written == [*(str(folder / name) for name in FILES), f"{folder / 'schema'}/"]
    assert {path.name for path in folder.iterdir()} == {*FILES, "schema"}
    assert "$schema=schema/" in (folder / PROTOCOL_FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("pack_id", ["Front", "a--b", "-a", "a b", "../a", "a" * (ID_LONGEST + 1)])
def test_an_id_that_is_not_valid_is_refused(tmp_path: Path, pack_id: str) -> None:
    """Before anything is written."""
    with pytest.raises(UsageError):
        write_new(tmp_path / "new", pack_id, None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ["", "  ", "a {slot}", "two\nlines", "a" * (LONGEST + 1)])
def test_a_title_that_can_not_be_used_is_refused(tmp_path: Path, title: str) -> None:
    """Braces would be read as a slot."""
    with pytest.raises(UsageError):
        write_new(tmp_path / "new", "new", title)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["file", "folder with a file", "link"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    """Only a new folder, or an empty one, is filled."""
    folder, kept = tmp_path / "new", tmp_path / "kept"
    match there:
        case "file":
            folder.write_text("kept", encoding="utf-8")
        case "link":
            if os.name == "nt":
                pytest.skip("on Windows only administrators can make links")
            kept.mkdir()
            folder.symlink_to(kept)
        case _:
            folder.mkdir()
            (folder / "kept").write_text("kept", encoding="utf-8")
    with pytest.raises(UsageError):
        write_new(folder, "new", None)
    assert not (folder / PROTOCOL_FILE).exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """It may have been made for it."""
    write_new(tmp_path, "new", None)
    assert (tmp_path / PROTOCOL_FILE).is_file()
