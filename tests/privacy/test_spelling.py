"""One wrong letter does not hide a key word, and ordinary words stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.privacy.spelling import corrected, written_out

KEYS = ("undocumented", "immigration", "citizenship", "guatemala", "indocumentada", "deportado")


@given(st.sampled_from(KEYS), st.data())
def test_each_slip_is_corrected(key: str, data: st.DataObject) -> None:
    """A letter is missing, doubled, or swapped with the next; the first one is right."""
    at = data.draw(st.integers(1, len(key) - 2))
    missing, doubled = key[:at] + key[at + 1 :], key[:at] + key[at] + key[at:]
    swapped = key[:at] + key[at + 1] + key[at] + key[at + 2 :]
    assert [corrected(word) for word in (missing, doubled, swapped)] == [key] * 3


def test_a_wrong_letter_is_corrected() -> None:
    """In any place but the first."""
    assert corrected("an imnigrant from guatemela") == "an immigrant from guatemala"


@pytest.mark.parametrize(
    "words",
    ["office", "states", "colombia", "departed", "deportes", "agente", "refuge", "statue", "medico", "familias"],
)
def test_ordinary_words_stay(words: str) -> None:
    """They are one slip away from a key word, and mean something else."""
    assert corrected(words) == words


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("she isnt", "she isn't"),
        ("they dont", "they don't"),
        ("hes", "he's"),
        ("theyre", "they're"),
        ("there", "there"),
        ("she aint here", "she isn't here"),
        ("they ain't got it", "they hasn't got it"),
        ("painting in maine", "painting in maine"),
        ("his immig. hearing", "his immigration hearing"),
        ("imm records", "imm records"),
        ("famly dosnt care", "family doesn't care"),
        ("u n d o c u m e n t e d kid", "undocumented kid"),
        ("i.l.l.e.g.a.l", "illegal"),
        ("u s a", "u s a"),
    ],
)
def test_letters_that_people_leave_out_are_put_back(typed: str, whole: str) -> None:
    """In a hurry nobody types them."""
    assert corrected(typed) == whole


def test_two_slips_and_short_words_stay() -> None:
    """They are too far away to be sure."""
    assert corrected("ctizn undcumnted visa vsa") == "ctizn undcumnted visa vsa"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("family w/o a car, w/ two kids", "family without a car, with two kids"),
        ("entered w/out it, w a friend", "entered without it, with a friend"),
        ("cel d la tía", "cel de la tía"),
        ("preguntó x Brisa, 4 x 4", "preguntó por Brisa, 4 x 4"),
        ("thier papers are there", "their papers are there"),
        ("un-docu-mented, in documentados", "undocumented, indocumentados"),
        ("in documents, D la", "in documents, D la"),
    ],
)
def test_what_hurried_people_shorten_is_written_out(typed: str, whole: str) -> None:
    """In any case, because capitals mark names."""
    assert written_out(typed) == whole
