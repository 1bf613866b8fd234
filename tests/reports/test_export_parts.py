"""An export on all processors: the bytes, errors and traces of one process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from typing import Final

import pytest

from kiosk.commands.common.records import reading
from kiosk.errors import Exit
from kiosk.log.log import LogOnDisk
from kiosk.record.disclosure.withholding import Withholding
from kiosk.record.entries import Altered
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports import export_parts, export_request
from kiosk.reports.export_parts import LINES
from kiosk.reports.export_request import Export, Request, values_withheld
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home
from kiosk.system import processors
from kiosk.system.clock import FixedClock
from kiosk.system.date_range import ALL_DAYS
from tests.bundles import a_home_with_records
from tests.bundles import export as exported_by_command
from tests.homes import encounter, tamper

COUNT: Final = 7
"""Records in this home: four parts of two."""

CHOICE: Final = Withholding("2026-0002", "agency-as-stated", "CGS 1-210(b)(2)", "Dana Ruiz", ("marked",))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Its records differ in what staff typed."""
    home = a_home_with_records(tmp_path)
    for n in range(COUNT - 3):
        encounter(home, agency=f"=Agency “{n}”")
    return home


@pytest.fixture
def log(home: Home) -> Iterator[LogOnDisk]:
    """Its log, opened as an export opens it."""
    with reading(home, "live") as log:
        yield log


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that this home has several, and another process for them."""
    monkeypatch.setattr(export_parts, "_PART", 2)
    monkeypatch.setattr(export_request, "MANY", 1)


@pytest.fixture(autouse=True)
def one_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """One other process, which takes less time to start than several."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)


def an_export(home: Home, log: LogOnDisk, format_: ExportFormat, level: str) -> Export:
    """Everything in this format; a public copy with a redacted value."""
    now, request = FixedClock().now(), Request(format_, level, (), ALL_DAYS, "", None)
    if level != "public":
        return Export(request, log, home, "live", now)
    request = replace(request, withhold=(CHOICE,))
    ids = request.selected(log, "live")
    return Export(request, log, home, "live", now, values_withheld(request, log, ids))


def ids_of(log: LogOnDisk) -> list[str]:
    """The encounters, oldest first."""
    return [*log.encounter_ids(EntryKind.ENCOUNTER_OPENED)]


@pytest.mark.parametrize(
    ("format_", "level"), [(ExportFormat.JSONL, "public"), (ExportFormat.CSV, "public"), (ExportFormat.CSV, "full")]
)
def test_the_bytes_are_those_of_one_process(
    home: Home, log: LogOnDisk, monkeypatch: pytest.MonkeyPatch, format_: ExportFormat, level: str
) -> None:
    """With what was withheld by decision; the progress reaches the number of records; this process does no part."""

    def refuse(*_: object) -> bytes:
        raise AssertionError("this process did a part")

    export, ids = an_export(home, log, format_, level), ids_of(log)
    alone = b"".join(export.pieces(ids))
    monkeypatch.setattr(export_parts, "_PART", 2)
    monkeypatch.setattr(export_parts, "_text", refuse)
    monkeypatch.setattr(export_request, "MANY", 1)
    done = list[tuple[int, int]]()
    assert b"".join(export.pieces(ids, lambda *at: done.append(at))) == alone
    assert done == [(2, COUNT), (4, COUNT), (6, COUNT), (COUNT, COUNT)]
    assert alone.count(b"2026-000") >= COUNT
    assert active_children() == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("format_", sorted(LINES))
def test_where_there_can_be_no_other_process_the_bytes_are_the_same(
    home: Home, log: LogOnDisk, monkeypatch: pytest.MonkeyPatch, format_: ExportFormat
) -> None:
    """This process does all parts with the logs that it has open."""
    export = an_export(home, log, format_, "full")
    expected = b"".join(export.pieces(ids_of(log)))

    def no_memory(**_: object) -> None:
        raise OSError("no shared memory")

    monkeypatch.setattr(processors, "ProcessPoolExecutor", no_memory)
    assert b"".join(export.pieces(ids_of(log))) == expected


@pytest.mark.usefixtures("small")
def test_a_log_that_was_replaced_meanwhile_is_read_by_the_process_that_has_it_open(
    home: Home, log: LogOnDisk, tmp_path: Path
) -> None:
    """Another process finds another log at that place; the copy is of the one that was asked for."""
    export = an_export(home, log, ExportFormat.JSONL, "full")
    expected = b"".join(export.pieces(ids_of(log)))
    home.log("live").rename(tmp_path / "moved.db")
    other = a_home_with_records(tmp_path / "other").log("live")
    other.rename(home.log("live"))
    assert b"".join(export.pieces(ids_of(log))) == expected


def spoil(home: Home, no: int) -> None:
    """Alter a value of a record."""

    def change(connection: sqlite3.Connection) -> None:
        ((seq,),) = connection.execute(
            "SELECT seq FROM entry WHERE kind='encounter.opened' ORDER BY seq LIMIT 1 OFFSET ?", [no]
        ).fetchall()
        connection.execute("UPDATE disclosure SET body=x'00' WHERE seq=? AND name='no'", [seq])

    tamper(home, change)


@pytest.mark.usefixtures("small")
def test_an_altered_record_in_the_middle_is_refused_and_leaves_nothing(home: Home, tmp_path: Path) -> None:
    """Other parts are written already: no file, and no process."""
    spoil(home, 4)
    with reading(home, "live") as read:  # SQLite's other files of a log that was read
        read.size()
    before = set(tmp_path.rglob("*"))
    words = ("--format", "jsonl", "--level", "full", "-o", str(tmp_path / "copy"))
    assert exported_by_command(home, *words) == Exit.STORE
    assert set(tmp_path.rglob("*")) - before == set()
    assert active_children() == []


@pytest.mark.usefixtures("small")
def test_an_altered_first_record_ends_a_table_before_anything_is_written(home: Home, log: LogOnDisk) -> None:
    """Not even the names of its columns; the error of another process has its code and its advice."""
    spoil(home, 0)
    with pytest.raises(Altered) as error:
        next(an_export(home, log, ExportFormat.CSV, "full").pieces(ids_of(log)))
    assert error.value.exit_code == Exit.STORE
    assert error.value.repair != ""


@pytest.mark.usefixtures("small")
def test_a_copy_that_is_stopped_leaves_no_process(home: Home, log: LogOnDisk) -> None:
    """Its reader wants no more of it."""
    with closing(an_export(home, log, ExportFormat.JSONL, "full").pieces(ids_of(log))) as pieces:
        next(pieces)
        assert active_children() != []
    assert active_children() == []
