"""Whether the files of an open log are still the ones at its path.

SQLite holds a file, not a name: a log that was deleted, replaced, moved or unmounted while it is open goes on taking
entries that nobody will find. So each append looks, before it writes and before it says that it is durable.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from db.errors import Displaced
from db.translate import named


@dataclass(frozen=True, slots=True)
class _File:
    """Which file a name stood for, and how long it was."""

    device: int
    inode: int
    size: int

    @classmethod
    def at(cls, path: str) -> _File | None:
        """The file at `path`; None when there is none, or none that can be reached."""
        try:
            found = os.stat(path)  # noqa: PTH116 - between a key press and the next screen
        except OSError:
            return None
        return cls(found.st_dev, found.st_ino, found.st_size)

    def is_still(self, now: _File | None) -> bool:
        """Whether `now` is this file, and nothing was cut off it."""
        return now is not None and (now.device, now.inode) == (self.device, self.inode) and now.size >= self.size


class Placement:
    """The log's file and its WAL, as they were when a connection had just opened them, and how long they have grown."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._paths = str(log), f"{log}-wal"
        self._main: _File | None = None
        self._wal: _File | None = None

    def opened(self) -> None:
        """A connection has opened the files. Raises Displaced when the log is another file than the first time."""
        main, wal = map(_File.at, self._paths)
        if main is None or (self._main is not None and not self._main.is_still(main)):
            raise named(Displaced, self._log)
        self._main, self._wal = main, wal  # a new connection makes a new WAL, or none where the disk allows none

    def closed(self) -> None:
        """The connection was closed, and SQLite has taken the WAL away."""
        self._wal = None

    def emptied(self) -> None:
        """A checkpoint of ours has emptied the WAL."""
        if self._wal is not None:
            self._wal = replace(self._wal, size=0)

    def require(self) -> None:
        """Raise Displaced when one of the files was deleted, replaced, moved, cut or unmounted since."""
        main, wal = map(_File.at, self._paths)
        if not (_same(self._main, main) and _same(self._wal, wal)):
            raise named(Displaced, self._log)
        # Only what is watched already: a file that others put there is not ours.
        self._main, self._wal = main if self._main else None, wal if self._wal else None


def _same(before: _File | None, now: _File | None) -> bool:
    return before is None or before.is_still(now)
