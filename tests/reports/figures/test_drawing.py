"""SVG that is safe, described, readable in gray, and the same each time."""

from __future__ import annotations

import re

import pytest

from kiosk.reports.figures import drawing
from kiosk.reports.figures.drawing import BLUE, GRAY, GRID, INK, WHITE, Drawing, number
from tests.reports.figures.drawn import SVG, contrast, root, texts
from tests.reports.records import HOSTILE

NASTY = HOSTILE + "</text><script>x</script>&amp;\" onload='x' ]]>"


def drawn(prefix: str = "a", words: str = NASTY, link: str = "") -> str:
    """A drawing with these words wherever words can be."""
    made = Drawing(prefix, words, words)
    for kind in range(drawing.KINDS):
        made.part(kind, 10, 20, 30, 40)
    made.text(5, 5, words)
    made.dot(3, 3, 3, label=words, link=link)
    return made.svg(100)


def test_words_of_any_kind_are_words() -> None:
    """Neither markup nor control characters; every word is there, visible."""
    svg = drawn()
    found = root(svg)
    assert {one.tag.removeprefix(SVG) for one in found.iter()} == {
        "svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text",
    }  # fmt: skip
    assert svg.replace("\n", "").isprintable()
    (word,) = texts(svg)
    assert word.words.startswith("␛]52;c;aGk=␇ <U+202E>")
    assert word.words.endswith("\" onload='x' ]]>")


def test_a_drawing_is_an_image_with_a_title_and_a_description() -> None:
    """By ids with its own prefix, so that two of them are on one page."""
    found, other = root(drawn("a")), root(drawn("b"))
    assert (found.get("role"), found.get("aria-labelledby")) == ("img", "a-t a-d")
    ids = {one.get("id") for one in found.iter()} - {None}
    assert {"a-t", "a-d", "a-k1", "a-k2", "a-k3"} == ids
    assert ids.isdisjoint(one.get("id") for one in other.iter())
    with pytest.raises(ValueError, match="letters"):
        Drawing('a"', "", "")


def test_a_drawing_with_links_is_a_group_whose_links_have_names() -> None:
    """Nothing inside of an image could be reached with the keyboard."""
    found = root(drawn(link="2026-0001", words="One"))
    (link,) = found.iter(f"{SVG}a")
    assert (found.get("role"), link.get("href"), link.get("aria-label")) == ("group", "#2026-0001", "One")
    assert "<a" not in drawn()


def test_it_has_no_style_no_script_and_no_address() -> None:
    """So a strict policy of the page allows it, and a PDF can hold it."""
    assert not re.search(r"style|<script|<image|<use|(?<!xmlns=\")https?:|javascript", drawn(words="One"))


def test_it_is_the_same_each_time() -> None:
    """To the byte."""
    assert drawn() == drawn()


def test_text_and_lines_have_enough_contrast_on_white() -> None:
    """Text 7:1, also white on the dark fill; what carries meaning 4.5:1. Grid lines are ornament."""
    assert min(contrast(color, WHITE) for color in (INK, GRAY, BLUE)) >= 7
    assert contrast(GRID, WHITE) < 4.5
    for body in drawing._PATTERNS.values():
        fill, *marks = re.findall("#[0-9a-f]{6}", body)
        assert all(contrast(fill, mark) >= 4.5 for mark in marks)


def test_fills_differ_in_gray() -> None:
    """One is dark, three have different marks on light ground, one is plain."""
    marks = {re.sub("#[0-9a-f]{6}", "", body) for body in drawing._PATTERNS.values()}
    assert len(marks) == len(drawing._PATTERNS) == drawing.KINDS - 2


@pytest.mark.parametrize(("value", "words"), [(1, "1"), (1.26, "1.3"), (-0.01, "0"), (0.04, "0"), (-2.5, "-2.5")])
def test_a_coordinate_has_one_decimal(value: float, words: str) -> None:
    """Never one that is 0, and no negative 0."""
    assert number(value) == words
