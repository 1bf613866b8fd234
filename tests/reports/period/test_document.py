"""A report of a period as a PDF: the numbers first, no link in a drawing, and pages that a screen reader can follow."""

from __future__ import annotations

import pytest

from kiosk.reports.document.model import Figure, Heading, Numbers
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.reports.period.document import as_document
from tests.reports.paper.reading import faults, misplaced, pages, words
from tests.reports.period.test_page import nasty, report_of


def test_its_numbers_come_before_its_parts_and_no_drawing_has_a_link() -> None:
    """On paper a dot leads nowhere."""
    document = as_document(report_of(35))
    kinds = [type(block) for block in document.blocks]
    assert kinds.index(Numbers) < kinds.index(Heading)
    drawn = [block.svg for block in document.blocks if isinstance(block, Figure)]
    assert drawn
    assert not [svg for svg in drawn if "<a" in svg]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_its_pages_are_tagged_and_nothing_leaves_them(paper: str) -> None:
    """Checked by typst, by pdfua and by our own walk; no word is outside its page or over another."""
    made = as_pdf(as_document(report_of(35)), paper)
    assert faults(made) == []
    assert misplaced(made) == []
    assert pages(made) > 1
    assert "35" in words(made)


def test_a_period_without_encounters_is_a_pdf_too() -> None:
    """No drawing is made of nothing."""
    document = as_document(report_of(0))
    assert not [block for block in document.blocks if isinstance(block, Figure)]
    assert faults(as_pdf(document)) == []


def test_hostile_words_are_only_shown() -> None:
    """They are letters on the page, and no page of it breaks."""
    assert faults(as_pdf(as_document(nasty()))) == []
