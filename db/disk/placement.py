"""Check that the files of an open log are still the files at its path.

SQLite keeps a file open, not a name. A log that was deleted, replaced, moved or unmounted while it is open still
accepts entries, but nobody will find them. So each append checks before it writes, and again before it returns.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from db.error_mapping import named
from db.errors import Displaced


@dataclass(frozen=True, slots=True)
class _File:
    """A file's identity (device and inode number) and its size in bytes."""

    device: int
    inode: int
    size: int

    @classmethod
    def at(cls, path: str) -> _File | None:
        """Return the file at `path`; None when it does not exist or can't be accessed."""
        try:
            found = os.stat(path)  # noqa: PTH116 - between a key press and the next screen
        except OSError:
            return None
        return cls(found.st_dev, found.st_ino, found.st_size)

    def is_still(self, now: _File | None) -> bool:
        """Check that `now` is the same file and not shorter."""
        return now is not None and (now.device, now.inode) == (self.device, self.inode) and now.size >= self.size


class Placement:
    """The log's file and WAL at the opening of a connection, with their largest sizes since."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._paths = str(log), f"{log}-wal"
        self._main: _File | None = None
        self._wal: _File | None = None

    def opened(self) -> None:
        """Remember the files that a connection has just opened. Raises Displaced when the log is not the first file."""
        main, wal = map(_File.at, self._paths)
        if main is None or (self._main is not None and not self._main.is_still(main)):
            raise named(Displaced, self._log)
        self._main, self._wal = main, wal  # each new connection creates a new WAL, or none

    def closed(self) -> None:
        """Stop watching the WAL: the connection was closed, and SQLite has deleted it."""
        self._wal = None

    def emptied(self) -> None:
        """Expect an empty WAL: our own checkpoint has truncated it."""
        if self._wal is not None:
            self._wal = replace(self._wal, size=0)

    def require(self) -> None:
        """Raise Displaced when one of the files was deleted, replaced, moved, cut or unmounted since."""
        main, wal = map(_File.at, self._paths)
        if not (_same(self._main, main) and _same(self._wal, wal)):
            raise named(Displaced, self._log)
        # This connection did not create a WAL that appears later.
        self._main, self._wal = main if self._main else None, wal if self._wal else None


def _same(before: _File | None, now: _File | None) -> bool:
    return before is None or before.is_still(now)
