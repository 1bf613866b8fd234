"""Files that survive a power cut: written, flushed, renamed, and the folder flushed too."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def put_in_place(temporary: Path, final: Path) -> None:
    """Give a finished file its name so that, whatever happens, the name leads to the old content or the new.

    Replaces what stood at `final`. Both must lie in one folder. Raises OSError.
    """
    with temporary.open("r+b") as file:
        os.fsync(file.fileno())
    temporary.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make new, renamed and removed names in `folder` durable. Windows does that by itself and can't be asked to."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
