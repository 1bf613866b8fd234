"""What a number is follows from its shape, and from the words before it."""

from __future__ import annotations

import pytest

from kiosk.privacy.numbers import Number, number_in, with_digits


def test_digits_as_words_become_digits() -> None:
    """Two and more in a row, the first as a word; a single one stays a word."""
    assert with_digits("five five five 0 1 8 8 and one agent, room 1 2") == "5550188 and one agent, room 1 2"


@pytest.mark.parametrize(
    ("plain", "kind"),
    [
        ("123-45-6789", Number.SSN),
        ("badge 123-45-6789", Number.UNCLEAR),
        ("her badge ssn 123-45-6789", Number.SSN),
        ("123-456-789", Number.A_NUMBER),
        ("ticket number 123-456-789", None),
        ("123456789", Number.UNCLEAR),
        ("invoice 123456789", None),
        ("12345 6789", Number.UNCLEAR),
        ("12345-6789", None),
        ("student 123456789", Number.SSN),
        ("passport g1234567", Number.DOCUMENT),
        ("a 123 456 789", Number.A_NUMBER),
        ("2026-10-14 9:30", None),
        ("+502 5555 0100", None),
        ("nine zero zero, 45, 6789", Number.SSN),
        ("nueve cero cero 45 6789", Number.SSN),
        ("called nine one one", None),
        ("the parents' social hour", None),
        ("her social worker, room 214", None),
    ],
)
def test_a_number_is_judged(plain: str, kind: Number | None) -> None:
    """A label makes it ordinary, unless it looks like a Social Security number; a person makes it private."""
    assert number_in(plain) is kind
