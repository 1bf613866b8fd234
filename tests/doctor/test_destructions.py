"""Destroyed records are named, in the daily check and on the next checkpoint, until a checkpoint was issued."""

from __future__ import annotations

import pytest

from kiosk.doctor.check import State
from kiosk.doctor.destructions import check_destructions
from kiosk.errors import ReplaceReason
from kiosk.log.replace import replace_log
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.homes import a_home
from tests.keeping import OFFICER, REF, closed, destroy, mark
from tests.typed import Typed

pytestmark = pytest.mark.usefixtures("synchronized")


def named(home: Home) -> list[str]:
    """What the daily check says of destroyed records; it is amber."""
    found = list(check_destructions(home))
    assert [check.state for check in found] == [State.AMBER] * len(found)
    return [check.words for check in found]


@pytest.fixture
def numbers(typed: Typed, home: Home) -> tuple[str, ...]:
    """The numbers of three records that are eligible."""
    found = tuple(closed(home, year) for year in (2018, 2019, 2020))
    mark(typed)
    return found


def test_each_destruction_is_named_until_a_checkpoint_was_issued(
    typed: Typed, home: Home, numbers: tuple[str, ...]
) -> None:
    """How many records, on what day, by whom and by whose authorization; the page names it once."""
    assert named(home) == []
    assert destroy(typed, *numbers[:2]).code == 0
    day = SystemClock().now().local().date()
    (words,) = named(home)
    assert words.startswith(f"On {day}, the details of 2 records ")
    assert all(part in words for part in ("Dana Ruiz", OFFICER, REF))
    page = " ".join(typed("log", "checkpoint", "issue").out.split())
    assert words in page
    assert named(home) == []
    assert words not in " ".join(typed("log", "checkpoint", "issue").out.split())
    assert destroy(typed, numbers[2]).code == 0
    (words,) = named(home)
    assert words.startswith(f"On {day}, the details of 1 record ")


def test_a_new_log_hides_no_destruction(typed: Typed, home: Home, numbers: tuple[str, ...]) -> None:
    """It stays named after a replacement, until the new log has issued a checkpoint."""
    assert destroy(typed, *numbers).code == 0
    replace_log(home, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    (words,) = named(home)
    assert words in " ".join(typed("log", "checkpoint", "issue").out.split())
    assert named(home) == []


def test_a_home_without_a_log_has_nothing_to_name(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Another check says that the log is missing."""
    assert named(a_home(tmp_path_factory.mktemp("new"))) == []
