"""Dates of a pack compared with today and with the installed packs; versions in order."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from kiosk.protocol.model import Release
from kiosk.protocol.parsing.protocol import read_protocol
from kiosk.protocol.versions import check_dates, order
from tests.homes import PACK

TODAY: Final = date(2026, 9, 14)
BEFORE: Final = Release("2026.1", date(2026, 1, 1), date(2027, 6, 30))

IN_DATES: Final = (
    ("P503", "2027.1", "2026-01-01", "2026-09-13", None),
    ("P504", "2027.1", "2027-07-01", "2028-06-30", BEFORE),
    ("P505", "2027.1", "2027-06-30", "2028-06-30", BEFORE),
    ("P506", "2027.1", "2026-09-13", "2028-06-30", BEFORE),
    ("P507", "2027.1", "2026-09-15", "2028-06-30", None),
    ("P508", "2026.1", "2026-09-15", "2028-06-30", BEFORE),
    ("P508", "2026.1.0", "2026-09-15", "2028-06-30", BEFORE),
    ("P509", "autumn", "2026-01-01", "2028-06-30", None),
)
"""Code, version, effective, review by, what is installed."""


def codes(version: str, effective: str, review_by: str, installed: Release | None) -> dict[str, int]:
    """Return the findings, with their lines."""
    words = PACK.replace("2026-01-01", effective).replace("2099-06-30", review_by).replace('"2026.1"', f'"{version}"')
    reading = read_protocol(words.encode(), "protocol.yaml")
    assert reading.protocol is not None, reading.findings
    return {finding.code: finding.line for finding in check_dates(reading, TODAY, installed)}


@pytest.mark.parametrize(("code", "version", "effective", "review_by", "installed"), IN_DATES)
def test_a_date_or_version_that_does_not_fit_is_found(
    code: str, version: str, effective: str, review_by: str, installed: Release | None
) -> None:
    """On the line of the release."""
    line = PACK.splitlines().index(next(row for row in PACK.splitlines() if row.startswith("release:"))) + 1
    assert codes(version, effective, review_by, installed)[code] == line


def test_dates_that_fit_say_nothing() -> None:
    """On the last day of the review, too; and on the first day in effect."""
    assert codes("2026.1", "2026-01-01", "2026-09-14", None) == {}
    assert codes("2026.1", "2026-09-14", "2027-06-30", None) == {}


def test_what_does_not_read_has_no_dates() -> None:
    """Its shape is found elsewhere."""
    assert check_dates(read_protocol(b"{", "protocol.yaml"), TODAY, BEFORE) == ()


def test_versions_are_ordered_by_their_numbers() -> None:
    """Not by their letters; zeros at the end are nothing."""
    ordered = ["1", "1.0.1", "2", "2.9", "2.10", "2026.1"]
    assert sorted(ordered, key=lambda version: order(version) or ()) == ordered
    assert order("2026.1.0") == order("2026.1")


@pytest.mark.parametrize("odd", ["", "autumn", "1.", ".1", "1..2", "1-2", "v1", "١", "1 ", "1\n", "9" * 10])
def test_a_version_without_numbers_has_no_order(odd: str) -> None:
    """Whatever looks like a number to somebody else."""
    assert order(odd) is None
