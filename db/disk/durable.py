"""Files that survive a power cut: written, synced and renamed, with the folder synced too."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def put_in_place(temporary: Path, final: Path) -> None:
    """Rename a finished file so that, after any failure, the name leads to the old content or the new.

    Replaces an existing file at `final`. Both must be in one folder. Raises OSError.
    """
    with temporary.open("r+b") as file:
        os.fsync(file.fileno())
    temporary.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make new, renamed and removed names in `folder` durable. Windows does that itself and has no call for it."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
