"""A median in constant memory is the median."""

from __future__ import annotations

from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from kiosk.record.after_action.spread import Spread


def spread(*seconds: float) -> Spread:
    """The spread of these times."""
    found = Spread()
    for one in seconds:
        found.add(one)
    return found


@given(st.lists(st.integers(0, 3_599), min_size=1))
def test_below_an_hour_median_and_largest_are_exact_to_the_second(seconds: list[int]) -> None:
    """As the standard library computes them."""
    found = spread(*seconds)
    assert (found.count, found.median, found.worst) == (len(seconds), median(seconds), max(seconds))


@given(st.lists(st.floats(0, 10**9)))
def test_it_never_grows_beyond_its_bound(seconds: list[float]) -> None:
    """And no time is more than a minute off, or more than a week."""
    found = spread(*seconds)
    assert len(found._found) <= 14_000
    if seconds:
        assert found.worst is not None
        assert 0 <= min(max(seconds), 7 * 86_400) - found.worst < 60


def test_without_a_time_there_is_no_median() -> None:
    """And no largest one."""
    assert (spread().median, spread().worst, spread().count) == (None, None, 0)
