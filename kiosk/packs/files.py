"""The folder of a pack as it lies on a disk: its files of words and its note. What can go wrong is a UsageError."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from kiosk.errors import UsageError

NOTE_FILE: Final = "approval.note"

LARGEST: Final = 1 << 20
"""The most bytes that are read of a pack's file, plus one that gives a larger one away."""

MOST: Final = 64
"""How many files of words a pack may have; its languages are a handful."""


def note_of(folder: Traversable | Path) -> bytes:
    """Its note; empty without one. Raises UsageError."""
    file = folder / NOTE_FILE
    try:
        return read(file) if file.is_file() else b""
    except OSError as error:
        raise _unreadable(file, error) from error


def note_or_none(folder: Path) -> bytes:
    """Its note; empty without one that can be read."""
    try:
        return note_of(folder)
    except UsageError:
        return b""


def is_folder(folder: Traversable | Path) -> bool:
    """Whether a folder is there. Raises UsageError when nobody may look."""
    try:
        return folder.is_dir()
    except OSError as error:  # no right to look, or a name longer than a disk takes
        raise _unreadable(folder, error) from error


def _unreadable(place: object, error: OSError) -> UsageError:
    return UsageError(f"{place} can't be read ({error.strerror}).", "Ask IT to let this account read it.")


def read_files(folder: Traversable | Path) -> dict[str, bytes]:
    """Its files of words, by name. Raises UsageError."""
    try:
        names = sorted(f.name for f in folder.iterdir() if f.is_file() and f.name.endswith(".yaml"))
    except OSError as error:
        raise UsageError(f"{folder} can't be read ({error.strerror}).", "Name the folder of a pack.") from error
    if len(names) > MOST:
        raise UsageError(f"{folder} holds more than {MOST} files of words.", "Name the folder of a pack.")
    return {name: read(folder / name) for name in names}


def read(file: Traversable | Path) -> bytes:
    """At most the first LARGEST + 1 bytes of a file. Raises UsageError."""
    try:
        with file.open("rb") as stream:
            data: bytes = stream.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(file, error) from error
    return data


def holds(folder: Path, files: Mapping[str, bytes], note: bytes) -> bool:
    """Whether exactly these files and this note lie there."""
    # Comparing bytes, not seals: this stands between a press and the first step.
    try:
        return read_files(folder) == files and note_of(folder) == note
    except UsageError:
        return False
