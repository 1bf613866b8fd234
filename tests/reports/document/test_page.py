"""A document as HTML: every part, every word as a word, nothing that loads or runs."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kiosk.reports.document.model import Code, Document, words_of
from kiosk.reports.document.page import as_html, bars
from tests.reports.document.test_text import CODE, a_document
from tests.reports.records import HOSTILE as UNPRINTABLE
from tests.reports.review_copy.test_page import HOSTILE


class Seen(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str] = {}
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag and its attributes."""
        self.tags.append(tag)
        self.attributes |= {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        """Remember words."""
        self.words.append(data)


def test_a_page_has_every_word_of_its_document() -> None:
    """In the tags that say what they are; a QR code is a picture with words."""
    seen = Seen(as_html(a_document()))
    text = " ".join(" ".join(seen.words).split())
    assert [words for words in words_of(a_document()) if words not in text] == []
    assert {"h1", "h2", "dl", "caption", "th", "ul", "pre", "svg", "footer"} <= set(seen.tags)
    assert seen.attributes["scope"] == "col"
    assert "QR code" in as_html(a_document())


@pytest.mark.parametrize("words", [HOSTILE, UNPRINTABLE, "{{ 7*7 }}{% raw %}"])
def test_hostile_words_are_only_words(words: str) -> None:
    """The page has the tags and attributes that it has anyway."""
    plain, hostile = Seen(as_html(a_document())), Seen(as_html(a_document(words)))
    assert (hostile.tags, hostile.attributes.keys()) == (plain.tags, plain.attributes.keys())
    assert "{{ 7*7 }}" not in words or "{{ 7*7 }}" in " ".join(hostile.words)


def test_a_page_loads_nothing() -> None:
    """No address, no script; its policy forbids both."""
    page = as_html(a_document())
    assert re.findall(r"https?:|src=|href=|<script|url\(", page) == []
    assert "default-src 'none'" in page


def test_a_code_is_drawn_in_bars() -> None:
    """One for each run of dark modules: column, row, length."""
    assert bars(Code(CODE, "")) == [(0, 0, 2), (0, 1, 1), (2, 1, 1)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_says_its_language(language: str) -> None:
    """A screen reader then speaks it."""
    assert f'<html lang="{language}">' in as_html(replace(a_document(), lang=language))


def test_practice_is_at_the_head_of_the_page() -> None:
    """Before anything else."""
    assert Seen(as_html(Document("A title", (), "", "PRACTICE"))).tags[-3:] == ["main", "p", "h1"]
