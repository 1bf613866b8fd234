"""The archive of CSV files: the cells of the workbook, safe to open in a spreadsheet."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk.errors import StoreUnusable
from kiosk.reports.formats import ExportFormat
from kiosk.reports.workbook.model import Column
from tests.reports.records import HOSTILE
from tests.reports.workbook.reading import a_book, made, sheets


def test_each_cell_is_quoted_text(tmp_path: Path) -> None:
    """Numbers, dates and times as other programs write them; UTF-8 with BOM, CRLF."""
    columns = tuple(Column(name) for name in "abcd")
    book = a_book([3, date(2026, 9, 14), datetime.fromisoformat("2026-09-14T10:42:00"), None], columns=columns)
    path = made(book, ExportFormat.CSV_ZIP, tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert archive.read("facts.csv").decode() == (
            '\ufeff"a","b","c","d"\r\n"3","2026-09-14","2026-09-14 10:42:00",""\r\n'
        )


def test_text_is_no_formula_and_stays_as_it_is(tmp_path: Path) -> None:
    """By the rules of the other CSV: an apostrophe in front, and nothing that can't be printed."""
    texts = ["=1+1", "0023", "\t@x", "UTC-04:00", HOSTILE, "an agency", 'a "quoted"; one\r\n']
    rows = sheets(made(a_book(*([one] for one in texts)), ExportFormat.CSV_ZIP, tmp_path))["facts"]
    found = [row["Words"] for row in rows]
    assert found[:4] == ["'=1+1", "'0023", "'␉@x", "UTC-04:00"]
    assert found[5:] == ["an agency", 'a "quoted"; one␍␊']
    assert [one for one in found if not one.isprintable()] == []


def test_the_same_book_makes_the_same_bytes(tmp_path: Path) -> None:
    """No file in it has a time or an owner of its own."""
    first, second = (made(a_book(["a"]), ExportFormat.CSV_ZIP, tmp_path) for _ in range(2))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert [one.date_time for one in archive.infolist()] == [(1980, 1, 1, 0, 0, 0)]


def test_a_disk_that_fills_is_an_error_of_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the files are put together; nothing is left."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(StoreUnusable, match="the disk is full"):
        made(a_book(["a"]), ExportFormat.CSV_ZIP, tmp_path)
    assert [*tmp_path.iterdir()] == []
