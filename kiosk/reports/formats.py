"""The formats of an export.

To add a stream, add a line of `ExportFormat`, a case of `pieces`, and a module in `exports/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import chain, islice
from typing import Final, Literal, assert_never

from kiosk.protocol.disclosure_classes import classes_of
from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.model import DisclosureClass, Protocol
from kiosk.protocol.replies import FACT
from kiosk.protocol.validation.renames import current_id
from kiosk.record.bodies import about
from kiosk.record.disclosure.levels import Classes, Level, is_included, redacted
from kiosk.record.disclosure.statistics import Categories, categories, counted
from kiosk.record.disclosure.withholding import NONE, Chosen
from kiosk.record.encounter_record import CHANNEL, EncounterRecord, fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.id_migration import Renamed, answer_today, in_todays_ids
from kiosk.reports.document.model import Document
from kiosk.reports.exports import csv, jsonl, paper, statistics
from kiosk.reports.exports.html import Page
from kiosk.reports.label import Label
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.system.date_range import ALL_DAYS, DateRange
from kiosk.worded import Worded


class ExportFormat(Worded):
    """The format of an export. All but packages and books are one stream of bytes."""

    JSONL = "jsonl", "one JSON object a line, for programs"
    CSV = "csv", "a table for a spreadsheet"
    XLSX = "xlsx", "an Excel workbook: typed sheets with a dictionary"
    CSV_ZIP = "csv-zip", "the sheets of that workbook as CSV in a .zip file"
    HTML = "html", "a page to read"
    PDF = "pdf", "pages to print, of a few hundred records at most"
    PACKAGE = "package", "an evidence package, verified without a kiosk"


BookFormat = Literal[ExportFormat.XLSX, ExportFormat.CSV_ZIP]
"""The formats with several sheets: a file that is not written from front to back (`reports/workbook`)."""

PLACED: Final = frozenset({ExportFormat.XLSX, ExportFormat.CSV_ZIP, ExportFormat.PACKAGE})
"""The formats that need a place of their own: they are no streams."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The content of an export.

    entries:  returns the entries of each encounter.
    page:     the page of records, with the label of the copy.
    protocol: the protocol in use, whose fields come first in a table; None when it can't be read.
    names:    returns the names of all values in the log; of a fact, `field.<id>`. A table has a column for each fact.
    days:     the requested days; whole months with an end at the level of statistics.
    paper:    of a PDF, as in the settings.
    earlier:  the protocols in the log, newest first. Counts keep the categories of each (see `categories_of`).
    """

    entries: Callable[[], Iterable[Sequence[LoggedEntry]]]
    page: Page
    protocol: Protocol | None
    names: Callable[[], Iterable[str]]
    days: DateRange = ALL_DAYS
    paper: str = "letter"
    earlier: Sequence[Protocol] = ()

    def records(self) -> Iterator[EncounterRecord]:
        """Return the records, redacted to the disclosure level."""
        return records_of(self.entries(), self.page.level, self.page.classes, self.page.chosen)


def records_of(
    encounters: Iterable[Iterable[LoggedEntry]], level: Level, classes: Classes, chosen: Chosen = NONE
) -> Iterator[EncounterRecord]:
    """Return the records of these encounters, redacted to this level and by decision."""
    if level is Level.FULL and not chosen:  # as they are
        return map(fold, encounters)
    return (
        fold(redacted(kept, level, classes, chosen) for kept in entries if is_included(kept, level, classes))
        for entries in encounters
    )


def pieces(format_: ExportFormat, selection: Selection) -> Iterator[bytes]:
    """Return the export, piece by piece. Raises ValueError for a format that is no stream."""
    if selection.page.level is Level.STATISTICS and format_ is not ExportFormat.PDF:
        return (piece.encode() for piece in _counts(format_, counts_of(selection)))
    match format_:
        case ExportFormat.JSONL:
            return lines_of(selection).jsonl(selection.records())
        case ExportFormat.CSV:
            return spreadsheet(selection)
        case ExportFormat.HTML:
            return (piece.encode() for piece in selection.page.pieces(selection.entries()))
        case ExportFormat.PDF:
            return _pdf(selection)
        case ExportFormat.PACKAGE | ExportFormat.XLSX | ExportFormat.CSV_ZIP:
            raise _no_stream()
        case _:
            assert_never(format_)


def document(selection: Selection) -> Document:
    """Return the export for a PDF. Raises UsageError if it has too many entries."""
    if selection.page.level is Level.STATISTICS:
        return paper.counted(counts_of(selection))
    return paper.records(selection.page, selection.entries())


def _pdf(selection: Selection) -> Iterator[bytes]:
    yield as_pdf(document(selection), selection.paper)


def _no_stream() -> ValueError:
    return ValueError("the format needs a place; it is not a stream")


def _counts(format_: ExportFormat, table: statistics.Table) -> Iterator[str]:
    match format_:
        case ExportFormat.JSONL:
            return (f"{line}\n" for line in statistics.lines(table))
        case ExportFormat.CSV:
            return statistics.sheet(table)
        case ExportFormat.HTML:
            return statistics.page(table)
        case ExportFormat.PDF | ExportFormat.PACKAGE | ExportFormat.XLSX | ExportFormat.CSV_ZIP:
            raise _no_stream()
        case _:
            assert_never(format_)


def counts_of(selection: Selection) -> statistics.Table:
    """Return the counts by month of a selection at the level of statistics."""
    protocol, page = selection.protocol, selection.page
    within = categories_of(protocol, selection.earlier)
    records = (in_todays_ids(record, protocol.renamed if protocol else {}) for record in selection.records())
    months = tuple(counted(records, selection.days, within, page.zone))
    return statistics.Table(page.label, within, months, page.about)


def categories_of(protocol: Protocol | None, earlier: Iterable[Protocol] = ()) -> Categories:
    """Return the categories of counts: the channels and outcomes of the class public, in today's ids.

    protocol: the one in use. earlier: those in the log. A category that the protocol in use does not have any more
    stays: if it became a part of “other”, the copy from before and the copy from after would together give away what
    each suppresses.
    """
    renamed = protocol.renamed if protocol else {}
    known = [one for one in (protocol, *earlier) if one is not None]
    return categories(
        (answer_today(renamed, CHANNEL, one) for each in known for one in _public_channels(each)),
        (current_id(renamed, "outcomes", one) for each in known for one in _public_outcomes(each)),
    )


def _public_channels(protocol: Protocol) -> Iterator[str]:
    classes, channels = classes_of(protocol), protocol.steps.get(CHANNEL)
    options = channels.options if isinstance(channels, AskStep) else ()
    return (option.id for option in options if classes.answers[CHANNEL, option.id] is DisclosureClass.PUBLIC)


def _public_outcomes(protocol: Protocol) -> Iterator[str]:
    return (one for one, cls in classes_of(protocol).outcomes.items() if cls is DisclosureClass.PUBLIC)


@dataclass(frozen=True, slots=True)
class Lines:
    """All that the lines of a copy need besides its records. It can be sent to another process.

    fields: the ids of the facts that have a column. renamed: today's ids, for a table. zone: of the times.
    """

    label: Label
    chosen: Chosen
    fields: tuple[str, ...] = ()
    renamed: Renamed = field(default_factory=dict)
    zone: tzinfo | None = None

    def jsonl(self, records: Iterable[EncounterRecord]) -> Iterator[bytes]:
        """Return the line of each record, for programs."""
        return (jsonl.encoded(record, self.label, self.zone, self.chosen) + b"\n" for record in records)

    def csv(self, records: Iterable[EncounterRecord]) -> Iterator[bytes]:
        """Return the row of each record in a table, with today's ids."""
        today = (in_todays_ids(record, self.renamed) for record in records)
        return (row.encode() for row in csv.rows(today, self.label, self.fields, self.zone, self.chosen))

    def head(self) -> bytes:
        """Return the first line of a table."""
        return csv.head(self.fields).encode()


def lines_of(selection: Selection, *, table: bool = False) -> Lines:
    """Return what the lines of this selection need. table: for a table, which has a column for each fact."""
    page, protocol = selection.page, selection.protocol
    if not table:
        return Lines(page.label, dict(page.chosen))
    fields, renamed = _field_ids(selection.names(), protocol), dict(protocol.renamed) if protocol else {}
    return Lines(page.label, dict(page.chosen), fields, renamed, page.zone)


def spreadsheet(selection: Selection) -> Iterator[bytes]:
    """Return a table of the records, with today's ids."""
    lines = lines_of(selection, table=True)
    rows = lines.csv(selection.records())
    first = [*islice(rows, 1)]  # an altered log ends here, before anything is written
    return chain([lines.head()], first, rows)


def _field_ids(names: Iterable[str], protocol: Protocol | None) -> tuple[str, ...]:
    """Return the protocol's fields in its order, then all other facts among these values by today's ids, sorted."""
    renamed, known = (protocol.renamed, tuple(protocol.fields)) if protocol else ({}, ())
    found = {current_id(renamed, "fields", about(name).removeprefix(FACT)) for name in names if FACT in name}
    return (*known, *sorted(found - set(known)))
