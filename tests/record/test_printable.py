"""Words are shown so that no terminal obeys them and nothing hides."""

from __future__ import annotations

import pytest

from kiosk.record.printable import printable


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("a\nb\r\tc", "a␊b␍␉c"),
        ("\x00\x7f", "␀␡"),
        ("\x9b31m", "<U+009B>31m"),
        ("\u202egod", "<U+202E>god"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("line\u2028end\x85", "line<U+2028>end<U+0085>"),
        ("half \ud800", "half <U+D800>"),
    ],
)
def test_what_a_terminal_would_obey_is_drawn(hidden: str, shown: str) -> None:
    """Every control, bidi, zero-width and unpaired character becomes a sign."""
    assert printable(hidden) == shown


@pytest.mark.parametrize("words", ["", "Señora Núñez", "“ok” — 100 %", "日本語", "[/] [@click=app.quit]"])
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    """Letters of every language, and markup, pass unchanged."""
    assert printable(words) == words


def test_a_wide_space_becomes_a_plain_one() -> None:
    """A space that is not the usual one hides nothing, so it is a space."""
    assert printable("a\u00a0b\u2003c") == "a b c"
