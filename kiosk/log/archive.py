"""All logs of a home as one: the earlier ones, which others took the place of, and the one that is written now.

An earlier log lies untouched at HOME/log/earlier/MODE-UUID.db, where UUID ends its origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from kiosk.errors import StoreUnusable
from kiosk.log.create import ORIGIN
from kiosk.log.log import LogOnDisk, open_at, open_reader
from kiosk.record.entries import SealedEntry
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.succession import began, cited, reached
from kiosk.settings import Home, Mode

NOT_OWN: Final = "No log here says that it goes on from it, so it is not counted as this kiosk's own."
_UUID: Final = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class LogHistory(LogOnDisk):
    """Logs read one after the other, oldest first; nothing can be appended."""

    def __init__(self, logs: Sequence[LogOnDisk], left_out: Sequence[str] = ()) -> None:
        """logs: oldest first, at least one; left_out: a sentence for each earlier log that could not be read.

        What this class does not answer itself fails at once: there is no store that holds all of it.
        """
        self._logs, self.left_out = tuple(logs), tuple(left_out)

    @property
    def logs(self) -> tuple[LogOnDisk, ...]:
        """The single logs, oldest first; the last one is written now."""
        return self._logs

    @property
    def origin(self) -> str:
        """Which log is written now."""
        return self._logs[-1].origin

    @property
    def key(self) -> VerifierKey:
        """The public key of the log that is written now."""
        return self._logs[-1].key

    @property
    def created_us(self) -> int:
        """When the first of them was made, in microseconds since 1970 UTC."""
        return self._logs[0].created_us

    def size(self) -> int:
        """How many entries they hold together."""
        return sum(log.size() for log in self._logs)

    def append(self, entries: Sequence[SealedEntry]) -> None:  # noqa: ARG002 - nothing is taken
        """Refused: these logs are only read."""
        raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")

    def entries(self, encounter_id: str | None = None) -> Iterator[SealedEntry]:
        """Entries in order, of one encounter or all; in each log their numbers begin anew."""
        for log in self._logs:
            yield from log.entries(encounter_id)

    def encounter_ids(self, kind: str) -> Sequence[str]:
        """The encounters that have an entry of this kind, oldest first."""
        return list(dict.fromkeys(found for log in self._logs for found in log.encounter_ids(kind)))

    def last(self) -> SealedEntry | None:
        """The newest entry."""
        return next((last for log in reversed(self._logs) if (last := log.last()) is not None), None)

    def of_kind(self, kind: str) -> Iterator[SealedEntry]:
        """All entries of this kind, oldest first."""
        for log in self._logs:
            yield from log.of_kind(kind)

    def newest(self, kind: str | None = None) -> Iterator[SealedEntry]:
        """Entries, or those of one kind, the newest first."""
        for log in reversed(self._logs):
            yield from log.newest(kind)

    def count(self, kind: str) -> int:
        """How many entries they have of this kind together."""
        return sum(log.count(kind) for log in self._logs)

    def has(self, event_id: str) -> bool:
        """Whether an entry with this id is in any of them."""
        return any(log.has(event_id) for log in self._logs)

    def close(self) -> None:
        """Let go of all of them."""
        for log in self._logs:
            log.close()


def archived_file(home: Home, mode: Mode, origin: str) -> Path:
    """Where the log with that origin lies once another has taken its place."""
    return home.earlier / f"{mode}-{origin.removeprefix(ORIGIN)}.db"


def archived_files(home: Home, mode: Mode) -> list[Path]:
    """Every earlier log of the mode, in no order that means anything. Other files in that folder are passed over."""
    name = re.compile(f"{mode}-{_UUID}\\.db")
    return sorted(path for path in home.earlier.glob(f"{mode}-*.db") if name.fullmatch(path.name))


def archived_logs(home: Home, mode: Mode) -> list[Path]:
    """Further copies of logs, and logs whose name could not be told: kept among the earlier ones, and not read."""
    read = set(archived_files(home, mode))
    return sorted(path for path in home.earlier.glob(f"{mode}-*.db") if path not in read)


def open_chain(home: Home, mode: Mode) -> LogHistory:
    """The mode's log with all earlier ones, for reading, beside a running kiosk or not. Raises StoreUnusable.

    An earlier log that can't be read, or that no log here goes on from, is left out, and `left_out` says so. While one
    that is gone on from can't be read, nobody can tell which others it cites, so all that have a right name are read.
    """
    with ExitStack() as undo:
        now = open_reader(home, mode)
        undo.callback(now.close)
        earlier, left_out = _earlier(home, mode, now, undo)
        undo.pop_all()
    return LogHistory([*sorted(earlier, key=lambda log: log.created_us), now], left_out)


def own(now: LogOnDisk, earlier: Iterable[LogOnDisk]) -> set[str]:
    """The names of all logs that the present one goes on from: what lies here under another name is not its own."""
    cites: dict[str, tuple[str, ...]] = {}
    for log in (now, *earlier):
        with suppress(StoreUnusable):
            cites.setdefault(log.origin, cited(began(log)))
    return reached(now.origin, cites)


def is_named(home: Home, mode: Mode, path: Path, origin: str) -> bool:
    """Whether the file, or the file that it is a copy of, has the name of that log."""
    return path.name.partition(".")[0] == archived_file(home, mode, origin).stem


def _earlier(home: Home, mode: Mode, now: LogOnDisk, undo: ExitStack) -> tuple[list[LogOnDisk], list[str]]:
    found: list[tuple[Path, LogOnDisk]] = []
    left_out: list[str] = []
    for path in archived_files(home, mode):
        try:
            log = open_at(path)
        except StoreUnusable as error:
            left_out.append(f"An earlier log, {path.name}, is left out: {error.what}")
            continue
        undo.callback(log.close)
        found.append((path, log))
    named = [log for path, log in found if is_named(home, mode, path, log.origin) and log.origin != now.origin]
    names = own(now, named)
    whole = names <= {log.origin for log in named}
    read = [log for log in named if log.origin in names or not whole]
    left_out += [f"An earlier log, {path.name}, is left out: {NOT_OWN}" for path, log in found if log not in read]
    return read, left_out
