"""The power is cut at any moment of the desk's work: no acknowledged answer is lost, and the desk continues.

The kiosk runs on a disk that records its operations (`powercut/`). The record gives the states that a cut may leave;
the kiosk is started on each of them. With settings that are known to lose answers, the same search must find the loss.
Otherwise it would prove nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.faults.powercut.leftover import LOST, TORN
from tests.faults.powercut.operation import Operation
from tests.faults.powercut.rounds import Tally, cut_everywhere, recorded, why_not
from tests.faults.powercut.writer import Plan

WHY_NOT = why_not()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=f"NO POWER WAS CUT: {WHY_NOT}")

PLANS = {
    "as-delivered": Plan(),
    "log-tidied-often": Plan(pages=8),
    "started-often": Plan(sessions=4, encounters=1, pages=30),
}
POINTS = 140
"""Number of moments of a round at which the power is cut, four times at each."""

LEAST = 334
"""Minimum number of different states in a round: 1,002 in the three rounds, 10,020 in the long ones."""

CONTROL_POINTS = 20
"""`POINTS` for settings that are known to lose answers."""

Note = Callable[[str, object], None]


def settings_of(operations: Sequence[Operation]) -> set[tuple[str, int]]:
    """Return the journal and the `synchronous` level of the writer's connection, each time it was opened."""
    reports = [json.loads(operation.data) for operation in operations if operation.kind == "report"]
    return {(words["journal"], words["synchronous"]) for words in reports if "journal" in words}


def tallied(operations: Sequence[Operation], name: str, seed: int, note: Note, points: int = POINTS) -> Tally:
    """Cut everywhere, and add the figures to the test's report."""
    tally = cut_everywhere(operations, points=points, seed=seed)
    note("power cut", f"{name}: {tally}")
    print(f"{name}: {tally}")  # noqa: T201 - shown by `pytest -rA`
    return tally


def require_nothing_wrong(folder: Path, name: str, seed: int, note: Note) -> None:
    """Run one round with the product's settings, and require a state without fault after every cut."""
    operations = recorded(folder, PLANS[name])
    assert settings_of(operations) == {("wal", 2)}
    tally = tallied(operations, name, seed, note)
    assert tally.states >= LEAST, "too few states for a result"
    assert tally.bad == 0, str(tally)


@pytest.mark.parametrize("name", PLANS)
def test_no_cut_loses_an_acknowledged_answer(tmp_path: Path, name: str, record_property: Note) -> None:
    """Also while the log is created, an export is saved, and the kiosk stops or starts. The desk always continues."""
    require_nothing_wrong(tmp_path, name, 20260914, record_property)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1, 11))
@pytest.mark.parametrize("name", PLANS)
def test_no_cut_at_ten_times_as_many_moments_does(tmp_path: Path, name: str, seed: int, record_property: Note) -> None:
    """Ten other runs of each plan, cut at other moments."""
    require_nothing_wrong(tmp_path, name, seed, record_property)


@pytest.mark.parametrize(("journal", "synchronous"), [("wal", 1), ("delete", 2)])
def test_settings_that_lose_answers_are_caught(
    tmp_path: Path, journal: str, synchronous: int, record_property: Note
) -> None:
    """WAL with NORMAL, and SQLite's own default: with either in the product's place, acknowledged answers are lost."""
    operations = recorded(tmp_path, Plan(journal=journal, synchronous=synchronous))
    assert settings_of(operations) == {(journal, synchronous)}
    tally = tallied(operations, f"control {journal} {synchronous}", 1, record_property, points=CONTROL_POINTS)
    assert tally.faults[LOST] > 5, str(tally)


def test_files_saved_without_their_names_are_caught(tmp_path: Path, record_property: Note) -> None:
    """An export is found missing, or older than the acknowledged one, if its folder was not synced."""
    operations = recorded(tmp_path, Plan(careless=True))
    tally = tallied(operations, "control careless", 1, record_property, points=CONTROL_POINTS)
    assert tally.faults[TORN] > 5, str(tally)
