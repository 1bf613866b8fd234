"""The book of a selection: at the level of statistics the counts, at any other level the records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from itertools import chain

from kiosk.record.disclosure.levels import Level
from kiosk.record.encounter_record import ProtocolUsed
from kiosk.record.pack_entries import Protocols
from kiosk.reports.formats import Selection, counts_of, lines_of
from kiosk.reports.workbook import about, dictionary, months, withheld
from kiosk.reports.workbook.encounters import Encounters
from kiosk.reports.workbook.model import Book, Part, Row, Sheet
from kiosk.reports.workbook.moments import Moments
from kiosk.reports.workbook.record_sheets import ALL
from kiosk.reports.workbook.words import Words, words_of
from kiosk.system.clock import Instant


def book_of(selection: Selection, protocols: Protocols, now: Instant, whom: str) -> Book:
    """Return the book. protocols: those in the log. now: when it is made. whom: the recipient."""
    counts = selection.page.level is Level.STATISTICS
    parts = _counts(selection) if counts else _Records(selection, protocols).parts()
    return Book(selection.page.label, now.local(UTC).replace(tzinfo=None, microsecond=0), whom, parts)


def _counts(selection: Selection) -> tuple[Part, ...]:
    table, page = counts_of(selection), selection.page
    sheet = months.sheet(table.within)
    return (
        Part((sheet,), lambda: ((0, row) for row in months.rows(table))),
        Part((about.SHEET,), lambda: ((0, row) for row in about.rows(page, (sheet,), ()))),
    )


class _Records:
    """The sheets of records, then those about the copy. The versions of protocols are found on the way."""

    def __init__(self, selection: Selection, protocols: Protocols) -> None:
        self._selection, page = selection, selection.page
        self._words = words_of(protocols, page.classes, page.level)
        self._found: dict[str, ProtocolUsed] = {}
        lines, today = lines_of(selection, table=True), Words(selection.protocol, None, page.level)
        self._encounters = Encounters(page.label, lines.fields, selection.protocol, today, lines.renamed, page.zone)

    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the book."""
        records = Part((self._encounters.sheet, *(one.sheet for one in ALL)), self._rows)
        return records, Part((withheld.SHEET, dictionary.SHEET, about.SHEET), lambda: self._last(records.sheets))

    def _rows(self) -> Iterator[tuple[int, Row]]:
        moments, sheets = Moments(self._selection.page.zone), [*enumerate((one.rows for one in ALL), 1)]
        for record in self._selection.records():
            self._found.setdefault(record.protocol.content_hash, record.protocol)
            words = self._words(record.protocol.content_hash)
            yield 0, self._encounters.row(record, words)
            for number, rows_of in sheets:
                for row in rows_of(record, words, moments):
                    yield number, row

    def _last(self, sheets: tuple[Sheet, ...]) -> Iterator[tuple[int, Row]]:
        page = self._selection.page
        protocols = [f"{used.id} {used.version}, content hash {used.content_hash}" for used in self._found.values()]
        yield from ((0, row) for row in withheld.rows(page.chosen))
        of_each = (dictionary.rows(used, self._words(used.content_hash)) for used in self._found.values())
        yield from ((1, row) for row in chain.from_iterable(of_each))
        named = (*sheets, withheld.SHEET, dictionary.SHEET)
        yield from ((2, row) for row in about.rows(page, named, protocols))
