"""The words of a protocol: each text in each language, and its place in its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kiosk.protocol.findings.collector import Mark
from kiosk.protocol.model import Text
from kiosk.protocol.syntax.cursor import Path

Where = Callable[[Path, str], tuple[str, Mark]]
"""(path of a text, language) → the file and the place of its words in that language."""

MOST_LETTERS: Final = 1_000
"""Maximum number of characters that are checked; a longer text fits no screen and has its own finding."""

_INITIAL: Final = r"(?<=\b[A-Z])\."
_END: Final = re.compile(rf"(?<![.!?;:…])(?:({_INITIAL})|(?!{_INITIAL}))[.!?;:…]+[\"”’»)\]]*(?=\s|$)|\n")
"""The end of a sentence, but not the periods of `U.S. agents`, which are the group. A match begins only at the first of
several marks, so that a text of marks alone takes no longer than any other."""

_LETTER: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in one language, with its path."""

    path: Path
    language: str
    words: str

    @property
    def use(self) -> str:
        """The use of the text: `do`, `say`, `ask`, `title`, `label`; `choices` for choices of a setting or a fact."""
        return self.path[-2] if self.path[-2:-1] == ("choices",) else self.path[-1]

    @property
    def shown(self) -> str:
        """The text, up to the limit that is checked."""
        return self.words[:MOST_LETTERS]


def passages(texts: Iterable[tuple[Path, Text]]) -> Iterator[Passage]:
    """Yield every text in every language it is in, without empty ones."""
    for path, text in texts:
        yield from (Passage(path, language, words) for language, words in text.words if words.strip())


@lru_cache(maxsize=16)  # several checks split the same text
def sentences(words: str) -> tuple[str, ...]:
    """Return the sentences of a text, without their ends. A colon or semicolon ends one too."""
    found, at = list[str](), 0
    for end in _END.finditer(words):
        found.append(words[at : max(end.start(), end.end(1))].strip())
        at = end.end()
    return tuple(part for part in (*found, words[at:].strip()) if part)


@lru_cache(maxsize=16)  # likewise
def words_of(words: str) -> tuple[str, ...]:
    """Return the words of a text as a person counts them: separated by spaces, with a letter or digit in each."""
    return tuple(word for word in words.split() if word[0].isalnum() or _LETTER.search(word))
