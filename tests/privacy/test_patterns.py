"""A pattern that is compiled when it is first used."""

from __future__ import annotations

import re

import pytest

from kiosk.privacy.guard import PATTERNS
from kiosk.privacy.patterns import words_matching


def test_a_pattern_is_compiled_once_and_not_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing the guard costs the start of the desk nothing; preparing a pattern spares the first text."""
    made: list[str] = []
    real = re.compile

    def compiled(source: str) -> re.Pattern[str]:
        made.append(source)
        return real(source)

    monkeypatch.setattr("kiosk.privacy.patterns.re.compile", compiled)
    words = words_matching(["ab", "cd"])
    assert made == []
    words.prepare()
    assert (words.search("xab") is None, words.sub("-", "ab xcd cd")) == (True, "- xcd -")
    assert [found[0] for found in words.finditer("cd ab")] == ["cd", "ab"]
    assert len(made) == 1


def test_every_large_pattern_can_be_prepared() -> None:
    """The guard judges with them, and each compiles."""
    for words in PATTERNS:
        words.prepare()
