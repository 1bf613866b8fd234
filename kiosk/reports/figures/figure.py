"""A figure, and its numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LEAST_DRAWN: Final = 5
"""The smallest number of encounters that is drawn; fewer are only told in words."""

_SPELLED: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words. Each row has a cell for each column of the head; the first one names the row.

    linked: its rows are named by record numbers, to which a figure on the page may link.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. svg: the drawing; empty when too little is there to draw.

    description: its numbers in words, for people who don't see it. sentence: the one thing to see in it.
    """

    svg: str
    title: str
    description: str
    sentence: str
    table: Table


def spelled(count: int) -> str:
    """Return a small number as a word, any other in digits."""
    return _SPELLED[count] if 0 <= count < len(_SPELLED) else str(count)


def capital(words: str) -> str:
    """Return the words with a capital letter in front."""
    return words[:1].upper() + words[1:]


def plain(number: float) -> str:
    """Return a number with at most one decimal, and without one that is 0."""
    return f"{number:.1f}".removesuffix(".0")
