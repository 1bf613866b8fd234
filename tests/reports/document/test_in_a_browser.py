"""A document in a real browser: no violation that axe-core knows. The test of the review copy says what this needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.reports.document.model import Document
from kiosk.reports.document.page import as_html
from kiosk.reports.guides.guide import Guide, guide
from tests.reports.certification.test_page import a_copy, a_page
from tests.reports.paper.test_document_pdf import a_document
from tests.reports.review_copy.test_in_a_browser import judged, pytestmark

__all__ = ["pytestmark"]


@pytest.mark.parametrize(
    "document",
    [a_document(), a_page(a_copy(), practice=True), *map(guide, Guide)],
    ids=["every part", "certification", *Guide],
)
def test_axe_finds_no_violation(tmp_path: Path, document: Document) -> None:
    """Of any rule, the best practices among them."""
    told = judged(as_html(document), tmp_path)
    assert told["violations"] == []
    assert told["passes"] > 20, "axe-core looked at nearly nothing"
