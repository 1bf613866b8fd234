"""A text is taken apart into its sentences, in the same way on every Python that the kiosk promises to run on."""

from __future__ import annotations

import pytest

from kiosk.checks.wording.sentences import sentences
from kiosk.doctor.known_answers import SPLITS


@pytest.mark.parametrize(("words", "parts"), SPLITS)
def test_sentences_end_where_people_pause(words: str, parts: tuple[str, ...]) -> None:
    """At a colon, a semicolon and a line's end too, but not at an abbreviation or inside a number."""
    assert sentences(words) == parts


def test_a_row_of_marks_that_ends_nothing_is_no_end() -> None:
    """However many marks there are."""
    assert sentences("." * 1_000 + "a") == ("." * 1_000 + "a",)
