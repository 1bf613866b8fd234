"""One pattern of many that all begin at a word, compiled at its first use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property


class Words:
    """A pattern that takes some milliseconds to compile, which the start of the desk must not wait for."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source)

    def prepare(self) -> None:
        """Compile it now, if it is not yet."""
        _ = self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        return self._compiled.search(text)

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Return all matches."""
        return self._compiled.finditer(text)

    def sub(self, instead: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with each match replaced."""
        return self._compiled.sub(instead, text)


def words_matching(parts: Iterable[str]) -> Words:
    """Return the pattern that matches one of these, each from the beginning of a word.

    The beginning is tested once, so that Python rejects a part with another first letter without trying it.
    """
    return Words(rf"(?<!\w)(?=\w)(?:{'|'.join(parts)})")
