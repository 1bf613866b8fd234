"""Text made fit for a PDF: nothing is lost, nothing is invisible, and no word is wider than a column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.reports.paper.fitting import breakable, fitted, fitting
from kiosk.reports.paper.font_files import covered


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Señora Łukasz", "Señora Łukasz"),
        ("ok 😀", "ok [U+1F600]"),
        ("a\u202eb\u200bc\x1b", "a[U+202E]b[U+200B]c[U+001B]"),
        ("one\ntwo\u2028three\x85", "one[U+000A]two[U+2028]three[U+0085]"),
        ("thin\u2009 no-break\u00a0wide\u3000.", "thin  no-break wide ."),
        ("\ud800 ไ א", "[U+D800] [U+0E44] [U+05D0]"),
    ],
)
def test_each_character_is_one_that_can_be_read(words: str, expected: str) -> None:
    """What can't be seen or drawn is named by its number; a space of any width is one."""
    assert fitting(words) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh",
        "محمد عبد الله",
        "Jean-Baptiste Désir, Kreyòl ayisyen: mèsi",
        "王小明",
        "김민준",
        "Жанна Иванова",
        "Ολυμπία",
        "José Muñoz",
        "さくら",
    ],
)
def test_names_of_families_at_a_school_stay_whole(name: str) -> None:
    """In the scripts that the fonts have."""
    assert fitting(name) == name


@given(st.text())
def test_any_text_is_made_of_what_the_fonts_have(words: str) -> None:
    """And making it fit once more changes nothing."""
    found = fitting(words)
    assert {ord(character) for character in found} <= covered()
    assert found.isprintable()
    assert fitting(found) == found


@given(st.text(st.sampled_from("abWi/ 中"), max_size=200), st.sampled_from([3.0, 9.0, 15.0]))
def test_a_long_word_gets_places_to_break_and_nothing_else(words: str, fits: float) -> None:
    """Without them, it is what it was. Between Chinese characters a line may break anyway."""
    found = breakable(words, fits)
    assert found.replace("\u200b", "") == words
    parts = [part for word in found.split() for part in word.split("\u200b")]
    assert all(part.count("W") <= fits and len(part) <= 3 * fits + 1 for part in parts if set(part) != {"中"})


def test_words_of_usual_length_stay_whole() -> None:
    """In a paragraph; in a narrow column, a long one can be broken."""
    assert breakable("superintendent's responsibilities") == "superintendent's responsibilities"
    assert breakable("responsibilities", 6.0).split("\u200b") == ["responsibil", "ities"]


def test_exact_text_and_drawings_get_no_places_to_break() -> None:
    """A code is copied, and a drawing is read by a program; both get marks for what the fonts lack."""
    long = "A" * 40
    data = {"words": [long, "😀"], "exact": [long, "😀"], "svg": f"<svg>\n<text>{long} ไ</text></svg>", "n": 1}
    assert fitted(data) == {
        "words": ["\u200b".join(["A" * 9] * 4 + ["A" * 4]), "[U+1F600]"],
        "exact": [long, "[U+1F600]"],
        "svg": f"<svg>\n<text>{long} [U+0E44]</text></svg>",
        "n": 1,
    }
