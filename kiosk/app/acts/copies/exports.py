"""Exports of records: what must hold before one is made, and the file with its entry. For commands and screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.log.archive import LogHistory
from kiosk.log.continuity import signer_for
from kiosk.log.retention_state import of_kind
from kiosk.presentation.acts import Progress
from kiosk.record.after_action.assessment import privileged_notes
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.lifting import Lifting
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.export_request import Export, Request, redactions, values_lifted, values_withheld
from kiosk.reports.formats import ExportFormat
from kiosk.reports.package import writer
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock
from kiosk.system.files import save_new_file


@dataclass(frozen=True, slots=True)
class Planned:
    """An export that can be made. ids: the encounters in it."""

    home: Home
    mode: Mode
    log: LogHistory
    request: Request
    export: Export
    ids: Sequence[str]

    @property
    def lifted(self) -> tuple[Lifting, ...]:
        """The values that an earlier copy for this or a narrower audience withheld, and that this one shows."""
        return values_lifted(self.request, self.log, self.ids, self.export.classes)

    @property
    def redactions(self) -> Iterator[str]:
        """Each text that the copy shows only in part, as it shows it."""
        return redactions(self.log, self.ids, self.export.chosen)

    @property
    def privileged(self) -> int:
        """The number of privileged notes in the copy."""
        if self.export.label.level is not Level.FULL:
            return 0
        return privileged_notes(of_kind(self.log, EntryKind.RECORD_ASSESSED), self.ids)


def plan(home: Home, mode: Mode, log: LogHistory, request: Request, clock: Clock) -> Planned:
    """Return the export that answers a fitting request.

    Raises UsageError for a record or a value that is not there, and Refused if a public copy would show a record that
    was flagged and that nobody looked at since.
    """
    ids = request.selected(log, mode)
    export = Export(request, log, home, mode, clock.now(), values_withheld(request, log, ids))
    export.require_reviewed(ids)
    return Planned(home, mode, log, request, export, ids)


def named(lifted: Sequence[Lifting]) -> str:
    """Return the names of values that are shown again, each with the ground on which it was withheld."""
    return ", ".join(f"{one.no}:{one.value} ({one.ground})" for one in lifted)


def shown_again(lifted: Sequence[Lifting]) -> str:
    """Return why one person can't make an export."""
    return f"Nothing was exported. An earlier copy for this or a narrower audience withheld {named(lifted)}."


def save(planned: Planned, path: Path, clock: Clock, progress: Progress) -> Entry:
    """Write the new file of an export, and return the entry about it.

    Raises StoreUnusable, NameTaken, Altered, and what `progress` raises; then nothing is left.
    """
    request, export, ids = replace(planned.request, path=str(path)), planned.export, planned.ids
    match request.format:
        case ExportFormat.PACKAGE:
            return request.entry(len(ids), manifest=_save_package(planned, path, clock, progress))
        case ExportFormat.XLSX | ExportFormat.CSV_ZIP as book:
            return request.entry(len(ids), digest=export.save(book, path, ids, progress))
        case _:
            with closing(export.pieces(ids, progress)) as pieces:
                return request.entry(len(ids), digest=save_new_file(path, pieces))


def _save_package(planned: Planned, path: Path, clock: Clock, progress: Progress) -> str:
    request, export, ids = planned.request, planned.export, planned.ids
    wanted = writer.Wanted(
        ids=ids,
        whole=request.whole,
        page=export.page(len(ids)),
        asked=request.asked,
        whom=request.whom,
        sheet=export.sheet,
        progress=progress,
    )
    signer = signer_for(planned.home, planned.mode, planned.log)
    return writer.write(path, planned.log, wanted, signer, clock)
