"""The parts of a step as lines: what is before the words, what a click means, how high it is."""

from __future__ import annotations

import pytest

from kiosk.layout.blocks import (
    BLANK,
    ENTER,
    Answer,
    Block,
    Chip,
    Enter,
    Line,
    Person,
    answers,
    chips,
    do,
    heading,
    person,
    say,
    wrapped,
)
from kiosk.layout.cells import cells

TWO = (Answer("a", "1", "Yes, they do"), Answer("b", "2", "No", marked=True))


def text(line: Line) -> str:
    """A line as it is read."""
    return "".join(piece.words for piece in line.pieces)


def test_what_is_before_the_words_indents_all_of_them() -> None:
    """By its columns, whatever its letters."""
    block = do("學 ", "one two three", 14)
    assert [text(line) for line in block.lines] == ["學    one two", "      three"]
    assert block.rows == 3


@pytest.mark.parametrize("block", [heading("", 48), do("DO", "", 48), say("SAY", "", 48)])
def test_nothing_has_no_height(block: Block) -> None:
    """Neither lines nor air nor an edge."""
    assert block.rows == 0


def test_what_is_said_is_in_quotes_after_its_mark_and_within_an_edge() -> None:
    """A tight step has no edge; what it means is below."""
    block = say("SAY", "Hola", 40, mark="[Spanish]", meant="Hello")
    assert [text(line) for line in block.lines] == ["SAY   [Spanish] “Hola”", "      Hello"]
    assert block.rows == 1 + 2 + 2
    assert say("SAY", "Hola", 40, tight=True).rows == 2


def test_every_line_of_an_answer_stands_for_it() -> None:
    """And the line of Enter for Enter, below a blank."""
    made = [*answers(TWO, 13, enter=Enter("Go"))]
    assert [(text(line), line.target) for line in made] == [
        (" 1   Yes,", "a"),
        ("     they do", "a"),
        (" 2   No", "b"),
        ("", ""),
        (" Enter   Go", ENTER),
    ]


def test_ticks_and_the_cursor_are_told_by_signs() -> None:
    """Not by a style alone."""
    made = [text(line) for line in answers(TWO, 40, ticked=frozenset({"b"}), cursor="a", enter=Enter("Tick", ""))]
    assert made == [">1   [ ] Yes, they do", " 2   [x] No", "", "Tick"]


def test_answers_are_set_apart_where_there_is_room() -> None:
    """Unless there are many."""
    assert [*answers(TWO, 40, roomy=True)].count(BLANK) == 2
    many = [Answer(str(n), "1", "x") for n in range(9)]
    assert [*answers(many, 40, roomy=True)].count(BLANK) == 0


def test_chips_stand_beside_each_other_as_far_as_they_fit() -> None:
    """Each with its digit; a long one has lines of its own."""
    items = (Chip("a", "Yes"), Chip("b", "No"), Chip("c", "somebody else altogether"))
    made = chips(items, 20, chosen="b", lead="↓ ")
    assert ["".join(piece.words for _, piece in line) for line in made] == [
        "↓  1 ( ) Yes ",
        " 2 (x) No ",
        " 3 ( ) somebody else",
        "       altogether ",
    ]
    assert {item for item, _ in made[-1]} == {"c"}
    assert max(sum(cells(piece.words) for _, piece in line) for line in made) <= 20


def test_role_and_hours_are_on_one_line_where_they_fit() -> None:
    """Name and number are framed, as wide as each other."""
    who = Person("Jordan Example", "555-0100", "Counsel", "Mon-Fri")
    wide, narrow = ([text(line) for line in person(who, width)] for width in (30, 18))
    assert wide == ["  Jordan Example  ", "  555-0100        ", "  Counsel · Mon-Fri"]
    assert narrow[2:] == ["  Counsel", "  Mon-Fri"]


def test_no_width_is_too_small() -> None:
    """A window that is drawn narrower than the prefix of the words still shows them."""
    assert [text(line) for line in wrapped("abc", 0)] == ["ab", "c"]
