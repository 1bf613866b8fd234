"""The request for an export: which records it names, what the log keeps of it, and what answers it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.errors import UsageError
from kiosk.log.log import LogOnDisk, open_reader
from kiosk.record.disclosure.levels import Level
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.export_request import Export, Request, protocol_in_use
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from kiosk.system.date_range import ALL_DAYS, DateRange
from tests.bundles import AGENCY, NOTE, a_home_with_records
from tests.homes import encounter
from tests.reports.paper.reading import words
from tests.reports.workbook.reading import sheets

ALL: Final = Request(ExportFormat.JSONL, "public", (), ALL_DAYS, "", None)
NUMBERS: Final = ["2026-0001", "2026-0002", "2026-0003"]
LATER: Final = date(2026, 12, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three records of one day, and one of a day in December."""
    home = a_home_with_records(tmp_path_factory.mktemp("records"))
    encounter(home, clock=FixedClock(datetime.combine(LATER, time(12)).astimezone()))
    return home


@pytest.fixture
def log(home: Home) -> Iterator[LogOnDisk]:
    """Its log."""
    log = open_reader(home, "live")
    yield log
    log.close()


def shown(request: Request, log: LogOnDisk, home: Home, folder: Path) -> str:
    """The words of an export in any format but a package."""
    if request.format is ExportFormat.XLSX or request.format is ExportFormat.CSV_ZIP:
        export = Export(request, log, home, "live", FixedClock().now())
        path = folder / f"{request.level}-{request.format}"
        export.save(request.format, path, request.selected(log, "live"))
        return str(sheets(path))
    data = exported(request, log, home)
    return words(data) if request.format is ExportFormat.PDF else data.decode()


def exported(request: Request, log: LogOnDisk, home: Home) -> bytes:
    """The bytes of an export."""
    export = Export(request, log, home, "live", FixedClock().now())
    return b"".join(export.pieces(request.selected(log, "live")))


def numbers_in(request: Request, log: LogOnDisk, home: Home) -> list[str]:
    """The numbers of the exported records, in order."""
    return [json.loads(line)["no"] for line in exported(request, log, home).splitlines()]


@pytest.mark.parametrize(
    ("asked", "whole", "named"),
    [
        (ALL, True, ()),
        (replace(ALL, numbers=("2026-0002",)), False, ("record ", "2026-0002")),
        (replace(ALL, numbers=("2026-0002", "2026-0001")), False, ("records ", "2026-0002, 2026-0001")),
        (replace(ALL, days=DateRange(LATER, None)), False, ("from 2026-12-01",)),
        (replace(ALL, days=DateRange(None, LATER)), False, ("to 2026-12-01",)),
        (replace(ALL, days=DateRange(LATER, LATER)), False, ("from 2026-12-01 to 2026-12-01",)),
    ],
)
def test_only_a_askedwithout_limits_is_for_everything(asked: Request, whole: bool, named: tuple[str, ...]) -> None:
    """The records or the days that it names are in its words."""
    assert asked.whole is whole
    assert [words for words in named if words not in asked.asked] == []


def test_the_named_records_are_selected_in_the_order_of_the_request(log: LogOnDisk, home: Home) -> None:
    """Each once; a number that does not exist is an error, not an empty export."""
    named = replace(ALL, numbers=("2026-0003", "2026-0001", "2026-0003"))
    assert numbers_in(named, log, home) == ["2026-0003", "2026-0001"]
    with pytest.raises(UsageError):
        replace(ALL, numbers=("2026-0001", "2026-0999")).selected(log, "live")


def test_records_are_selected_by_the_day_of_their_opening(log: LogOnDisk, home: Home) -> None:
    """Both ends of the days count; without days, all records are selected, the oldest first."""
    assert numbers_in(ALL, log, home) == [*NUMBERS, "2026-0004"]
    assert numbers_in(replace(ALL, days=DateRange(LATER, LATER)), log, home) == ["2026-0004"]
    before = replace(ALL, days=DateRange(None, date(2026, 11, 1)))
    assert numbers_in(before, log, home) == NUMBERS


def test_statistics_are_of_whole_months_that_are_over(log: LogOnDisk, home: Home) -> None:
    """The request says so itself, so that the log and the file name the same days; other levels stay as they are."""
    counts = replace(ALL, level="statistics")
    asked = counts.fitting(LATER)
    assert (asked.days, asked.whole) == (DateRange(None, date(2026, 11, 30)), False)
    assert asked.period in exported(asked, log, home).decode()
    assert asked.entry(3).body["to"] == "2026-11-30"
    assert ALL.fitting(LATER) is ALL


@pytest.mark.parametrize(
    "change",
    [{"numbers": ("2026-0001",)}, {"format": ExportFormat.PACKAGE}, {"days": DateRange(date(2026, 9, 2), None)}],
)
def test_statistics_are_refused_of_anything_less(change: dict[str, Any]) -> None:
    """One record, the times of a package, a part of a month."""
    with pytest.raises(UsageError):
        replace(ALL, level="statistics", **change).fitting(LATER)


def test_the_entry_of_an_export_says_what_left_the_kiosk() -> None:
    """Nothing that was not given is made up: it is null. Only a package has a manifest."""
    entry = ALL.entry(4)
    nothing = dict.fromkeys(("from", "to", "records", "path", "for"))
    assert entry.kind == EntryKind.EXPORT_MADE
    assert entry.body == nothing | {"format": "jsonl", "level": "public", "count": 4, "as": "stdout"}
    given = Request(ExportFormat.PACKAGE, "counsel", ("2026-0001",), DateRange(LATER, LATER), "Counsel", "/srv/a-copy")
    assert given.entry(1, manifest="5e").body == {
        "format": "package",
        "level": "counsel",
        "count": 1,
        "from": "2026-12-01",
        "to": "2026-12-01",
        "records": ["2026-0001"],
        "as": "file",
        "path": "/srv/a-copy",
        "for": "Counsel",
        "manifest": "5e",
    }


@pytest.mark.parametrize("format_", [one for one in ExportFormat if one is not ExportFormat.PACKAGE])
def test_an_export_has_the_level_of_its_request(
    format_: ExportFormat, log: LogOnDisk, home: Home, tmp_path: Path
) -> None:
    """The classes come from the log: a public fact is in both copies, a note only in the full one."""
    request = replace(ALL, format=format_, numbers=("2026-0002",))
    public, full = (shown(replace(request, level=level), log, home, tmp_path) for level in ("public", "full"))
    note = NOTE.partition(" <")[0]
    assert (AGENCY in public, AGENCY in full, note in public, note in full) == (True, True, False, True)
    assert Export(replace(request, level="full"), log, home, "live", FixedClock().now()).label.level is Level.FULL


def test_the_page_describes_its_export(log: LogOnDisk, home: Home) -> None:
    """A package says how to verify it, and another page does not."""
    request = replace(ALL, format=ExportFormat.HTML, whom="Counsel")
    now = FixedClock().now()
    about = dict(Export(request, log, home, "live", now).page(3).about)
    assert (about["Made for"], about["Records"], about["Log"]) == ("Counsel", "3", log.origin)
    assert about["Asked for"] == request.asked
    package = dict(Export(replace(request, format=ExportFormat.PACKAGE), log, home, "live", now).page(3).about)
    assert package.keys() - about.keys() == {"How to verify it"}


def test_a_spreadsheet_has_the_fields_of_the_protocol_in_use(log: LogOnDisk, home: Home, tmp_path: Path) -> None:
    """They are its columns even if nobody was recorded with them; unreadable settings name none."""
    sheet = b"".join(Export(ALL, log, home, "live", FixedClock().now()).sheet(list))
    (columns,) = csv.reader(sheet.decode("utf-8-sig").splitlines())
    assert [name for name in columns if name.startswith("field.")] == ["field.agency-as-stated", "field.badge"]
    protocol = protocol_in_use(home)
    assert protocol is not None
    assert protocol.id == "small"
    (tmp_path / "kiosk.toml").write_text("protocol = [", "utf-8")
    assert protocol_in_use(Home(tmp_path)) is None
