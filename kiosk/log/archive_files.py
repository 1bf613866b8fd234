"""All log files of a mode: the current log and all previous ones, with their copies.

Readers show each previous log once. Retention reads every file: a hold in any of them counts, and details must be
destroyed in all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import StoreUnusable
from kiosk.log.archive import NOT_OWN, archived_file, archived_files, cited_origins, is_named
from kiosk.log.log import LogOnDisk, open_at, open_reader
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import RETENTION, EntryKind
from kiosk.record.holds import in_force
from kiosk.settings import Home, Mode


@dataclass(frozen=True, slots=True)
class UnfinishedDestruction:
    """Details that entry `seq` of the log `origin` destroyed, but that the file of a previous log still contains."""

    file: Path
    encounter_id: str
    origin: str
    seq: int


@dataclass(frozen=True, slots=True)
class EveryLog:
    """All log files of a mode, open for reading.

    left_out: a sentence for each file that can't be read, is missing, or that no log here cites. Such a log may have a
    hold, so nothing is destroyed while there is one. Destructions and releases that it contains are ignored.
    """

    now: LogOnDisk
    earlier: tuple[tuple[Path, LogOnDisk], ...]
    left_out: tuple[str, ...]

    def of_kind(self, kind: EntryKind) -> Iterator[LoggedEntry]:
        """Yield the decoded entries of a kind, each once even when copies exist. Raises Altered."""
        seen: set[str] = set()
        for log in (*(log for _, log in self.earlier), self.now):
            for kept in map(decode, log.of_kind(kind)):
                if kept.event_id not in seen:
                    seen.add(kept.event_id)
                    yield kept

    def with_details(self, encounter_id: str) -> list[Path]:
        """Return the files of previous logs with details of a record."""
        return [file for file, log in self.earlier if _has_values(log, encounter_id)]

    def unfinished_destructions(self) -> Iterator[UnfinishedDestruction]:
        """Yield destroyed details that the file of a previous log still contains, except of records on legal hold."""
        held = {
            hold.encounter_id
            for hold in in_force(self.of_kind(EntryKind.HOLD_PLACED), self.of_kind(EntryKind.HOLD_RELEASED))
        }
        for later in (*(log for _, log in self.earlier), self.now):
            before = [one for one in self.earlier if later is self.now or one[1].created_us < later.created_us]
            for entry in later.of_kind(EntryKind.RECORD_DESTROYED) if before else ():
                encounter_id = _header(entry)["encounter_id"]
                for file, log in before if encounter_id not in held else ():
                    if log.origin != later.origin and _has_values(log, encounter_id):
                        yield UnfinishedDestruction(file, encounter_id, later.origin, entry.seq)

    def close(self) -> None:
        """Close all logs."""
        for log in (*(log for _, log in self.earlier), self.now):
            log.close()


def open_all(home: Home, mode: Mode) -> EveryLog:
    """Open all log files of the mode for reading. Raises StoreUnusable when the current log can't be read."""
    with ExitStack() as undo:
        now = open_reader(home, mode)
        undo.callback(now.close)
        found: list[tuple[Path, LogOnDisk]] = []
        left_out: list[str] = []
        for file in sorted(home.earlier.glob(f"{mode}-*.db")):
            try:
                found.append((file, open_at(file)))
            except StoreUnusable as error:
                left_out.append(f"{file} can't be read. {error.what}")
            else:
                undo.callback(found[-1][1].close)
        counted, others = _counted_and_others(home, mode, now, found)
        undo.pop_all()
    for log in (log for _, log in found if log not in [log for _, log in counted]):
        log.close()
    return EveryLog(now, counted, (*left_out, *others))


def _counted_and_others(
    home: Home, mode: Mode, now: LogOnDisk, found: Sequence[tuple[Path, LogOnDisk]]
) -> tuple[tuple[tuple[Path, LogOnDisk], ...], list[str]]:
    """Return the files of logs that the current log cites, and a sentence for each other or missing file."""
    files = set(archived_files(home, mode))
    named = [(path, log) for path, log in found if is_named(home, mode, path, log.origin)]
    names = cited_origins(now, [log for path, log in named if path in files])
    counted = tuple((path, log) for path, log in named if log.origin in names)
    here = {log.origin for _, log in counted}
    others = [f"{path} is left out. {NOT_OWN}" for path, log in found if (path, log) not in counted]
    missing = [f"{archived_file(home, mode, name)} is missing or damaged." for name in sorted(names - here)]
    return counted, others + missing


def _has_values(log: LogOnDisk, encounter_id: str) -> bool:
    entries = log.entries(encounter_id)
    return any((e.disclosures or e.encrypted) and _header(e)["kind"] not in RETENTION for e in entries)


def _header(entry: EncodedEntry) -> dict[str, str]:
    header: dict[str, str] = json.loads(entry.header)
    return header
