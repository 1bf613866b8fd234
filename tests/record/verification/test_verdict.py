"""The three results of a verification."""

from __future__ import annotations

from itertools import permutations

from kiosk.record.verification.verdict import Verdict, worst


def test_what_does_not_match_is_worst_and_what_was_not_checked_is_never_verified() -> None:
    """In any order, however many match; of nothing, nothing is wrong."""
    verified, wrong, unchecked = Verdict.VERIFIED, Verdict.DOES_NOT_MATCH, Verdict.NOT_CHECKED
    for found in permutations(Verdict):
        assert worst(found) is wrong
    assert (worst([verified, unchecked, verified]), worst([verified] * 3)) == (unchecked, verified)
    assert worst([]) is verified
