"""Pages from templates: every word escaped and visible, nothing silently empty, and written as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from jinja2 import DictLoader, UndefinedError

from kiosk.reports import pages
from tests.reports.records import HOSTILE as UNPRINTABLE
from tests.reports.review_copy.test_page import HOSTILE

TEMPLATES: Final = Path(pages.__file__).parent / "templates"


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Made-up templates by name, in the environment that makes the pages."""
    made: dict[str, str] = {}
    pages._environment.cache_clear()
    monkeypatch.setattr(pages._environment(), "loader", DictLoader(made))
    yield made
    pages._environment.cache_clear()


def test_words_become_html_at_one_door(template: dict[str, str]) -> None:
    """In text and in an attribute, through a macro, an include and a join."""
    template["inner"] = "{{ words }}"
    template["page"] = (
        "{% macro said(w) %}{{ w }}{% endmacro %}<p title=\"{{ words }}\">{{ said(words) }}{% include 'inner' %}"
        '{{ [words, 1] | join(", ") }}</p>'
    )
    made = pages.page("page", words=HOSTILE)
    assert re.findall("<[a-z]+", made) == ["<p"]
    assert made.count('"') == 2
    assert "'" not in made


def test_what_can_not_be_seen_is_made_visible(template: dict[str, str]) -> None:
    """Control characters, marks that turn the line around, half surrogates."""
    template["page"] = "{{ words }}"
    made = pages.page("page", words=UNPRINTABLE + "\x00\x1b\u202e\u200b\ud800")
    assert made.isprintable()
    assert "␛" in made


def test_what_is_missing_is_an_error(template: dict[str, str]) -> None:
    """A value that nobody gave, an attribute that there is not, and None are never an empty place on a page."""
    template["page"] = "{{ words }}"
    template["inner"] = "{{ words.none_such }}"
    with pytest.raises(UndefinedError):
        pages.page("page")
    with pytest.raises(UndefinedError):
        pages.page("inner", words="")
    with pytest.raises(TypeError):
        pages.page("page", words=None)


def test_a_streamed_page_is_written_as_it_is_read(template: dict[str, str]) -> None:
    """Its first piece is there long before the last value was asked for."""
    template["page"] = "{% for n in numbers %}{{ n }}\n{% endfor %}"
    asked: list[int] = []
    made = pages.pieces("page", numbers=(asked.append(n) or n for n in range(10_000)))  # type: ignore[func-returns-value]
    first = next(made)
    assert 0 < len(asked) < 1000
    assert first + "".join(made) == "".join(f"{n}\n" for n in range(10_000))


def test_words_in_a_style_can_end_nothing() -> None:
    """Neither the string nor the element."""
    letters = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-\\")
    assert set(pages.css_string(HOSTILE)[1:-1]) <= letters


def test_only_the_drawing_is_taken_as_it_is() -> None:
    """No other template turns the escaping off."""
    found = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.j2")}
    assert len(found) > 5
    assert [name for name, text in found.items() if re.search(r"\|\s*safe|autoescape", text)] == ["picture.html.j2"]
