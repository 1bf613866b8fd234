"""The power is cut at any moment of the desk's work: no acknowledged answer is lost, and the desk continues.

The kiosk itself works on a disk that keeps a record of what is asked of it (`powercut/`). From the record come the
states in which a cut may leave the disk; on each of them the kiosk is started again. Where a setting is known to lose
answers the same search must find the loss, or it would prove nothing.
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
POINTS = 130
"""At how many moments of a round the power is cut, four ways at each."""

LEAST = 334
"""How many different states a round looks at, at least: 1,002 in the three rounds, 10,020 behind the slow door."""

CONTROL_POINTS = 20
"""The same where the loss is known to be there."""

Note = Callable[[str, object], None]


def settings_of(operations: Sequence[Operation]) -> set[tuple[str, int]]:
    """The journal and the level of syncing that the writer's own connection had, each time it was opened."""
    told = [json.loads(operation.data) for operation in operations if operation.kind == "told"]
    return {(words["journal"], words["synchronous"]) for words in told if "journal" in words}


def tallied(operations: Sequence[Operation], name: str, seed: int, note: Note, points: int = POINTS) -> Tally:
    """Cut everywhere; the figures go into the test's report."""
    tally = cut_everywhere(operations, points=points, seed=seed)
    note("power cut", f"{name}: {tally}")
    print(f"{name}: {tally}")  # noqa: T201 - shown by `pytest -rA`
    return tally


def require_nothing_wrong(folder: Path, name: str, seed: int, note: Note) -> None:
    """One round of the product as it is."""
    operations = recorded(folder, PLANS[name])
    assert settings_of(operations) == {("wal", 2)}
    tally = tallied(operations, name, seed, note)
    assert tally.states >= LEAST, "too few states to say anything"
    assert tally.bad == 0, str(tally)


@pytest.mark.parametrize("name", PLANS)
def test_no_cut_loses_an_acknowledged_answer(tmp_path: Path, name: str, record_property: Note) -> None:
    """The same while the log is made, an export saved, the kiosk stopped or started. The desk continues each time."""
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
    assert tally.wrong[LOST] > 5, str(tally)


def test_files_saved_without_their_names_are_caught(tmp_path: Path, record_property: Note) -> None:
    """An export whose name was not made to last is found missing, or older than the one acknowledged."""
    operations = recorded(tmp_path, Plan(careless=True))
    tally = tallied(operations, "control careless", 1, record_property, points=CONTROL_POINTS)
    assert tally.wrong[TORN] > 5, str(tally)
