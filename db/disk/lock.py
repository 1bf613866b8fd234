"""The writer lock: an exclusive lock on `<log>.lock`. The system releases it after a crash.

The file stays after the lock is released. Deleting it would let two programs lock two files with the same name.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from db.error_mapping import named, translated
from db.errors import Locked, StoreError

# Each module exists only on its own system.
if sys.platform == "win32":
    import msvcrt

    def _seize(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _seize(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """The lock, held from creation until `release`. Raises Locked at once when another program has it."""

    def __init__(self, log: Path) -> None:
        self._handle: int | None = _locked(log)

    def require(self) -> None:
        """Raise StoreError after the lock was released: nothing may write without it."""
        if self._handle is None:
            raise StoreError("The log was closed.", "Start the kiosk again.")

    def release(self) -> None:
        """Release the lock by closing its handle. A second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def lock_path(log: Path) -> Path:
    """Return the path of the lock file of `log`."""
    return log.with_name(f"{log.name}.lock")


def _locked(log: Path) -> int:
    try:
        handle = os.open(lock_path(log), os.O_RDWR | os.O_CREAT, 0o600)
    except IsADirectoryError as error:
        raise StoreError(f"{lock_path(log)} is a folder in the place of a file.", "Move it away.") from error
    except OSError as error:
        raise translated(error, log) from error
    try:
        _seize(handle)
    except OSError as error:
        os.close(handle)
        raise _no_lock(error, log) from error
    return handle


def _no_lock(error: OSError, log: Path) -> StoreError:
    if isinstance(error, (BlockingIOError, PermissionError)):  # Windows raises the latter
        return named(Locked, log)
    return StoreError(f"The folder {log.parent} does not support file locks.", "Store the log on a local disk.")
