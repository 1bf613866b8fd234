"""Which exports and backups may contain a record: in doubt, it is in them."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.copies import holding
from tests.record.retention.logged import a_record, logged

DAY: Final = date(2026, 9, 14)
RECORD: Final = a_record("2026-0007", opened=DAY, closed=date(2026, 9, 15))


def contains(**body: Any) -> bool:
    """Whether an export with this body counts as one that contains the record."""
    made = logged(EntryKind.EXPORT_MADE, body, None)
    return list(holding([made], RECORD)) == [made]


def test_every_backup_contains_every_record() -> None:
    """It is a copy of the log, whatever its body says."""
    backup = logged(EntryKind.BACKUP_MADE, {"level": "statistics", "records": ["2026-0001"]}, None)
    assert list(holding([backup], RECORD)) == [backup]


@pytest.mark.parametrize("level", ["public", "counsel", "full"])
def test_an_export_of_everything_contains_it(level: str) -> None:
    """At each level that shows single records."""
    assert contains(level=level, **{"from": None, "to": None, "records": None})


def test_statistics_contain_no_record() -> None:
    """They are counts only, also when they were asked for by its number or its day."""
    assert not contains(level="statistics")
    assert not contains(level="statistics", records=["2026-0007"])
    assert not contains(level="statistics", **{"from": "2026-09-14", "to": "2026-09-14"})


@pytest.mark.parametrize(
    ("numbers", "found"),
    [(["2026-0007"], True), (["2026-0001", "2026-0007"], True), (["2026-0001"], False), (["2026-00071"], False)],
)
def test_an_export_by_number_contains_the_records_that_it_names(numbers: list[str], found: bool) -> None:
    """And no other, whatever days it also names."""
    assert contains(level="full", records=numbers) is found
    assert contains(level="full", records=numbers, **{"from": "2026-09-14", "to": "2026-09-14"}) is found
    assert contains(level="full", records=numbers, **{"from": "2027-01-01", "to": None}) is found


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-09-14", "2026-09-14", True),
        ("2026-09-13", "2026-09-15", True),
        ("2026-09-14", None, True),
        (None, "2026-09-14", True),
        ("2026-09-15", None, False),
        (None, "2026-09-13", False),
        ("2026-09-15", "2026-09-15", False),
        ("2026-09-01", "2026-09-13", False),
    ],
)
def test_an_export_by_days_contains_the_records_opened_on_them(
    first: str | None, last: str | None, found: bool
) -> None:
    """The first and the last day included; the day of the closing does not count."""
    assert contains(level="full", **{"from": first, "to": last}) is found


def test_an_export_whose_values_are_withheld_may_contain_it() -> None:
    """A copy that is not destroyed is worse than one that is looked for in vain."""
    assert contains()


@pytest.mark.parametrize("numbers", [7, "2026-00071", {"2026-0001": 1}, [], None])
def test_an_export_whose_list_of_records_is_not_one_may_contain_it(numbers: object) -> None:
    """An entry of a command can come from any program; its days then count alone."""
    assert contains(records=numbers)
    assert not contains(records=numbers, **{"from": "2026-09-15"})


def test_the_copies_are_in_the_order_of_the_log() -> None:
    """Those that do not contain it are left out."""
    made = [
        logged(EntryKind.BACKUP_MADE, {}, None, seq=1),
        logged(EntryKind.EXPORT_MADE, {"level": "statistics"}, None, seq=2),
        logged(EntryKind.EXPORT_MADE, {"level": "full"}, None, seq=3),
        logged(EntryKind.BACKUP_MADE, {}, None, seq=4),
    ]
    assert [kept.seq for kept in holding(made, RECORD)] == [1, 3, 4]
