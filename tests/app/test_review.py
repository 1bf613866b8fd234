"""Reading the log for administrators: shelves, pages, search, and one record, over the logs of a home."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.review import LogReview
from kiosk.errors import StoreUnusable, UsageError
from kiosk.presentation.acts import Group
from kiosk.presentation.review import PAGE, Match, Shelf, Wanted
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter, replaced


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with its pack and no record yet."""
    return a_home(tmp_path)


def _review(home: Home, file: Path | None = None) -> LogReview:
    return LogReview(home, "live", FixedClock(), file)


def _listed(home: Home, wanted: Wanted) -> list[str]:
    return [row.no for row in _review(home).rows(wanted).rows]


def test_each_shelf_has_its_records(home: Home) -> None:
    """An unfinished record, a flagged one and a closed one are counted and listed where they belong."""
    closed = encounter(home)
    flagged = encounter(home, note="Two people came", names_child=True)
    unfinished = encounter(home, close=False)
    counts = {Shelf.ALL: 3, Shelf.UNFINISHED: 1, Shelf.FLAGGED: 1, Shelf.TO_DO: 0, Shelf.ELIGIBLE: 0}
    assert _review(home).counts() == counts
    assert _listed(home, Wanted()) == [unfinished, flagged, closed]
    assert _listed(home, Wanted(Shelf.UNFINISHED)) == [unfinished]
    assert _listed(home, Wanted(Shelf.FLAGGED)) == [flagged]


def test_a_page_is_followed_by_the_older_ones(home: Home) -> None:
    """Every record is on exactly one page, newest first."""
    numbers = [encounter(home) for _ in range(PAGE + 2)]
    first = _review(home).rows(Wanted())
    assert first.older
    second = _review(home).rows(Wanted(before=first.rows[-1].no))
    assert not second.older
    assert [row.no for row in (*first.rows, *second.rows)] == numbers[::-1]


def test_a_shelf_of_open_work_has_pages_too(home: Home) -> None:
    """The page after a record of an unfinished list begins with the next older one."""
    numbers = [encounter(home, close=False) for _ in range(3)]
    assert _listed(home, Wanted(Shelf.UNFINISHED, before=numbers[2])) == [numbers[1], numbers[0]]
    assert _listed(home, Wanted(Shelf.UNFINISHED, words="nobody")) == []


def test_an_earlier_record_with_the_same_fact_is_found(home: Home) -> None:
    """The values of a record that others may share lead to those others."""
    first = encounter(home, agency="Example County Sheriff")
    encounter(home, agency="An agency")
    second = encounter(home, agency="Example County Sheriff")
    (match,) = _review(home).record(second).matches
    assert match == Match("agency-as-stated", "Example County Sheriff")
    assert _listed(home, Wanted(words=match.words)) == [second, first]


def test_a_record_shows_its_screens_if_the_log_keeps_the_protocol(home: Home) -> None:
    """What was on the screen comes from the log; without the protocol's words the answers are still there."""
    asked = "How did they come?"
    without = _review(home).record(encounter(home))
    assert not [line for line in without.lines if asked in line]
    kept = _review(home).record(encounter(home, session=True))
    assert [line for line in kept.lines if asked in line]
    assert [line for line in kept.lines if "Front office" in line]


def test_an_unfinished_record_can_be_read(home: Home) -> None:
    """It has no end yet."""
    no = encounter(home, close=False, session=True)
    assert _review(home).record(no).record.no == no


def test_records_of_a_previous_log_are_read_too(home: Home) -> None:
    """After the log was replaced, an unfinished record of the previous one is still counted."""
    encounter(home, close=False)
    replaced(home)
    counts = _review(home).counts()
    assert (counts[Shelf.ALL], counts[Shelf.UNFINISHED]) == (2, 1)


def test_one_log_file_is_read_alone(home: Home) -> None:
    """A file that somebody brought is read, not the home's own log."""
    no = encounter(home)
    brought = home.path / "brought.db"
    brought.write_bytes(home.log("live").read_bytes())
    encounter(home)
    assert _review(home, brought).counts()[Shelf.ALL] == 1
    assert _review(home, brought).record(no).record.no == no


def test_copies_are_offered_at_the_home_and_at_a_record(home: Home) -> None:
    """Reports and exports at the home, the record itself at the record."""
    no, review = encounter(home), _review(home)
    reports = [one.id for one in review.offers() if one.group is Group.REPORTS]
    assert reports == ["report", "export", "verify"]
    assert "save" in [one.id for one in review.record(no).offers]


def test_a_log_that_somebody_brought_can_only_be_read(home: Home) -> None:
    """No act could be entered in it."""
    no, review = encounter(home), _review(home, home.log("live"))
    assert ([*review.offers()], [*review.record(no).offers]) == ([], [])


def test_what_is_not_there_is_refused(home: Home, tmp_path: Path) -> None:
    """An unknown number, an unknown file."""
    encounter(home)
    with pytest.raises(UsageError):
        _review(home).record("2026-9999")
    with pytest.raises(UsageError):
        _review(home).rows(Wanted(before="2026-9999"))
    with pytest.raises(StoreUnusable):
        _review(home, tmp_path / "none.db").counts()
