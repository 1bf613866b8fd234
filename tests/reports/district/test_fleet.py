"""The page of all desks: red first, in words, and nothing on it that runs or loads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.district.conflicts import Conflict
from kiosk.reports.district.fleet import ago, as_document
from kiosk.reports.document.model import Numbers, Table, words_of
from kiosk.reports.document.page import as_html
from tests.district.fleet_lines import EMPTY, NOW, all_colors


def the_rows() -> list[list[str]]:
    """The cells of the table of all desks."""
    table = next(block for block in as_document(all_colors(), NOW).blocks if isinstance(block, Table))
    return [[" ".join(line.words for line in cell) for cell in row] for row in table.rows]


def test_the_desks_with_a_problem_come_first_with_words_for_their_color() -> None:
    """So that the page says the same in gray."""
    rows = the_rows()
    assert [row[0] for row in rows] == ["RED", "AMBER", "AMBER", "GREEN", "GRAY"]
    assert rows[0][1:] == [
        *("Pine", "Front office", "5 minutes ago 2027-03-01 11:55", "agents 2.1", "40", "0"),
        f"Nothing more is taken of its log. {Conflict.FORKED.words}",
    ]
    assert rows[2][1:] == [
        EMPTY.school,
        EMPTY.desk,
        "never",
        "not known",
        "0",
        "–",
        "It was enrolled, and has sent nothing.",
    ]
    assert rows[3][-1] == "none"


def test_the_numbers_count_each_color() -> None:
    """All four, also those with no desk."""
    (numbers,) = (block for block in as_document(all_colors(), NOW).blocks if isinstance(block, Numbers))
    assert [number for number, _ in numbers.rows] == ["1", "2", "1", "1"]


def test_the_newest_entries_are_named() -> None:
    """A kind of a newer version has its id."""
    words = [*words_of(as_document(all_colors(), NOW))]
    assert any(one.startswith("future.kind: 2027-03-01 12:00 (just now)") for one in words)
    assert any("2027-01-30 12:00 (30 days ago)" in one for one in words)


def test_a_district_without_desks_says_so() -> None:
    """Instead of an empty table."""
    assert "No desk is enrolled." in words_of(as_document([], NOW))


def test_the_page_loads_nothing_and_shows_hostile_names_as_text() -> None:
    """The policy of all our pages, and no script."""
    page = as_html(as_document(all_colors(), NOW))
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "<script" not in page
    assert "Elm &#34;A&#34;" in page


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=47, minutes=59), "47 hours ago"),
        (timedelta(days=2), "2 days ago"),
        (-timedelta(hours=1), "in the future by 1 hour"),
    ],
)
def test_times_are_in_words(since: timedelta, words: str) -> None:
    """As a person would say them."""
    assert ago(NOW - since, NOW) == words
