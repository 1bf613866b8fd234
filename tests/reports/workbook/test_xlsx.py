"""A workbook read by openpyxl: types, hostile words, and what makes it usable."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.errors import StoreUnusable
from kiosk.record.printable import printable
from kiosk.reports.formats import ExportFormat
from kiosk.reports.workbook import xlsx
from kiosk.reports.workbook.model import Book, Column, Kind, Row
from tests.reports.records import HOSTILE, a_label
from tests.reports.workbook.reading import a_book, made, words, workbook

TEXTS: Final = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1+1}",
    "\t=1",
    "http://example.invalid/",
    "mailto:a@example.invalid",
    "0023",
    "1E5",
    "3-12",
    "TRUE",
    "#N/A",
    "{{7*7}}",
    "${7*7}",
    "<r><t>x</t></r>",
    "<r></is></c></row></sheetData></r>",
    "]]>&lt;&amp;<!--",
    "_x000D_",
    "_x005F_x000D_",
    "\x00\x07\x1b[2J\r\n",
    "\ud800 \udfff",
    "\u202eright to left\u202c مدرسة",
    "👩‍👩‍👧 Nguyễn 王小明",
    "  spaces around  ",
    "x" * 10_000,
    HOSTILE,
)


def written(book: Book, folder: Path) -> Any:
    """The book as a workbook."""
    return workbook(made(book, ExportFormat.XLSX, folder))


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """Each is text, in the format of text, and nothing is a formula or a link."""
    sheet = written(a_book(*([one] for one in TEXTS)), tmp_path)["Facts"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [words(cell.value) for cell in cells] == [printable(one) for one in TEXTS]
    assert {(cell.data_type, cell.number_format, cell.hyperlink) for cell in cells} <= {
        (kind, "@", None) for kind in ("s", "inlineStr")
    }


def test_numbers_dates_and_times_have_their_types(tmp_path: Path) -> None:
    """Text in a column of numbers stays text; an empty cell is empty."""
    columns = (Column("n", Kind.NUMBER), Column("d", Kind.DATE), Column("t", Kind.TIME), Column("w"))
    at = datetime.fromisoformat("2026-11-01T01:30:59")
    known: Row = [3, date(2026, 9, 14), at, "0023"]
    rows: tuple[Row, ...] = (known, ["(refused)", "soon", "never", ""], [None] * 4)
    sheet = written(a_book(*rows, columns=columns), tmp_path)["Facts"]
    first, second, *_ = sheet.iter_rows(min_row=2)
    assert [cell.value for cell in first] == [3, datetime.fromisoformat("2026-09-14"), at, "0023"]
    assert [cell.number_format for cell in first] == ["0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "@"]
    assert [cell.value for cell in second] == ["(refused)", "soon", "never", None]
    assert [cell.data_type for cell in (*first[:3], second[3])] == ["n", "d", "d", "n"]


def test_a_sheet_is_a_table_with_a_title_and_a_description(tmp_path: Path) -> None:
    """Its range is that of its rows; one head row, frozen and repeated; landscape, as wide as a page."""
    path = made(a_book(["a"], ["b"]), ExportFormat.XLSX, tmp_path)
    sheet = workbook(path)["Facts"]
    table = sheet.tables["Facts_table"]
    assert (table.ref, table.autoFilter.ref, [one.name for one in table.tableColumns]) == ("A1:A3", "A1:A3", ["Words"])
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/tables/table1.xml").decode()
    assert 'altText="Facts"' in xml
    assert 'altTextSummary="One row for each fact."' in xml
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.merged_cells.ranges) == ("B2", "$1:$1", set())
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_long_sheet_has_a_filter_and_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And an empty one has only its head."""
    monkeypatch.setattr(xlsx, "_MOST_IN_TABLE", 1)
    sheet = written(a_book(["a"], ["b"]), tmp_path)["Facts"]
    assert (dict(sheet.tables), sheet.auto_filter.ref) == ({}, "A1:A3")
    empty = written(a_book(), tmp_path)["Facts"]
    assert (dict(empty.tables), empty.auto_filter.ref, empty.dimensions) == ({}, None, "A1:A1")


def test_rows_are_as_high_as_their_longest_text(tmp_path: Path) -> None:
    """At most as high as Excel allows; no height stays in memory."""
    sheet = written(a_book(["short"], ["word " * 20], ["x" * 10_000], ["short"]), tmp_path)["Facts"]
    heights = [sheet.row_dimensions[row].height for row in range(2, 6)]
    assert heights[0] is None
    assert heights[1] == 15 * 7
    assert heights[2] == 405
    assert heights[3] is None


def test_the_margins_say_what_the_copy_is(tmp_path: Path) -> None:
    """On each page; an ampersand there is no command."""
    book = a_book(["a"], mode="practice")
    label = a_label(mode="practice")
    hostile = Book(type(label)(label.level, "&D &&", "A&B \x1b" * 90, "practice"), book.made, "Q&A" * 99, book.parts)
    sheet = written(hostile, tmp_path)["Facts"]
    assert sheet.oddHeader.left.text == "Facts"
    assert sheet.oddHeader.right.text == "Disclosure level: full (PRACTICE)"
    assert sheet.oddHeader.center.text.startswith("A&&B ␛A&&B")
    assert sheet.oddFooter.left.text == "&&D &&&&"
    assert sheet.oddFooter.right.text == "Page &P of &N"


def test_the_same_book_makes_the_same_bytes(tmp_path: Path) -> None:
    """The only time in it is that of the copy."""
    first, second = (made(a_book(["a"]), ExportFormat.XLSX, tmp_path).read_bytes() for _ in range(2))
    assert first == second
    properties = written(a_book(["a"]), tmp_path).properties
    assert (properties.created, properties.title, properties.creator) == (
        datetime.fromisoformat("2026-09-14T14:42:00"),
        "Copy of records",
        None,
    )


def test_a_disk_that_fills_at_the_end_is_an_error_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library hides it in an error of its own; nothing is left."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(StoreUnusable, match="the disk is full"):
        made(a_book(["a"]), ExportFormat.XLSX, tmp_path)
    assert [*tmp_path.iterdir()] == []
