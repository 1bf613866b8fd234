"""All logs of a home, read as one: the previous logs and the current one.

A previous log is kept unchanged at HOME/log/earlier/MODE-UUID.db, where UUID is the end of its origin.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

from kiosk.errors import StoreUnusable
from kiosk.log.create import ORIGIN
from kiosk.log.log import LogOnDisk, open_at, open_reader
from kiosk.record.entries import EncodedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.succession import all_cited, cited, start_entry
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant

NOT_OWN: Final = "No log here cites it as a previous log, so it does not count as this kiosk's own."
_BATCH: Final = 64
_UUID: Final = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


class LogHistory(LogOnDisk):
    """Several logs read in sequence, oldest first; read-only."""

    def __init__(self, logs: Sequence[LogOnDisk], left_out: Sequence[str] = ()) -> None:
        """logs: oldest first, at least one. left_out: a sentence for each previous log that could not be read.

        Inherited methods that this class does not override fail, because no single store holds all logs.
        """
        self._logs, self.left_out = tuple(logs), tuple(left_out)

    @property
    def logs(self) -> tuple[LogOnDisk, ...]:
        """The single logs, oldest first; the last is the current one."""
        return self._logs

    @property
    def origin(self) -> str:
        """The origin of the current log."""
        return self._logs[-1].origin

    @property
    def key(self) -> VerifierKey:
        """The public key of the current log."""
        return self._logs[-1].key

    @property
    def created_us(self) -> int:
        """Creation time of the first log, in microseconds since 1970 UTC."""
        return self._logs[0].created_us

    def desk_of(self, encounter_id: str) -> LogHistory:  # noqa: ARG002 - here all logs are of one desk
        """Return the logs of the desk that has this record."""
        return self

    def names_of(self, ids: Sequence[str]) -> Mapping[str, tuple[str, str]]:  # noqa: ARG002 - here all are of one desk
        """Return the school and the desk of each of these records, where they are of several desks."""
        return {}

    def size(self) -> int:
        """Return the number of entries in all logs."""
        return sum(log.size() for log in self._logs)

    def latest_us(self) -> int | None:
        """Return the latest time of any entry in all logs."""
        return max((found for log in self._logs if (found := log.latest_us()) is not None), default=None)

    def append(self, entries: Sequence[EncodedEntry]) -> None:  # noqa: ARG002 - read-only
        """Raise StoreUnusable: these logs are read-only."""
        raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")

    def entries(self, encounter_id: str | None = None) -> Iterator[EncodedEntry]:
        """Yield entries in order, of one record or of all. In each log, numbers start at 0 again."""
        for log in self._logs:
            yield from log.entries(encounter_id)

    def encounter_ids(self, kind: EntryKind) -> Sequence[str]:
        """Return the ids of records with an entry of this kind, oldest first."""
        return list(dict.fromkeys(found for log in self._logs for found in log.encounter_ids(kind)))

    def value_names(self) -> Sequence[str]:
        """Return the names of all values in all logs, sorted."""
        return sorted({name for log in self._logs for name in log.value_names()})

    def last(self) -> EncodedEntry | None:
        """Return the newest entry."""
        return next((last for log in reversed(self._logs) if (last := log.last()) is not None), None)

    def of_kind(self, kind: EntryKind) -> Iterator[EncodedEntry]:
        """Yield all entries of this kind, oldest first."""
        for log in self._logs:
            yield from log.of_kind(kind)

    def newest(self, kind: EntryKind | None = None) -> Iterator[EncodedEntry]:
        """Yield entries, or those of one kind, newest first."""
        for log in reversed(self._logs):
            yield from log.newest(kind)

    def count(self, kind: EntryKind) -> int:
        """Return the number of entries of this kind in all logs."""
        return sum(log.count(kind) for log in self._logs)

    def lacking(self, kind: EntryKind, other: EntryKind, before: str | None = None) -> Iterator[str]:
        """Yield the ids of records with an entry of `kind` and none of `other` in any log, newest first. As above."""
        started = before is None
        for n in reversed(range(len(self._logs))):
            one, later = self._logs[n], self._logs[n + 1 :]
            here = started or bool(one.of_records([str(before)], [kind])[str(before)])
            ids = iter(one.lacking(kind, other, None if started else before) if here else ())
            started = started or here
            while batch := list(islice(ids, _BATCH)):
                gone = {name for log in later for name, kept in log.of_records(batch, [other]).items() if kept}
                yield from (name for name in batch if name not in gone)

    def of_records(self, ids: Sequence[str], kinds: Collection[EntryKind]) -> dict[str, list[EncodedEntry]]:
        """Return the entries of these kinds of each of these records, in order, from all logs."""
        found = [log.of_records(ids, kinds) for log in self._logs]
        return {name: [kept for one in found for kept in one[name]] for name in ids}

    def close(self) -> None:
        """Close all logs."""
        for log in self._logs:
            log.close()


def archived_file(home: Home, mode: Mode, origin: str) -> Path:
    """Return the path of the log with this origin after another log has replaced it."""
    return home.earlier / f"{mode}-{origin.removeprefix(ORIGIN)}.db"


def archived_files(home: Home, mode: Mode) -> list[Path]:
    """Return the files of all previous logs of the mode, sorted by name, not by time; other files are left out."""
    name = re.compile(f"{mode}-{_UUID}\\.db")
    return sorted(path for path in home.earlier.glob(f"{mode}-*.db") if name.fullmatch(path.name))


def unread_copies(home: Home, mode: Mode) -> list[Path]:
    """Return the files in the folder of previous logs that are not read: extra copies, and logs of unknown origin."""
    return sorted(set(home.earlier.glob(f"{mode}-*.db")) - set(archived_files(home, mode)))


def open_history(home: Home, mode: Mode) -> LogHistory:
    """Open the mode's log and all previous logs for reading, also while a kiosk runs. Raises StoreUnusable.

    A previous log that can't be read, or that no log here cites, is skipped and reported in `left_out`. While a cited
    log can't be read, the logs that it cites are unknown. Then all files with a valid name are read.
    """
    with ExitStack() as undo:
        now = open_reader(home, mode)
        undo.callback(now.close)
        earlier, left_out = _earlier(home, mode, now, undo)
        undo.pop_all()
    return LogHistory([*sorted(earlier, key=lambda log: log.created_us), now], left_out)


def newest_day(home: Home) -> date | None:
    """Return the newest day that an entry of the live logs was made on; None without entries or a readable log."""
    with suppress(StoreUnusable), closing(open_history(home, "live")) as log:
        latest = log.latest_us()
        return None if latest is None else Instant(latest, "", 0).local().date()
    return None


def cited_origins(now: LogOnDisk, earlier: Iterable[LogOnDisk]) -> set[str]:
    """Return the origins of all logs that the current log cites, directly or through others."""
    cites: dict[str, tuple[str, ...]] = {}
    for log in (now, *earlier):
        with suppress(StoreUnusable):
            cites.setdefault(log.origin, cited(start_entry(log)))
    return all_cited(now.origin, cites)


def is_named(home: Home, mode: Mode, path: Path, origin: str) -> bool:
    """Check that the file, or the file it is a copy of, is named for the log with this origin."""
    return path.name.partition(".")[0] == archived_file(home, mode, origin).stem


def _earlier(home: Home, mode: Mode, now: LogOnDisk, undo: ExitStack) -> tuple[list[LogOnDisk], list[str]]:
    found: list[tuple[Path, LogOnDisk]] = []
    left_out: list[str] = []
    for path in archived_files(home, mode):
        try:
            log = open_at(path)
        except StoreUnusable as error:
            left_out.append(f"The previous log {path.name} is left out: {error.what}")
            continue
        undo.callback(log.close)
        found.append((path, log))
    named = [log for path, log in found if is_named(home, mode, path, log.origin) and log.origin != now.origin]
    names = cited_origins(now, named)
    complete = names <= {log.origin for log in named}
    read = [log for log in named if log.origin in names or not complete]
    left_out += [f"The previous log {path.name} is left out: {NOT_OWN}" for path, log in found if log not in read]
    return read, left_out
