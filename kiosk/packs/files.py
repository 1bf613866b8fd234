"""The folder of a pack on disk: its YAML files and its approval note. Errors are UsageErrors."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from kiosk.errors import UsageError
from kiosk.system.files import read_start

NOTE_FILE: Final = "approval.note"

LARGEST: Final = 1 << 20
"""Maximum size of a pack's file, in bytes; one more byte is read to detect a larger file."""

MOST: Final = 64
"""Maximum number of YAML files in a pack."""


def note_of(folder: Traversable | Path) -> bytes:
    """Return the pack's approval note; empty without one. Raises UsageError."""
    file = folder / NOTE_FILE
    try:
        return read(file) if file.is_file() else b""
    except OSError as error:
        raise _unreadable(file, error) from error


def note_or_none(folder: Path) -> bytes:
    """Return the pack's approval note; empty without a readable one."""
    try:
        return note_of(folder)
    except UsageError:
        return b""


def is_folder(folder: Traversable | Path) -> bool:
    """Check that the folder exists. Raises UsageError when it can't be accessed."""
    try:
        return folder.is_dir()
    except OSError as error:  # no permission, or the name is too long
        raise _unreadable(folder, error) from error


def _unreadable(place: object, error: OSError) -> UsageError:
    return UsageError(f"{place} can't be read ({error.strerror}).", "Ask IT to let this account read it.")


def read_files(folder: Traversable | Path) -> dict[str, bytes]:
    """Return the pack's YAML files, by name. Raises UsageError."""
    try:
        names = sorted(f.name for f in folder.iterdir() if f.is_file() and f.name.endswith(".yaml"))
    except OSError as error:
        raise UsageError(f"{folder} can't be read ({error.strerror}).", "Name the folder of a protocol.") from error
    if len(names) > MOST:
        raise UsageError(f"{folder} has more than {MOST} YAML files.", "Name the folder of a protocol.")
    return {name: read(folder / name) for name in names}


def read(file: Traversable | Path) -> bytes:
    """Return the first LARGEST + 1 bytes of a file at most. Raises UsageError."""
    try:
        if isinstance(file, Path):
            return read_start(file, LARGEST + 1)
        with file.open("rb") as stream:  # shipped in an archive
            data: bytes = stream.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(file, error) from error
    return data


def holds(folder: Path, files: Mapping[str, bytes], note: bytes) -> bool:
    """Check that the folder holds exactly these files and this note."""
    # Compare bytes, not hashes, for speed: this runs before the first step is shown.
    try:
        return read_files(folder) == files and note_of(folder) == note
    except UsageError:
        return False
