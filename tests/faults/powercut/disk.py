"""A disk that records its operations: `python -m tests.faults.powercut.disk BEHIND MOUNT RECORD`; ends when unmounted.

Every request is passed to the folder BEHIND, in order. It prints "ready" when the disk is mounted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import mfusepy

from tests.faults.powercut.operation import REPORTS, Kind, Operation, append

_STAT: Final = ("st_mode", "st_nlink", "st_size", "st_uid", "st_gid", "st_atime_ns", "st_mtime_ns", "st_ctime_ns")


class Disk(mfusepy.Operations):  # type: ignore[misc] # the library ships no types
    """Pass every request through, and record those that decide what survives a power cut."""

    use_ns = True

    def __init__(self, behind: Path, record: Path) -> None:
        self._behind = str(behind)
        self._record = record.open("wb", buffering=0)
        # By inode; the system uses one again after a removal.
        self._nodes = {behind.stat().st_ino: 0}
        self._open: dict[int, int] = {}
        self._made = 0
        reports = behind / REPORTS
        reports.touch()
        self._reports = self._new(reports.stat().st_ino)

    # -- requests that are only passed through -------------------------------------------------------------------------

    def init(self, path: str) -> None:
        """Print that the disk is mounted."""
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        """Return the result of `stat`."""
        found = os.lstat(self._real(path)) if fh is None else os.fstat(fh)
        return {name.removesuffix("_ns"): getattr(found, name) for name in _STAT}

    def readdir(self, path: str, fh: int) -> Iterable[str]:
        """Return the names in a folder."""
        return [".", "..", *os.listdir(self._real(path))]  # noqa: PTH208 - the library wants names as text

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        """Return bytes of an open file."""
        return os.pread(fh, size, offset)

    def statfs(self, path: str) -> dict[str, int]:
        """Return the free space."""
        found = os.statvfs(self._behind)
        return {name: getattr(found, name) for name in dir(found) if name.startswith("f_") and name != "f_fsid"}

    def chmod(self, path: str, mode: int) -> int:
        """Set permission bits; the search does not cover them."""
        os.chmod(self._real(path), mode)  # noqa: PTH101 - one call for one call
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        """Ignore the times of files; nothing depends on them."""
        return 0

    def release(self, path: str, fh: int) -> int:
        """Close an open file."""
        del self._open[fh]
        os.close(fh)
        return 0

    # -- names ---------------------------------------------------------------------------------------------------

    def create(self, path: str, mode: int, flags: int) -> int:
        """Create a file and open it."""
        handle = os.open(self._real(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        self._open[handle] = self._named("file", path, self._new(os.fstat(handle).st_ino))
        return handle

    def mkdir(self, path: str, mode: int) -> int:
        """Create a folder."""
        os.mkdir(self._real(path), mode)  # noqa: PTH102 - one call for one call
        self._named("folder", path, self._new(os.lstat(self._real(path)).st_ino))
        return 0

    def unlink(self, path: str) -> int:
        """Remove a file's name."""
        os.unlink(self._real(path))  # noqa: PTH108 - one call for one call
        self._named("unlink", path)
        return 0

    def rmdir(self, path: str) -> int:
        """Remove an empty folder."""
        os.rmdir(self._real(path))  # noqa: PTH106 - one call for one call
        self._named("unlink", path)
        return 0

    def rename(self, old: str, new: str) -> int:
        """Rename in one folder. Refuse to move between folders: POSIX does not say which of them must be synced."""
        if os.path.split(old)[0] != os.path.split(new)[0]:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        os.rename(self._real(old), self._real(new))  # noqa: PTH104 - one call for one call
        self._named("rename", old, to=os.path.split(new)[1])
        return 0

    # -- bytes ---------------------------------------------------------------------------------------------------

    def open(self, path: str, flags: int) -> int:
        """Open an existing file."""
        handle = os.open(self._real(path), os.O_RDWR)
        self._open[handle] = self._nodes[os.fstat(handle).st_ino]
        if flags & os.O_TRUNC:
            self.truncate(path, 0, handle)
        return handle

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        """Write bytes to an open file."""
        node = self._open[fh]
        if node == self._reports:
            append(self._record, Operation("report", data=data))
            return len(data)
        count = os.pwrite(fh, data, offset)
        append(self._record, Operation("write", node, at=offset, data=data[:count]))
        return count

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        """Set a file's length."""
        os.truncate(self._real(path) if fh is None else fh, length)
        found = os.lstat(self._real(path)) if fh is None else os.fstat(fh)
        append(self._record, Operation("size", self._nodes[found.st_ino], at=length))
        return 0

    def fallocate(self, path: str, mode: int, offset: int, size: int, fh: int) -> int:
        """Reserve space; only for calls that make the file longer."""
        if mode or offset + size < os.fstat(fh).st_size:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))
        return self.truncate(path, offset + size, fh)

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        """Record that the file's bytes are durable. The disk behind need not sync: its power stays on."""
        append(self._record, Operation("sync", self._open[fh]))
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        """Record that the folder's names are durable."""
        append(self._record, Operation("sync", self._node(path)))
        return 0

    # -- inside --------------------------------------------------------------------------------------------------

    def _real(self, path: str) -> str:
        return self._behind + path

    def _node(self, path: str) -> int:
        return self._nodes[os.lstat(self._real(path)).st_ino]

    def _new(self, number: int) -> int:
        self._made += 1
        self._nodes[number] = self._made
        return self._made

    def _named(self, kind: Kind, path: str, node: int = 0, to: str = "") -> int:
        folder, name = os.path.split(path)
        append(self._record, Operation(kind, self._node(folder), at=node, name=name, to=to))
        return node


def main() -> None:
    """Mount the disk, and serve requests one by one until it is unmounted."""
    behind, mount, record = map(Path, sys.argv[1:])
    # The system caches nothing, and a removed file is removed at once, as on a real disk.
    now = {"attr_timeout": 0, "entry_timeout": 0, "negative_timeout": 0, "hard_remove": True}
    mfusepy.FUSE(Disk(behind, record), str(mount), foreground=True, nothreads=True, **now)


if __name__ == "__main__":
    main()
