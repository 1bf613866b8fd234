"""How far the tests with random input search: the same few examples for every change, or new ones and many.

`-m 'not long'`, as `sh deploy/test` says, judges a change by what it changed; everything else goes on searching.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from hypothesis import HealthCheck, settings

T = TypeVar("T")

SAME: Final = "the same examples each time"
NEW: Final = "new examples each time"
_USUAL: Final = 100
"""How many examples a test tries that names no number."""
_PART: Final = 3

# How soon a computer draws its first letters says nothing about the kiosk, and on a clean checkout it takes a second or
# more. What must be done in time is measured by tests that are about time.
_ANY_COMPUTER: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(SAME, _ANY_COMPUTER, derandomize=True, max_examples=_USUAL // _PART)
settings.register_profile(NEW, _ANY_COMPUTER, max_examples=_USUAL)


def search(*, anew: bool) -> None:
    """Say how far to search; before the tests are read, for their settings ask `examples`."""
    settings.load_profile(NEW if anew else SAME)


def _anew() -> bool:
    return settings.get_current_profile_name() != SAME


def examples(most: int) -> int:
    """How many of at most so many examples a test tries now."""
    return most if _anew() else most // _PART


def some(cases: Sequence[T], turn: int) -> Sequence[T]:
    """All of many cases behind the slow door; else a third of them, another one at each turn, and at least one."""
    return cases if _anew() else cases[turn % min(_PART, len(cases)) :: _PART]
