"""Two wordings of one sentence, with removed and added words marked."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

MOST_WORDS: Final = 300
"""Maximum number of words to compare; longer texts are shown complete, old and new, because comparing is slow."""

MOST_SHOWN: Final = 2_000
"""Maximum number of characters shown of a longer text."""


def marked(old: str, new: str) -> str:
    """Return the new wording with marks: `Please wait [-at the entrance-] {+outside+}.`"""
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
