"""A document in the lines of a narrow screen: each row of a table says what it is of, without drawings and codes."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.reports.document.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Style,
    Table,
    cell,
    row,
)
from kiosk.reports.document.reading import reading_lines


def lines(*blocks: Block) -> list[str]:
    """The lines of a document of these blocks."""
    return [*reading_lines(Document("A title", blocks, "foot", ""))]


def table(*heads: str, row: Sequence[Cell]) -> Table:
    """A table with this row."""
    return Table(heads, (tuple(row),), (1,) * len(heads))


def test_headings_have_a_blank_line_in_front_and_the_rest_is_indented() -> None:
    """The title is the screen's."""
    found = lines(Heading("Calls"), Paragraph("None."), Pairs((("Opened", "Monday"),)), Bullets(("One",)))
    assert found == ["", "Calls", "  None.", "  Opened: Monday", "  • One"]


def test_a_row_of_numbers_is_one_line_and_several_numbers_have_their_heads() -> None:
    """Of more than three numbers, zeros are left out."""
    assert lines(table("Month", "Encounters", row=row("July", "4"))) == ["  July: 4"]
    found = lines(table("Duty", "Owed", "Done", "Open", "Overdue", row=row("Send them", "4", "0", "3", "1")))
    assert found == ["  Send them: Owed: 4, Open: 3, Overdue: 1"]


def test_the_last_cell_of_a_row_of_words_has_its_own_lines() -> None:
    """So words with commas in them stay apart; what was said aloud is in quotes."""
    words = row("212", "Agency, as they say it", "Sheriff, Example County")
    found = lines(table("Entry", "Fact", "Recorded", row=words))
    assert found == ["  212  Agency, as they say it", "      Sheriff, Example County"]
    said = (cell("12"), cell(Line("Asked"), Line("Please wait.", Style.SAID)))
    assert lines(table("Entry", "What", row=said)) == ["  12", "      Asked", "      “Please wait.”"]
