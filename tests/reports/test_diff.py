"""The changes between two versions as text: by subject, within eighty columns, with what was removed marked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kiosk.authoring.diff.change import Change, Matter
from kiosk.reports.diff import MOST, WIDTH, as_dict, lines


def a_change(matter: Matter = Matter.WORDS, words: str = "It was reworded", *, destructive: bool = False) -> Change:
    """A change of one step."""
    return Change(matter, ("steps", "wait", "say"), "“Wait” (wait)", words, destructive)


def titles(changes: Sequence[Change], touched: Sequence[str] = ()) -> list[str]:
    """The lines in capitals."""
    return [line for line in lines(changes, touched) if line.isupper()]


def test_every_kind_of_change_has_a_title_of_its_own() -> None:
    """The most important comes first, and none is without a title."""
    found = titles([a_change(matter) for matter in Matter])
    assert len(set(found)) == len(found) == len(Matter)


def test_changes_of_one_place_stand_below_it() -> None:
    """The place is written once; a removal has a mark in front of it, another change has none."""
    told = list(lines([a_change(words="One"), a_change(words="Two", destructive=True)], ()))
    at = told.index("  “Wait” (wait)")
    assert told[at + 1 : at + 3] == ["      One", "    ! Two"]


@pytest.mark.parametrize("removed", [0, 1, 2])
def test_the_last_line_counts_changes_and_removals(removed: int) -> None:
    """Without a removal, no number of removals is named."""
    changes = [a_change(destructive=n < removed) for n in range(3)]
    *_, last = lines(changes, ())
    assert [word for word in last.replace(";", "").split() if word.isdigit()] == ["3", *[str(removed)] * bool(removed)]


def test_two_equal_versions_have_no_changes() -> None:
    """There is one line, and nothing for scripts."""
    assert len(list(lines((), ()))) == 1
    assert as_dict((), ()) == {"changes": [], "guarantees_touched": []}


def test_a_long_change_is_continued_within_eighty_columns() -> None:
    """So is a long list of guarantees; no word is lost."""
    changes = [a_change(words="word " * 60, destructive=True)]
    touched = [f"guarantee-{n}" for n in range(20)]
    told = list(lines(changes, touched))
    assert max(map(len, told)) <= WIDTH
    assert " ".join(told).split().count("word") == 60
    assert [name for name in touched if name not in " ".join(told).replace(",", "").split()] == []


def test_too_many_changes_are_counted_and_not_listed() -> None:
    """Scripts get all of them."""
    changes = [a_change(words=f"Change-{n}") for n in range(MOST + 3)]
    told = " ".join(lines(changes, ()))
    assert (f"Change-{MOST - 1} " in told, f"Change-{MOST} " in told, " 3 more " in told) == (True, False, True)
    assert [one["words"] for one in as_dict(changes, ())["changes"]] == [one.words for one in changes]


def test_a_change_for_scripts_has_all_of_its_parts() -> None:
    """The kind is its name, and the place a list."""
    (told,) = as_dict([a_change(Matter.ROUTING, "Gone", destructive=True)], ["reach"])["changes"]
    assert told == {
        "matter": "routing",
        "place": ["steps", "wait", "say"],
        "where": "“Wait” (wait)",
        "words": "Gone",
        "destructive": True,
    }
