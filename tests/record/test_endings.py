"""How a record was closed is written into its closing, and reads back."""

from __future__ import annotations

import pytest

from kiosk.record.endings import ENDED, OVER, Ending, Link, VoidReason, closing_body, ending_in, reason_words


def test_the_stored_ids_never_change() -> None:
    """Logs of years ago have them; another id would not be read."""
    assert {ending.name: str(ending) for ending in Ending} == {
        "OUTCOME": "outcome",
        "UNFINISHED": "unfinished",
        "VOID": "void",
    }
    assert {reason.name: str(reason) for reason in VoidReason} == {
        "MISTAKE": "by-mistake",
        "TRIED": "only-trying",
        "DUPLICATE": "in-another-record",
        "NO_OFFICIAL": "not-an-official",
    }
    assert {link.name: str(link) for link in Link} == {"SAME_PEOPLE": "same-people", "FOLLOWS": "follows"}
    assert OVER == "over"


def test_each_ending_has_its_own_words() -> None:
    """Else a list could not show which is which."""
    assert ENDED.keys() == set(Ending)
    assert len(set(ENDED.values())) == len(Ending)


def test_each_reason_code_has_its_own_words() -> None:
    """No code is shown to people."""
    codes = {OVER, *VoidReason}
    words = {reason_words(code) for code in codes}
    assert len(words) == len(codes)
    assert not words & codes


@pytest.mark.parametrize("typed", ["They left", "over it", "", "Void"])
def test_a_reason_that_was_typed_is_shown_as_it_was_typed(typed: str) -> None:
    """Also one that only resembles a code."""
    assert reason_words(typed) == typed


def test_a_closing_without_an_outcome_names_the_ending_and_the_reason() -> None:
    """And the person, if one gave a name."""
    assert closing_body(Ending.UNFINISHED, "They left", "AB") == {
        "ending": "unfinished",
        "reason": "They left",
        "by": "AB",
    }
    assert closing_body(Ending.VOID, VoidReason.MISTAKE) == {"ending": "void", "reason": "by-mistake"}


@pytest.mark.parametrize("ending", Ending)
def test_an_ending_reads_back_from_its_closing(ending: Ending) -> None:
    """Each of them."""
    assert ending_in(closing_body(ending, "a reason")) is ending


def test_a_closing_at_an_outcome_need_not_name_its_ending() -> None:
    """It has the outcome itself."""
    assert ending_in({"outcome": "left"}) is Ending.OUTCOME
    assert ending_in({}) is Ending.OUTCOME


@pytest.mark.parametrize("stored", ["burnt", "", None, 7, ["void"]])
def test_an_ending_of_a_newer_version_reads_as_unfinished(stored: object) -> None:
    """Never as an outcome that nobody reached."""
    assert ending_in({"ending": stored, "outcome": "left"}) is Ending.UNFINISHED
