"""Text and a QR code on paper: whole, in few columns, and the same file for the same content."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.reports.paper.sheet import Modules, Sheet, as_pdf, as_text, blocks

CODE: Final[Modules] = ((True, True, False, False), (True, False, True, False))


def a_sheet(lines: tuple[str, ...] = ("A line",), code: Modules = CODE) -> Sheet:
    """A sheet with a short code to copy."""
    return Sheet("A title", lines, ("FOK1:3F0A12BC/5/", "AAAA"), code)


def pages(data: bytes) -> int:
    """The number of pages of a PDF."""
    return data.count(b"/Type /Page\n")


def test_two_rows_of_a_code_are_one_row_of_half_blocks() -> None:
    """Each pair of modules has its own sign; an odd last row stands over a light one."""
    assert blocks(CODE) == ["█▀▄ "]
    assert blocks((*CODE, (True, False, True, False))) == ["█▀▄ ", "▀ ▀ "]


def test_a_sheet_as_text_has_its_parts_in_order() -> None:
    """Title, lines, what must be copied, and the code; the last line has its end."""
    assert as_text(a_sheet()).splitlines() == [
        "A title",
        "",
        "A line",
        "",
        "FOK1:3F0A12BC/5/",
        "AAAA",
        "",
        "█▀▄ ",
    ]
    assert as_text(a_sheet()).endswith("\n")


def test_only_a_lit_code_sets_its_colors() -> None:
    """Text for a file or a printer has no control sequence; each row of a lit one sets and resets its colors."""
    lit = as_text(a_sheet(), lit=True)
    assert ("\x1b" in as_text(a_sheet()), lit.count("\x1b[")) == (False, 2)
    assert lit.replace("\x1b[30;107m", "").replace("\x1b[0m", "") == as_text(a_sheet())


def test_the_same_sheet_is_the_same_file() -> None:
    """A PDF has no time and no random id; another line makes another file."""
    one = as_pdf(a_sheet())
    assert one.startswith(b"%PDF-")
    assert one == as_pdf(a_sheet())
    assert one != as_pdf(a_sheet(("Another line",)))


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (40, 1), (60, 2), (120, 3)])
def test_a_full_page_continues_on_the_next(count: int, expected: int) -> None:
    """No line is written below the margin."""
    assert pages(as_pdf(a_sheet(("A line",) * count))) == expected


def test_a_code_is_never_divided_between_two_pages() -> None:
    """A code that does not fit below the text has a page of its own."""
    tall = ((True, False),) * 60
    assert [pages(as_pdf(a_sheet(("A line",) * count, tall))) for count in (5, 40)] == [1, 2]


def test_a_letter_that_the_font_lacks_does_not_prevent_the_page() -> None:
    """The title and the lines may have any letter."""
    assert pages(as_pdf(a_sheet(("学校 \u202e 😀",)))) == 1
