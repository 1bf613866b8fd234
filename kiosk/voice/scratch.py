"""A private temporary folder for one sound file, and removal of folders that a killed helper left.

A folder in use is locked. The system releases the lock when the process ends, so `sweep` removes only unused folders.
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
    """Return the parent folder: the service's run-time folder, else the system's temporary folder."""
    # systemd may name several, separated by colons
    first = os.environ.get("RUNTIME_DIRECTORY", "").split(":")[0]
    return Path(first or tempfile.gettempdir())


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Provide a new folder readable only by this account, locked while in use and removed after. Raises OSError."""
    folder, lock = _new_locked_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep() -> None:
    """Remove the folders of ended helpers; a folder that can't be removed stays until the next sweep."""
    for folder in scratch_base().glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            lock = _locked(folder, wait=False)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _new_locked_folder() -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=scratch_base()))
        # A sweep may remove the folder before it is locked; then try another.
        with contextlib.suppress(FileNotFoundError):
            lock = _locked(folder, wait=True)
            if folder.exists():
                return folder, lock
            os.close(lock)


if sys.platform == "win32":

    def _locked(folder: Path, *, wait: bool) -> int:
        """Raise OSError: on Windows the library plays sound itself and no file is made."""
        raise OSError(folder, wait)

else:
    import fcntl

    def _locked(folder: Path, *, wait: bool) -> int:
        """Open and lock this account's folder. Raises OSError: missing, another account's, a link, or in use."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(handle).st_uid != os.geteuid():
                raise PermissionError("another account's folder")
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            os.close(handle)
            raise
        return handle
