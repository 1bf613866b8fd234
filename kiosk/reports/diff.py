"""The changes between two versions, as text in eighty columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any, Final

from kiosk.authoring.diff.change import Change, Matter
from kiosk.worded import many

WIDTH: Final = 80
MOST: Final = 500
"""The maximum number of changes listed."""

_TITLES: Final = {
    Matter.ROUTING: "WHERE ANSWERS LEAD, AND HOW IT ENDS",
    Matter.GUARANTEES: "GUARANTEES AND SUPPRESSED WARNINGS",
    Matter.PEOPLE: "WHO IS CALLED AND NOTIFIED",
    Matter.STEPS: "STEPS AND ANSWERS",
    Matter.SETTINGS: "SETTINGS",
    Matter.FACTS: "FACTS RECORDED",
    Matter.WORDS: "WORDS",
    Matter.TRANSLATIONS: "TRANSLATIONS",
    Matter.RELEASE: "RELEASE",
    Matter.SOURCES: "SOURCES",
    Matter.FILES: "OTHER FILES OF THE PACK",
}


def lines(changes: Sequence[Change], touched: Sequence[str]) -> Iterator[str]:
    """Return the changes by subject, then the guarantees that they affect, then their number.

    `!` marks a removal; `[-…-]` is removed, `{+…+}` is added.
    """
    for matter, of_matter in groupby(changes[:MOST], key=lambda change: change.matter):
        yield from (_TITLES[matter], "")
        for where, here in groupby(of_matter, key=lambda change: change.where):
            yield from _block(where, tuple(here))
        yield ""
    if len(changes) > MOST:
        yield from (f"… and {len(changes) - MOST} more changes.", "")
    if touched:
        yield "GUARANTEES ABOUT WHAT CHANGED"
        yield from (*wrap(", ".join(touched), WIDTH, initial_indent="  ", subsequent_indent="  "), "")
    yield _sum(changes)


def as_dict(changes: Sequence[Change], touched: Sequence[str]) -> dict[str, Any]:
    """Return the changes for scripts."""
    return {
        "changes": [
            {
                "matter": change.matter.name.lower(),
                "place": list(change.place),
                "where": change.where,
                "words": change.words,
                "destructive": change.destructive,
            }
            for change in changes
        ],
        "guarantees_touched": list(touched),
    }


def _block(where: str, changes: Sequence[Change]) -> Iterator[str]:
    yield from wrap(where, WIDTH, initial_indent="  ", subsequent_indent="  ")
    for change in changes:
        mark = "    ! " if change.destructive else "      "
        yield from wrap(change.words, WIDTH, initial_indent=mark, subsequent_indent="      ")


def _sum(changes: Sequence[Change]) -> str:
    if not changes:
        return "Nothing changed."
    removed = sum(change.destructive for change in changes)
    count = many(len(changes), "change")
    return f"{count}; {removed} marked ! removed something." if removed else f"{count}; nothing was removed."
