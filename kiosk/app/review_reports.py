"""Reports that are asked for on the review screens: made as a PDF, saved at a place, entered in the log."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, assert_never

from kiosk.app import bootstrap
from kiosk.errors import KioskError, Refused, StoreUnusable
from kiosk.log.archive import open_history
from kiosk.presentation.review import Days, ReportKind, Saved
from kiosk.record.disclosure.quarters import quarter_of
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.reports.period.document import as_document
from kiosk.reports.period.request import Kind, Made, Source, board_report, entry_of, period_report
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import Clock
from kiosk.system.date_range import ALL_DAYS, DateRange
from kiosk.system.files import remove, save_new_file
from kiosk.system.places import Place

ROOM: Final = 20_000_000
"""Bytes that must be free at a place: a report of many pages with its fonts has a tenth of that."""


def days_of(days: Days, today: date) -> DateRange:
    """Return the days that are meant, today being the last possible one. A school year begins on July 1."""
    first = today.replace(day=1)
    match days:
        case Days.THIS_MONTH:
            return DateRange(first, today)
        case Days.LAST_MONTH:
            last = first - timedelta(days=1)
            return DateRange(last.replace(day=1), last)
        case Days.LAST_QUARTER:
            last = quarter_of(today) - timedelta(days=1)
            return DateRange(quarter_of(last), last)
        case Days.SCHOOL_YEAR:
            return DateRange(date(today.year - (today.month < 7), 7, 1), today)
        case Days.ALL:
            return ALL_DAYS
        case _:
            assert_never(days)


def save_report(home: Home, mode: Mode, clock: Clock, kind: ReportKind, days: Days, place: Path, by: str = "") -> Saved:
    """Make the report, save it under a new name in the folder, and enter it in the log.

    by: the person who logged in for it; empty for nobody.
    Raises Refused when the place has no room, and StoreUnusable; then no file is left.
    """
    now = clock.now()
    wanted = days_of(days, now.local().date())
    log = open_history(home, mode)
    try:
        source = Source(log, home, mode, now)
        made = _made(kind, source, wanted)
    finally:
        log.close()
    data = as_pdf(as_document(made.report), read_settings(home).paper)
    stem = f"practice-{kind}" if mode == "practice" else kind.value
    path = _new_name(place, stem, made.days, now.local().date())
    save_new_file(path, [data])
    entry = entry_of(_KINDS[kind], made, DocumentFormat.PDF, str(path), "", sha256(data).hexdigest(), by)
    try:
        bootstrap.enter(home, mode, clock, entry)
    except KioskError:
        remove(path)
        raise
    return Saved(str(path), made.count)


def require_room(place: Place) -> None:
    """Raise Refused when the place has too little room for a report."""
    if place.free < ROOM:
        raise Refused(f"{place.path} has too little free space.", "Free some space there, or choose another place.")


_KINDS: Final = {ReportKind.PERIOD: Kind.PERIOD, ReportKind.BOARD: Kind.BOARD}


def _made(kind: ReportKind, source: Source, days: DateRange) -> Made:
    match kind:
        case ReportKind.PERIOD:
            return period_report(source, days)
        case ReportKind.BOARD:
            return board_report(source, days)
        case _:
            assert_never(kind)


def _new_name(place: Path, stem: str, days: DateRange, today: date) -> Path:
    """Return a name of numbers and dates that no file in the folder has."""
    between = f"{days.first or 'start'}-to-{days.last or today}"
    names = (f"{stem}-{between}{f'-{n}' if n else ''}.pdf" for n in range(1000))
    for name in names:
        if not (place / name).exists():
            return place / name
    raise StoreUnusable(f"{place} has a thousand reports of these days.", "Choose another place.")
