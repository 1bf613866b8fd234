"""Days on which a person is away: read with both ends, and an absence ends by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import UsageError
from kiosk.protocol.site.away import is_away, last_day, parse_away, written

BREAK = "2026-12-21 to 2027-01-04, 2027-02-15"
DAYS = st.dates(date(2020, 1, 1), date(2090, 1, 1))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 60)).map(lambda two: (two[0], two[0] + timedelta(two[1]))), max_size=4)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 12, 20), None),
        (date(2026, 12, 21), date(2027, 1, 4)),
        (date(2027, 1, 4), date(2027, 1, 4)),
        (date(2027, 1, 5), None),
        (date(2027, 2, 15), date(2027, 2, 15)),
    ],
)
def test_both_ends_of_an_absence_are_days_away(day: date, last: date | None) -> None:
    """The day after, the person is called again without anybody's doing."""
    assert (is_away(BREAK, day), last_day(BREAK, day)) == (last is not None, last)


@pytest.mark.parametrize(
    "text", ["next week", "2026-12-21 to", "2026-13-01", "2027-01-04 to 2026-12-21", "2026-12-21 2027-01-04"]
)
def test_days_that_do_not_read_are_refused_and_hide_nobody(text: str) -> None:
    """The error shows how to write them."""
    with pytest.raises(UsageError) as told:
        parse_away(text)
    assert "2026-12-21" in told.value.repair or "begins" in told.value.what
    assert not is_away(text, date(2026, 12, 24))


@given(SPANS)
def test_whatever_is_written_reads_back(spans: list[tuple[date, date]]) -> None:
    """In the order of the days."""
    assert parse_away(written(spans)) == tuple(sorted(spans))
