"""The formats of an export, and what writes each.

A new format is a line of `ExportFormat`, a case of `pieces`, and its own module in `exports/`: nothing else knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from kiosk.protocol.model import Protocol
from kiosk.record.disclosure.levels import Classes, Level, redacted
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.id_migration import in_todays_ids
from kiosk.reports.exports import csv, jsonl
from kiosk.reports.exports.html import Page
from kiosk.worded import Worded


class ExportFormat(Worded):
    """What an export is made as. Everything but a package is one stream of bytes."""

    JSONL = "jsonl", "one JSON object a line, for programs"
    CSV = "csv", "a table for a spreadsheet"
    HTML = "html", "a page to read"
    PACKAGE = "package", "an evidence package, verified without a kiosk"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported.

    entries:  the entries of each encounter; asked for again each time they are read.
    page:     the page of records, which says how much is shown.
    protocol: the one in use, whose fields come first in a table; None when it can't be read.
    """

    entries: Callable[[], Iterable[Sequence[LoggedEntry]]]
    page: Page
    protocol: Protocol | None

    def records(self) -> Iterator[EncounterRecord]:
        """The records, as far as the level shows them."""
        return records_of(self.entries(), self.page.level, self.page.classes)


def records_of(
    encounters: Iterable[Iterable[LoggedEntry]], level: Level, classes: Classes
) -> Iterator[EncounterRecord]:
    """The records of these encounters' entries, as far as the level shows them."""
    return (fold(redacted(kept, level, classes) for kept in entries) for entries in encounters)


def pieces(how: ExportFormat, chosen: Selection) -> Iterator[bytes]:
    """The export, piece by piece. Raises ValueError for a package, which is a folder (`reports/package`)."""
    match how:
        case ExportFormat.JSONL:
            return (f"{jsonl.line(record)}\n".encode() for record in chosen.records())
        case ExportFormat.CSV:
            return spreadsheet(chosen.records, chosen.protocol)
        case ExportFormat.HTML:
            return (piece.encode() for piece in chosen.page.pieces(chosen.entries()))
        case ExportFormat.PACKAGE:
            raise ValueError("a package is a folder, not a stream")
        case _:
            assert_never(how)


def spreadsheet(records: Callable[[], Iterator[EncounterRecord]], protocol: Protocol | None) -> Iterator[bytes]:
    """The table of these records, which are read twice: old and new ones in the same columns."""
    renamed = protocol.renamed if protocol else {}

    def today() -> Iterator[EncounterRecord]:
        return (in_todays_ids(record, renamed) for record in records())

    return (piece.encode() for piece in csv.sheet(today(), _field_ids(today(), protocol)))


def _field_ids(records: Iterator[EncounterRecord], protocol: Protocol | None) -> tuple[str, ...]:
    """The protocol's fields in its order, then whatever else was ever recorded, by name: the same columns each time."""
    found = {name for record in records for name in (*record.fields, *record.late_fields)}
    known = tuple(protocol.fields) if protocol else ()
    return (*known, *sorted(found - set(known)))
