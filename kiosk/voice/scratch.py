"""A private folder for one sound file, and the removal of folders that a killed helper left behind.

A folder in use is locked, and the system drops the lock with its process, so a sweep never takes one from the living.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PREFIX = "kiosk-voice-"


def scratch_base() -> Path:
    """Where the folders are made: the service's own run-time folder, else the system's temporary one."""
    # systemd may name several, parted by colons
    first = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    return Path(first or tempfile.gettempdir())


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder only this account can read, locked while in use and removed after. Raises OSError."""
    folder, lock = _made_and_locked()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep() -> None:
    """Remove the folders of helpers that are no longer there; what cannot be removed is left for the next time."""
    for folder in scratch_base().glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            lock = _locked(folder, wait=False)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _made_and_locked() -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=scratch_base()))
        # A sweep may take the folder before it is locked; then it is gone, and the next one is tried.
        with contextlib.suppress(FileNotFoundError):
            lock = _locked(folder, wait=True)
            if folder.exists():
                return folder, lock
            os.close(lock)


if sys.platform == "win32":

    def _locked(folder: Path, *, wait: bool) -> int:
        """On Windows the library plays by itself and no sound file is made."""
        raise OSError(folder, wait)

else:
    import fcntl

    def _locked(folder: Path, *, wait: bool) -> int:
        """Open and lock a folder of this account's own. Raises OSError: gone, another's, a link, or in use."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(handle).st_uid != os.geteuid():
                raise PermissionError("another account's folder")
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(handle)
            raise
        return handle
