"""A document as text: complete, in few columns, and with nothing invisible."""

from __future__ import annotations

from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from kiosk.reports.document.model import (
    Blanks,
    Bullets,
    Code,
    Document,
    Exact,
    Figure,
    Heading,
    Line,
    Modules,
    Pairs,
    Paragraph,
    Style,
    Table,
    cell,
    row,
    words_of,
)
from kiosk.reports.document.text import WIDTH, as_text, blocks

CODE: Final[Modules] = ((True, True, False, False), (True, False, True, False))


def a_document(words: str = "A line") -> Document:
    """A document with every part."""
    what = cell(Line("Asked", Style.STRONG), Line("Please wait", Style.SAID), Line(words), Line("ab" * 60, Style.EXACT))
    return Document(
        "A title",
        (
            Paragraph(words),
            Heading("A heading"),
            Pairs((("School", words),)),
            Table(("No", "What"), (row("7", "closed"), (cell("8"), what)), (1, 2), "A caption"),
            Bullets((words,)),
            Figure("<svg/>", "A picture", "Its numbers", "What to see"),
            Exact(("FOK1:3F0A12BC/5/", "AAAA")),
            Code(CODE, "QR code"),
            Blanks(("Name",)),
        ),
        "The foot",
    )


def test_a_command_stays_in_one_line_of_its_own() -> None:
    """It can be copied whole, however long it is."""
    command = "kiosk " + "word " * 30 + "end"
    table = Table(("What", "Command"), ((cell("Do it"), cell(Line(command, Style.COMMAND))),), (1, 2))
    assert as_text(Document("A title", (table,), "")).splitlines()[3:] == ["Do it", f"    {command}"]


def test_two_rows_of_a_code_are_one_row_of_half_blocks() -> None:
    """Each pair of modules has its own character; an odd last row is over a light one."""
    assert blocks(CODE) == ["█▀▄ "]
    assert blocks((*CODE, (True, False, True, False))) == ["█▀▄ ", "▀ ▀ "]


def test_a_document_as_text_has_its_parts_in_order() -> None:
    """A row with short cells is one line; a longer one has the last cell below, line by line."""
    assert as_text(a_document()).splitlines() == [
        "A title",
        "",
        "A line",
        "",
        "A heading",
        "=========",
        "",
        "School: A line",
        "",
        "A caption",
        "No  What",
        "    7  closed",
        "    8",
        "    Asked",
        "    | “Please wait”",
        "    A line",
        "    " + "ab" * 60,
        "",
        "* A line",
        "",
        "A picture",
        "Its numbers",
        "What to see",
        "",
        "FOK1:3F0A12BC/5/",
        "AAAA",
        "",
        "█▀▄ ",
        "",
        "",
        "Name ________________________________________",
        "",
        "The foot",
    ]


def test_only_a_lit_code_sets_its_colors() -> None:
    """Text for a file or a printer has no control sequence; each row of a lit one sets and resets its colors."""
    lit = as_text(a_document(), lit=True)
    assert ("\x1b" in as_text(a_document()), lit.count("\x1b[")) == (False, 2)
    assert lit.replace("\x1b[30;107m", "").replace("\x1b[0m", "") == as_text(a_document())


def test_practice_is_said_once() -> None:
    """At the head, unless the title says it."""
    document = Document("A title", (), "", "PRACTICE")
    assert as_text(document).splitlines()[:2] == ["A title", "PRACTICE"]
    assert as_text(Document("PRACTICE: A title", (), "", "PRACTICE")).splitlines() == ["PRACTICE: A title"]


@given(st.text(max_size=300))
def test_no_line_is_wider_than_the_page_and_no_word_is_lost(words: str) -> None:
    """Whatever was typed; exact lines are as they are."""
    document = a_document(words)
    lines = as_text(document).splitlines()
    assert max(len(line) for line in lines if "abab" not in line) <= WIDTH
    assert all(line.isprintable() for line in lines)
    assert [text for text in words_of(Document("", (Heading("One two"),), "")) if text] == ["One two"]
