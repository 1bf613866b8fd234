"""`kiosk guide`: two pages for people, from any home and also without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.reports.guides.guide import PAGES, Guide
from kiosk.settings import Home
from tests.reports.paper.reading import faults, pages, words
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)


@pytest.mark.parametrize("which", Guide)
def test_a_guide_is_printed_without_a_home(typed: Typed, which: Guide) -> None:
    """As text; no log, no settings and no folder are made for it."""
    before = {*typed.home.path.rglob("*")} if typed.home.path.exists() else set()
    told = typed("guide", which)
    assert (told.code, told.err) == (0, "")
    assert "\nGuide for" in told.out
    assert ({*typed.home.path.rglob("*")} if typed.home.path.exists() else set()) == before


@pytest.mark.parametrize("which", Guide)
def test_a_guide_is_a_pdf_of_two_pages(typed: Typed, tmp_path: Path, which: Guide) -> None:
    """As the name of the file ends."""
    file = tmp_path / "guide.pdf"
    told = typed("guide", which, "-o", str(file))
    assert (told.code, told.out) == (0, "")
    assert str(file) in told.err
    assert (pages(file.read_bytes()), faults(file.read_bytes())) == (PAGES, [])


def test_a_guide_is_a_page_for_a_browser(typed: Typed) -> None:
    """With its pictures in it, each with words for people who don't see it."""
    told = typed("guide", "it", "--format", "html")
    assert told.code == 0
    assert told.out.startswith("<!DOCTYPE html>")
    assert told.out.count('<svg role="img" aria-label="') == 2
    assert "http-equiv" in told.out


def test_the_language_is_typed_or_that_of_the_desk(typed: Typed, home: Home) -> None:
    """Only the front desk's guide has another one."""
    assert "Nunca" in typed("guide", "front-desk", "--language", "es").out
    assert "Never" in typed("guide", "front-desk").out
    home.path.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text('[desk]\nschool = "Lincoln High"\nlanguage = "es"\n', encoding="utf-8")
    told = typed("guide", "front-desk")
    assert "Nunca" in told.out
    assert "\nLincoln High · " in told.out
    assert "Never" in typed("guide", "front-desk", "--language", "en").out
    assert "Lock-down" in typed("guide", "it").out


def test_the_paper_is_that_of_the_settings(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A4 is two pages too."""
    home.path.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text('[paper]\nsize = "a4"\n', encoding="utf-8")
    assert typed("guide", "administrator", "-o", str(tmp_path / "guide.pdf")).code == 0
    made = (tmp_path / "guide.pdf").read_bytes()
    assert pages(made) == PAGES
    assert "FERPA" in words(made)


def test_a_guide_that_is_none_is_refused(typed: Typed) -> None:
    """With those that there are."""
    assert "front-desk, administrator, it" in typed.refused(2, "guide", "parents")
    assert "-h" in typed.refused(2, "guide")


def test_a_file_is_never_replaced(typed: Typed, tmp_path: Path) -> None:
    """And a PDF needs one."""
    file = tmp_path / "guide.html"
    file.write_text("mine", encoding="utf-8")
    assert "already exists" in typed.refused(2, "guide", "it", "-o", str(file))
    assert file.read_text(encoding="utf-8") == "mine"
    assert "-o FILE" in typed.refused(2, "guide", "it", "--format", "pdf")
