"""The page of all desks in a real browser: no violation that axe-core knows."""

from __future__ import annotations

from pathlib import Path

from kiosk.reports.district.fleet import as_document
from kiosk.reports.document.page import as_html
from tests.district.fleet_lines import NOW, all_colors
from tests.reports.review_copy.test_in_a_browser import judged, pytestmark

__all__ = ["pytestmark"]


def test_the_page_has_no_violation(tmp_path: Path) -> None:
    """With desks of every color."""
    told = judged(as_html(as_document(all_colors(), NOW)), tmp_path)
    assert told["violations"] == []
    assert told["passes"] > 10
