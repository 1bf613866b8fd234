"""The closed and short days in a settings file: one is added or removed, and the comments stay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.site.district import District, read_district, rendered
from kiosk.protocol.site.district_file import rewritten
from kiosk.protocol.site.special_days import CLOSED
from tests.protocol.site.test_district import a_protocol

FILE = """\
kind: settings   # of the district
format: 1
protocol: small
choices: {}
closed_days:
  - 2026-12-25   # winter
  # autumn
  - 2026-11-26
short_days: [{day: 2026-11-25, open: "08:00-12:00"}]
"""
ITEM = '{day: 2026-11-25, open: "08:00-12:00"}'


def district(text: str) -> District:
    """The settings in a file without findings."""
    found, findings = read_district(text.encode(), "settings.yaml", a_protocol())
    assert findings == ()
    return found


def with_day(text: str, day: date, to: str) -> str:
    """The file with another value for one day."""
    before = district(text)
    return rewritten(text.encode(), before.with_special(before.special.changed(day, to)), a_protocol()).decode()


@pytest.mark.parametrize(
    ("day", "to", "old", "new"),
    [
        (date(2026, 12, 25), "", "  - 2026-12-25   # winter\n", ""),
        (date(2027, 1, 1), CLOSED, "  - 2026-11-26\n", "  - 2026-11-26\n  - 2027-01-01\n"),
        (date(2026, 11, 25), "", f"[{ITEM}]", "[]"),
        (date(2026, 11, 25), "09:00-12:00", "08:00", "09:00"),
        (date(2027, 1, 1), "8:00-12:00", ITEM, ITEM + ', {day: 2027-01-01, open: "8:00-12:00"}'),
    ],
)
def test_only_the_day_is_written(day: date, to: str, old: str, new: str) -> None:
    """In a list on one line, and in one on several."""
    assert with_day(FILE, day, to) == FILE.replace(old, new)


def test_the_first_day_gets_a_list_of_its_own() -> None:
    """And a home without settings gets the file."""
    bare = "kind: settings\nformat: 1\nprotocol: small\nchoices: {}\n"
    assert with_day(bare, date(2027, 1, 1), CLOSED) == bare + "closed_days:\n  - 2027-01-01\n"
    to = District("small", closed_days=(date(2027, 1, 1),))
    assert rewritten(b"", to, a_protocol()).decode() == rendered(to)


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
DISTRICTS = st.builds(
    lambda closed, short: District("small", "", {}, tuple(sorted(closed)), dict(sorted(short.items()))),
    st.sets(DAYS, max_size=5),
    st.dictionaries(DAYS, st.sampled_from(["08:00-12:00", "9:00-11:30"]), max_size=4),
)


@given(before=DISTRICTS, to=DISTRICTS)
def test_whatever_changes_reads_back(before: District, to: District) -> None:
    """From any days to any others."""
    assert district(rewritten(rendered(before).encode(), to, a_protocol()).decode()) == to
