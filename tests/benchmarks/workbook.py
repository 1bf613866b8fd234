"""A workbook of many records beside XlsxWriter writing the same values. `python -m tests.benchmarks.workbook`.

Both in time of this process, in turns, the least of three: the whole export, from the choice of the records in the log
to the file that was read back; and the library with the finished rows in memory. Then the most memory of the command
with two logs of different size. `python -m tests.benchmarks.workbook 60000 5000` takes a log of so many entries and
encounters.
"""

from __future__ import annotations

import argparse
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from kiosk.commands.common.records import reading
from kiosk.log.log import LogOnDisk
from kiosk.reports.export_request import Export, Request
from kiosk.reports.formats import BookFormat, ExportFormat
from kiosk.reports.workbook.model import Cell, Row
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import ALL_DAYS
from tests.benchmarks.biglog import big_home, copied
from tests.benchmarks.log import kiosk, least, most_memory, told

TRIES = 3
SMALL = (20_000, 2_000)
LARGE = (150_000, 15_000)

Sheets = list[tuple[list[Row], list[int]]]
"""For each sheet its rows, the head first, and the widths of its columns."""


def exported(home: Home, log: LogOnDisk, how: BookFormat, path: Path) -> None:
    """What `kiosk log export --level full -o` does."""
    path.unlink(missing_ok=True)
    request = Request(how, "full", (), ALL_DAYS, "", str(path))
    ids = request.selected(log, "live")
    Export(request, log, home, "live", SystemClock().now()).save(how, path, ids)


def sheets_of(home: Home, log: LogOnDisk) -> Sheets:
    """The rows of the same workbook."""
    request = Request(ExportFormat.XLSX, "full", (), ALL_DAYS, "", None)
    export = Export(request, log, home, "live", SystemClock().now())
    sheets: Sheets = []
    for part in export.book(request.selected(log, "live")).parts:
        first = len(sheets)
        sheets += [([[one.label for one in of.columns]], [one.width for one in of.columns]) for of in part.sheets]
        for number, row in part.rows():
            sheets[first + number][0].append(row)
    return sheets


def plain(sheets: Sheets, path: Path) -> None:
    """Write these values by the library alone, with the same formats, in constant memory."""
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with closing(Workbook(str(path), options)) as book:
        text, number, day = (book.add_format({"num_format": code, "text_wrap": True}) for code in _CODES)
        for rows, widths in sheets:
            sheet = book.add_worksheet()
            for at, width in enumerate(widths):
                sheet.set_column(at, at, width, text)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write(sheet, at, column, value, text, number, day)


_CODES = ("@", "0", "yyyy-mm-dd hh:mm:ss")


def _write(sheet: Any, at: int, column: int, value: Cell, text: Any, number: Any, day: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(at, column, value, text)
    elif isinstance(value, int):
        sheet.write_number(at, column, value, number)
    else:
        sheet.write_datetime(at, column, value, day)


def writing(home: Home, scratch: Path) -> None:
    """The ratios."""
    with reading(home, "live") as log:
        sheets = sheets_of(home, log)
        path = scratch / "copy"
        rounds = [
            (
                least(lambda: exported(home, log, ExportFormat.XLSX, path), 1),
                least(lambda: exported(home, log, ExportFormat.CSV_ZIP, path), 1),
                least(lambda: plain(sheets, scratch / "plain.xlsx"), 1),
            )
            for _ in range(TRIES)
        ]
    xlsx_, csv_zip, floor = (min(column) for column in zip(*rounds, strict=True))
    told("export as xlsx / XlsxWriter with the same values", xlsx_, floor, "2.5", "s")
    told("export as csv-zip / the same", csv_zip, floor, "-", "s")


def remembering(scratch: Path) -> None:
    """The most memory of the command, with 15,000 encounters and with 2,000."""
    homes = [copied(big_home(*size), scratch / f"memory-{size[1]}") for size in (LARGE, SMALL)]
    to = scratch / "memory"
    for how in (ExportFormat.XLSX, ExportFormat.CSV_ZIP):
        words = ("export", "--level", "full", "--format", how, "-o", str(to))
        ours, floor = (most_memory(kiosk(home, *words), to) for home in homes)
        told(f"most memory of `kiosk log export --format {how}`", ours, floor, "1.2", "MB")


def main() -> None:
    """Measure all, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", nargs="?", type=int, default=60_000)
    parser.add_argument("encounters", nargs="?", type=int, default=5_000)
    parser.add_argument("--only", choices=("writing", "remembering"), help="a part of the table")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.only != "remembering":
            writing(big_home(asked.entries, asked.encounters), Path(folder))
        if asked.only != "writing":
            remembering(Path(folder))


if __name__ == "__main__":
    main()
