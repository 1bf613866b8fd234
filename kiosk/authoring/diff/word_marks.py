"""Two wordings of one sentence, with what went and what came marked word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

MOST_WORDS: Final = 300
"""Longer texts are shown whole, old and new; comparing is slow, and marks in a long text can't be read."""

MOST_SHOWN: Final = 2_000
"""How many characters of a longer text are shown."""


def marked(old: str, new: str) -> str:
    """`Please wait [-at the entrance-] {+outside+}.`"""
    before, after = old.split(), new.split()
    if max(len(before), len(after)) > MOST_WORDS:
        return f"[-{_short(old)}-] {{+{_short(new)}+}}"
    parts: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts += before[a:b]
            continue
        parts += [f"[-{' '.join(before[a:b])}-]"] if a < b else []
        parts += [f"{{+{' '.join(after[c:d])}+}}"] if c < d else []
    return " ".join(parts)


def _short(words: str) -> str:
    return words if len(words) <= MOST_SHOWN else words[: MOST_SHOWN - 1] + "…"
