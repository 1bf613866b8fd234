"""The daily check says whether the district has what this desk recorded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.district.settings import DistrictSettings, save_district
from kiosk.district.status import DAY_US, Failure, Finding, SendingStatus, home_warnings, save_status
from kiosk.district.told import Told
from kiosk.doctor.check import State
from kiosk.doctor.district import check_district
from kiosk.errors import UsageError
from kiosk.record.disclosure.levels import Level
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home

NOW_US = FixedClock().now().wall_us
FORKED = Finding("a/log", Told.FORKED, NOW_US, 4, 4)
BACK = Finding("a/log", Told.WENT_BACK, NOW_US, 4, 2)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of a district."""
    home = a_home(tmp_path)
    save_district(home, DistrictSettings("made-up", (str(tmp_path),), "d", "desk_1", "secret", Level.FULL))
    return home


def status(last_us: int | None, findings: Sequence[Finding] = (), failure: Failure | None = None) -> SendingStatus:
    """What a sender last knew."""
    return SendingStatus(NOW_US - 9 * DAY_US, NOW_US, last_us, 9, 2, 2, failure, tuple(findings))


@pytest.mark.parametrize(
    ("known", "state", "warned"),
    [
        (status(NOW_US - 60_000_000), State.GREEN, 0),
        (status(NOW_US - 60_000_000, [BACK]), State.GREEN, 0),
        (status(NOW_US - DAY_US - 1), State.AMBER, 1),
        (status(None, failure=Failure.UNREACHABLE), State.AMBER, 1),
        (status(NOW_US, [FORKED]), State.RED, 1),
        (status(NOW_US + DAY_US), State.GREEN, 0),
    ],
)
def test_a_desk_is_late_after_a_day_and_red_when_a_person_must_look(
    home: Home, known: SendingStatus, state: State, warned: int
) -> None:
    """The home screen has a warning whenever the check is not green."""
    save_status(home, known)
    assert [one.state for one in check_district(home, FixedClock())] == [state]
    assert len([*home_warnings(home, NOW_US)]) == warned


def test_a_desk_of_no_district_is_not_checked(tmp_path: Path) -> None:
    """Nor warned of anything."""
    home = a_home(tmp_path)
    assert [*check_district(home, FixedClock())] == []
    assert [*home_warnings(home, NOW_US)] == []


@pytest.mark.parametrize("text", ["", "level = 3", 'district = "x"\nservers = ["a.example"]', "not toml"])
def test_a_wrong_file_for_the_district_is_named(home: Home, text: str) -> None:
    """With what is wrong."""
    home.enrollment_file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"district\.toml"):
        [*check_district(home, FixedClock())]


def test_a_damaged_state_counts_as_none(home: Home) -> None:
    """The desk says nothing until a day has passed."""
    home.sending.mkdir()
    (home.sending / "status.json").write_text("[]", encoding="utf-8")
    home.enrollment_file.touch()
    assert [one.state for one in check_district(home, FixedClock())] in ([State.GREEN], [State.AMBER])
