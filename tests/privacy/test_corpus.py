"""How often the guard is wrong about sentences of a front desk, in both directions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from kiosk.privacy.guard import judge
from kiosk.privacy.meanings import Doubt

CORPUS: Final = Path(__file__).parent / "corpus"
ALL: Final = tuple(sorted(path.stem for path in CORPUS.glob("*.txt")))
FEWEST: Final = 400
"""Sentences that must be kept, and sentences that must be refused."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `may_ask`: whether the desk may ask about it first."""

    words: str
    may_ask: bool


def sentences(name: str) -> tuple[Sentence, ...]:
    """Return the sentences of one file of the corpus."""
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(Sentence(line.removeprefix("? "), line.startswith("? ")) for line in lines if line and line[0] != "#")


def wrong(name: str, *, refused: bool) -> Iterator[str]:
    """Yield the sentences of a file with another outcome than its name says; a question is wrong unless allowed."""
    for one in sentences(name):
        found = judge(one.words)
        if not one.may_ask if isinstance(found, Doubt) else (found is not None) is not refused:
            yield one.words


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    """A sentence that is counted twice would weigh double; one in both lists would have no right outcome."""
    kept = [one.words for name in ALL if name.startswith("kept") for one in sentences(name)]
    refused = [one.words for name in ALL if name.startswith("refused") for one in sentences(name)]
    assert min(len(kept), len(refused)) >= FEWEST
    assert len({words.casefold() for words in kept + refused}) == len(kept) + len(refused)


@pytest.mark.parametrize(
    ("name", "refused", "most"),
    [
        ("kept", False, 2.0),
        ("kept_held_out", False, 2.0),
        ("kept_round_3", False, 2.0),
        ("kept_round_4", False, 2.0),
        ("kept_round_5", False, 2.0),
        ("kept_round_6", False, 1.0),
        ("refused", True, 5.0),
        ("refused_held_out", True, 10.0),
        ("refused_round_3", True, 10.0),
        ("refused_round_4", True, 2.0),
        ("refused_round_5", True, 9.0),
        ("refused_round_6", True, 16.0),
    ],
)
def test_the_guard_is_seldom_wrong(name: str, refused: bool, most: float) -> None:
    """At most this percentage of a file has another outcome; the sentences are printed.

    The aims for new sentences are 2 and 10. Rules have been written for the kinds of all of these files but rounds 5
    and 6, whose bounds are what their first runs gave.
    """
    found = tuple(wrong(name, refused=refused))
    rate = 100 * len(found) / len(sentences(name))
    print(f"{name}: {rate:.1f} %", *found, sep="\n  ")  # noqa: T201  (what a person reads with -s)
    assert rate <= most


@pytest.mark.parametrize("name", ALL)
def test_the_desk_is_seldom_asked(name: str) -> None:
    """A guard that asks about everything would never be wrong, and nobody would read its questions."""
    every = sentences(name)
    assert sum(isinstance(judge(one.words), Doubt) for one in every) <= len(every) / 20
