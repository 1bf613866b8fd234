"""The check of the live log: missing, new, in use, damaged, behind the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.doctor.check import State, Subject
from kiosk.doctor.log import check_log
from kiosk.errors import StoreUnusable
from kiosk.log.log import open_reader
from kiosk.settings import Home
from kiosk.system.clock import Clock, FixedClock
from tests.forgeries import FORGERIES, forge
from tests.homes import PACK_WITH_DUTIES, a_home, encounter, replaced


@pytest.fixture
def home(home: Home) -> Home:
    """A home with a live log of one closed record."""
    encounter(home)
    return home


def states(home: Home, clock: Clock | None = None) -> dict[Subject, State]:
    """Each check by its subject."""
    return {check.name: check.state for check in check_log(home, clock or FixedClock(), open_reader)}


def test_a_log_in_good_order_is_green_in_all_it_says(home: Home) -> None:
    """The log, its key and the clock; nothing is left to do, and the search index is up to date."""
    assert states(home) == {Subject.LOG: State.GREEN, Subject.LOG_KEY: State.GREEN, Subject.CLOCK: State.GREEN}


def test_a_kiosk_that_never_had_a_log_is_amber(tmp_path: Path) -> None:
    """Setup creates it; the clock is checked all the same."""
    assert states(a_home(tmp_path)) == {Subject.LOG: State.AMBER, Subject.CLOCK: State.GREEN}


def test_a_log_that_the_kiosk_remembers_and_has_not_is_red(home: Home) -> None:
    """The remembered checkpoint shows that there was one."""
    home.log("live").unlink()
    assert states(home) == {Subject.LOG: State.RED}


def test_an_open_record_is_amber(home: Home) -> None:
    """Only the open one is counted."""
    encounter(home, close=False)
    (check,) = [c for c in check_log(home, FixedClock(), open_reader) if c.name is Subject.UNFINISHED]
    assert (check.state, check.words.startswith("1 ")) == (State.AMBER, True)


def test_open_work_of_a_previous_log_is_still_open(tmp_path: Path) -> None:
    """A new log hides no unfinished record, no overdue duty and no record to read."""
    home = a_home(tmp_path, pack=PACK_WITH_DUTIES)
    unfinished = encounter(home, close=False, session=True)
    flagged = encounter(home, note="Two people came", names_child=True, session=True)
    replaced(home)
    checks = {one.name: one for one in check_log(home, FixedClock(datetime(2026, 9, 20, tzinfo=UTC)), open_reader)}
    assert (checks[Subject.UNFINISHED].state, checks[Subject.UNFINISHED].words) == (
        State.AMBER,
        "1 record is unfinished.",
    )
    assert (checks[Subject.DUTIES].state, flagged in checks[Subject.DUTIES].words) == (State.AMBER, True)
    assert (flagged in checks[Subject.REVIEWS].words, unfinished in checks[Subject.REVIEWS].words) == (True, False)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2026, 9, 14, 14, 41, 58, tzinfo=UTC), State.GREEN),
        (datetime(2026, 9, 14, 14, 41, 57, tzinfo=UTC), State.AMBER),
        (datetime(2023, 6, 1, tzinfo=UTC), State.RED),
    ],
)
def test_a_clock_behind_the_newest_entry_is_no_longer_green(home: Home, now: datetime, state: State) -> None:
    """Two seconds are allowed; a year before the kiosk existed is wrong."""
    assert states(home, FixedClock(now))[Subject.CLOCK] is state


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_log_with_another_schema_raises(home: Home, forgery: str) -> None:
    """Also one that is open elsewhere, and is only read here."""
    forge(home.log("live"), forgery)
    with pytest.raises(StoreUnusable):
        states(home)


def test_a_damaged_log_raises(home: Home) -> None:
    """The caller reports it as red."""
    home.log("live").write_bytes(b"not a log")
    with pytest.raises(StoreUnusable):
        states(home)
