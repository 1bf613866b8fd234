"""Files and packs that are named on the command line."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.errors import UsageError
from kiosk.packs.files import LARGEST
from kiosk.packs.library import Found, Library
from kiosk.protocol.pack import PROTOCOL_FILE
from kiosk.settings import Home, read_settings, typed_path
from kiosk.system.files import opened


def read_file(path: Path, *, pipe: bool = False, most: int = LARGEST) -> bytes:
    """Return the bytes of a small file. Raises UsageError if it is missing, unreadable or too large.

    most: bytes that it may have. pipe: whether it may be a pipe, such as a passphrase from another program. Reading a
    pipe may block without limit.
    """
    try:
        with path.open("rb") if pipe else opened(path) as file:
            data = file.read(most + 1)
    except OSError as error:
        why = (error.strerror or "unknown").lower()
        raise UsageError(
            f"{path} can't be read ({why}).", "Correct the name, or ask IT for the right to read it."
        ) from error
    if len(data) > most:
        raise UsageError(f"{path} is larger than {most // 1024} KiB.", "Name the right file.")
    return data


def pack_folder(home: Home, target: str | None) -> Path | str:
    """Resolve `[DIR|ID]`: a folder if it looks like a path or contains a pack, else a pack's id.

    Without it, return the id in the settings, even when the working folder contains a pack.
    """
    if not target:
        return read_settings(home).protocol
    path = typed_path(target)
    if path.name == PROTOCOL_FILE:
        return path.parent
    looks_like_path = target.startswith((".", "~")) or any(sep in target for sep in ("/", os.sep))
    return path if looks_like_path or (path / PROTOCOL_FILE).is_file() else target


def pack(home: Home, target: str | None) -> Found:
    """Return the pack of `[DIR|ID]`; without it, the one in the settings. Raises UsageError if there is none."""
    named, library = pack_folder(home, target), Library(home)
    return library.at(named) if isinstance(named, Path) else library.find(named)
