"""Widths are those of wcwidth, and lines are those that textual would make; a character is never cut in two."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import wcwidth
from textual.content import Content

from kiosk.layout.cells import _NARROW, breaks, cells, lines

SIGNS: Final = ("👍🏽", "🇺🇸", "क्षि", "❤️")
LETTERS: Final = ("a", "b", " ", "c", "d", "é", "e\u0301", "—", "學", " ", "‘", "x", "’", *SIGNS)
"""Letters of one column and of two, some of several code points."""


def some_words(chance: random.Random, most: int = 300) -> str:
    """Words of any length, spaces anywhere."""
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, most))).strip() or "a"


def test_what_needs_no_tables_is_one_column_wide() -> None:
    """Every character that the short way takes for narrow is so in the tables."""
    narrow = [chr(code) for code in range(sys.maxunicode) if _NARROW.fullmatch(chr(code))]
    assert len(narrow) > 600
    assert [c for c in narrow if c.isprintable() and wcwidth.wcwidth(c) != 1] == []


@pytest.mark.parametrize(
    ("words", "columns"),
    [("", 0), ("plain — words", 13), ("學校", 4), ("e\u0301", 1), ("👍🏽", 2), ("🇺🇸", 2), ("❤️", 2), ("👨‍👩‍👧", 2)],
)
def test_a_character_of_several_code_points_is_as_wide_as_it_is_drawn(words: str, columns: int) -> None:
    """Accents take no column; a flag or a family is one sign."""
    assert cells(words) == columns


@pytest.mark.parametrize("seed", range(50))
def test_lines_end_where_textual_ends_them(seed: int) -> None:
    """Any words at any width, spaces and long words included; only a sign of several code points stays whole here."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    words = re.sub("|".join(SIGNS), "學", some_words(chance))
    for width in (7, 39, 40, 42, 48):
        assert lines(words, width) == [line.plain for line in Content(words).wrap(width)]


@pytest.mark.parametrize("seed", range(50))
def test_no_line_is_too_long_and_nothing_is_lost(seed: int) -> None:
    """Only spaces go, and no sign is cut."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    words = some_words(chance)
    signs = [*wcwidth.iter_graphemes(words)]
    for width in (2, 7, 48):
        made = lines(words, width)
        assert max(cells(line.rstrip()) for line in made) <= width
        assert "".join(made).replace(" ", "") == words.replace(" ", "")
        starts = {sum(map(len, signs[:n])) for n in range(len(signs))}
        assert set(breaks(words, width)) <= starts


def test_western_words_load_no_tables() -> None:
    """A desk in English or Spanish never waits for them."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from kiosk.layout.cells import lines; "
        "lines('“¿Quién es?” — dijo… ' * 99 + 'x' * 99, 40); sys.exit('wcwidth' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-I", "-c", code, str(Path(__file__).parents[2])], check=False).returncode == 0
    )
