"""The folder of a pack: its YAML files and its note, within limits, and errors that people can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import UsageError
from kiosk.packs.files import LARGEST, MOST, NOTE_FILE, holds, is_folder, note_of, note_or_none, read, read_files

FILES = {"es.yaml": b"es", "protocol.yaml": b"protocol"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two YAML files and a note."""
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / NOTE_FILE).write_bytes(b"note")
    return tmp_path


def test_only_the_yaml_files_of_the_folder_itself_are_read(folder: Path) -> None:
    """In the order of their names; neither a folder nor another file."""
    (folder / "readme.txt").write_bytes(b"")
    (folder / "more.yaml").mkdir()
    assert list(read_files(folder).items()) == sorted(FILES.items())


def test_a_folder_with_too_many_files_is_refused(folder: Path) -> None:
    """The limit itself is allowed."""
    for n in range(MOST - len(FILES)):
        (folder / f"{n}.yaml").write_bytes(b"")
    assert len(read_files(folder)) == MOST
    (folder / "one-more.yaml").write_bytes(b"")
    with pytest.raises(UsageError):
        read_files(folder)


def test_a_large_file_is_read_only_so_far_that_it_shows(folder: Path) -> None:
    """One byte more than the largest."""
    (folder / "large.yaml").write_bytes(b"x" * (LARGEST + 9))
    assert len(read(folder / "large.yaml")) == LARGEST + 1


def test_a_pack_without_a_note_has_an_empty_one(folder: Path) -> None:
    """It is only not approved."""
    assert note_of(folder) == b"note"
    (folder / NOTE_FILE).unlink()
    assert note_of(folder) == b""


def test_what_can_not_be_read_is_an_error_of_the_kiosk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only `note_or_none` goes on without it."""
    with pytest.raises(UsageError):
        read_files(folder / "missing")
    with pytest.raises(UsageError):
        read(folder / "missing.yaml")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kiosk.packs.files.read_start", refuse)
    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(UsageError):
        note_of(folder)
    with pytest.raises(UsageError):
        is_folder(folder)
    assert note_or_none(folder) == b""


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({**FILES, "es.yaml": b"fr"}, b"note"),
        ({"es.yaml": b"es"}, b"note"),
        ({**FILES, "more.yaml": b""}, b"note"),
        (FILES, b"another"),
        (FILES, b""),
    ],
)
def test_a_folder_holds_exactly_its_files_and_its_note(folder: Path, files: dict[str, bytes], note: bytes) -> None:
    """Not one less, one more, or one byte other; a folder that is missing holds nothing."""
    assert holds(folder, FILES, b"note")
    assert not holds(folder, files, note)
    assert not holds(folder / "missing", {}, b"")
