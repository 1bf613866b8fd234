"""The lock that lets one program write the log: an exclusive lock on `<log>.lock`, released by the system at a crash.

The file stays when the lock is gone; deleting it would let two programs lock two files of the same name.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db.error_mapping import named, translated
from db.errors import Locked, StoreError

# The one door to the two systems: neither module exists on the other.
if sys.platform == "win32":
    import msvcrt

    def _seize(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _seize(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The lock, held from creation until `release`. Raises Locked at once when another program holds it."""

    def __init__(self, log: Path) -> None:
        self._handle: int | None = _locked(log)

    def require(self) -> None:
        """Raise StoreError once the lock was let go: nothing may write without it."""
        if self._handle is None:
            raise StoreError("The encounter log was closed.", "Start the kiosk again.")

    def release(self) -> None:
        """Let go. Doing it twice is fine. Closing the handle is what lets go, on every system."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def lock_path(log: Path) -> Path:
    """Where the lock of the log at `log` lies."""
    return log.with_name(f"{log.name}.lock")


def _locked(log: Path) -> int:
    try:
        handle = os.open(lock_path(log), os.O_RDWR | os.O_CREAT, 0o600)
    except IsADirectoryError as error:
        raise StoreError(f"{lock_path(log)} is a folder, and a file is needed there.", "Move it away.") from error
    except OSError as error:
        raise translated(error, log) from error
    try:
        _seize(handle)
    except OSError as error:
        os.close(handle)
        raise _no_lock(error, log) from error
    return handle


def _no_lock(error: OSError, log: Path) -> StoreError:
    if isinstance(error, (BlockingIOError, PermissionError)):  # the latter is how Windows says it
        return named(Locked, log)
    return StoreError(f"The folder {log.parent} can't lock files.", "Keep the encounter log on a disk of this machine.")
