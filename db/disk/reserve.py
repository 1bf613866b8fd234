"""Room on the disk: a reserve beside the log that is given up to finish the encounter that is open."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

BALLAST_BYTES: Final = 16 * 1024 * 1024
_CHUNK: Final = 1024 * 1024


def space_left(path: Path) -> int:
    """Bytes that this account may still write to the disk that holds `path` (a log, or its folder). Raises OSError."""
    return shutil.disk_usage(path if path.is_dir() else path.parent).free


def ballast_path(log: Path) -> Path:
    """Where the reserve of the log at `log` lies."""
    return log.with_name(f"{log.name}.ballast")


def keep_ballast(log: Path) -> bool:
    """Make sure the reserve exists, unless that would take half of what is left. True when it is there afterwards."""
    ballast = ballast_path(log)
    if ballast.exists():
        return True
    try:
        if space_left(log) < 2 * BALLAST_BYTES:
            return False
        _reserve(ballast)
    except OSError:  # no room, a size limit; `kiosk doctor` tells how little is left
        with contextlib.suppress(OSError):
            ballast.unlink(missing_ok=True)
        return False
    return True


def release_ballast(log: Path) -> bool:
    """Give the reserve up. True when there was one. Raises OSError."""
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
                os.write(handle, os.urandom(_CHUNK))  # random, so that no file system can store it as nothing
        os.fsync(handle)
    finally:
        os.close(handle)
