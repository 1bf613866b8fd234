"""Places where a person may want a file: memory sticks, other disks and network shares, and the documents."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import Final

_MOUNTED: Final = ("/media", "/run/media", "/Volumes", "/mnt")
"""Where Linux and macOS show a stick or a network share, directly or in a folder of the account."""

_DOCUMENTS: Final = ("Documents", "Documentos")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that this account can write to.

    free: the bytes that are free there. removable: whether it is a stick, another disk or a share.
    """

    path: Path
    free: int
    removable: bool = False


def places(mounted: Iterable[str] = _MOUNTED, home: Path | None = None) -> list[Place]:
    """Return the places, sticks first. mounted: the folders in which sticks appear; home: of the account."""
    sticks = [*_sticks(mounted)]
    found = dict.fromkeys([*sticks, *_documents(home or Path.home())])
    return [place for path in found for place in _usable(path, removable=path in sticks)]


def _sticks(mounted: Iterable[str]) -> Iterator[Path]:
    if sys.platform == "win32":
        yield from (path for letter in ascii_uppercase[3:] if (path := Path(f"{letter}:\\")).is_dir())
        return
    for root in map(Path, mounted):
        above = _names_in(root)
        for path in sorted([*above, *(below for one in above for below in _names_in(one))]):
            with suppress(OSError):
                if path.is_mount():
                    yield path


def _names_in(folder: Path) -> list[Path]:
    """Return what is in a folder; nothing of a pulled stick, which can't be read, or of what is no folder."""
    with suppress(OSError):
        return [*folder.iterdir()]
    return []


def _documents(home: Path) -> Iterator[Path]:
    yield next((path for name in _DOCUMENTS if (path := home / name).is_dir()), home)


def _usable(path: Path, *, removable: bool) -> Iterator[Place]:
    with suppress(OSError):
        if os.access(path, os.W_OK | os.X_OK):
            yield Place(path, shutil.disk_usage(path).free, removable)
