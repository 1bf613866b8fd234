"""Disk space: a reserve file next to the log, deleted on a full disk so that the open record can be finished."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

BALLAST_BYTES: Final = 16 * 1024 * 1024
_CHUNK: Final = 1024 * 1024


def space_left(path: Path) -> int:
    """Return the free bytes for this account on the disk of `path` (a log, or its folder). Raises OSError."""
    return shutil.disk_usage(path if path.is_dir() else path.parent).free


def ballast_path(log: Path) -> Path:
    """Return the path of the reserve file of `log`."""
    return log.with_name(f"{log.name}.ballast")


def keep_ballast(log: Path) -> bool:
    """Create the reserve unless it would take half of the free space; return whether it exists now."""
    ballast = ballast_path(log)
    if ballast.exists():
        return True
    try:
        if space_left(log) < 2 * BALLAST_BYTES:
            return False
        _reserve(ballast)
    except OSError:  # full disk or size limit; `kiosk doctor` reports the free space
        with contextlib.suppress(OSError):
            ballast.unlink(missing_ok=True)
        return False
    return True


def release_ballast(log: Path) -> bool:
    """Delete the reserve; return whether there was one. Raises OSError."""
    try:
        ballast_path(log).unlink()
    except FileNotFoundError:
        return False
    return True


def _reserve(ballast: Path) -> None:
    handle = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(handle, 0, BALLAST_BYTES)
        else:
            for _ in range(BALLAST_BYTES // _CHUNK):
                os.write(handle, os.urandom(_CHUNK))  # random, so that no file system can compress it away
        os.fsync(handle)
    finally:
        os.close(handle)
