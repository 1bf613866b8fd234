"""Counts by month in each format: the same numbers, and no number where one is suppressed."""

from __future__ import annotations

import csv
import json
from typing import Final

from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.statistics import LEAST, NOT_RECORDED, OTHER, Division, categories, month
from kiosk.reports.exports.statistics import Table, lines, page, sheet
from tests.reports.records import a_label
from tests.reports.review_copy.test_page import HOSTILE, Seen

WITHIN: Final = categories(("door", "=phone"), ("handover", HOSTILE))


def encounters(count: int) -> list[dict[Division, str]]:
    """So many, all alike."""
    return [{Division.CHANNEL: "door", Division.OUTCOME: "handover"}] * count


def a_table() -> Table:
    """A month with encounters enough, one without any, and one with too few."""
    months = [month(f"2026-{n:02}", encounters(count), WITHIN) for n, count in ((9, 7), (10, 0), (11, LEAST - 1))]
    return Table(a_label(Level.STATISTICS, mode="practice"), WITHIN, months, [("Made for", HOSTILE)])


def test_a_line_of_json_has_the_counts_of_a_month() -> None:
    """A suppressed one is null, and each line has the label."""
    first, second, third = (json.loads(line) for line in lines(a_table()))
    assert (first["month"], first["encounters"], first["outcome"]) == ("2026-09", 7, {
        "handover": 7, HOSTILE: 0, "closed unfinished": 0, "void": 0, "not closed": 0, OTHER: 0,
    })  # fmt: skip
    assert (second["encounters"], set(second["channel"].values())) == (0, {0})
    assert (third["encounters"], set(third["channel"].values())) == (None, {None})
    for one in (first, second, third):
        assert (one["level"], one["mode"], one["period"]) == ("statistics", "practice", "all days")
        assert one["suppressed_below"] == LEAST


def test_a_row_of_the_sheet_has_the_same_counts() -> None:
    """A column for each category, in the order of the protocol; no cell is a formula."""
    text = "".join(sheet(a_table()))
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    for row, line in zip(rows, map(json.loads, lines(a_table())), strict=True):
        for name, count in line["channel"].items():
            assert row[f"channel.{name}"] == ("(withheld)" if count is None else str(count))
        assert (row["month"], row["level"], row["mode"]) == (line["month"], "statistics", "practice")
    assert [name for name in rows[0] if name.startswith("channel.")] == [
        f"channel.{name}" for name in ("door", "=phone", NOT_RECORDED, OTHER)
    ]
    assert text.removeprefix("\ufeff").replace("\r\n", "").isprintable()


def test_the_page_is_whole_and_says_that_it_is_practice() -> None:
    """Hostile words stay words; a suppressed month shows no number."""
    seen = Seen()
    seen.feed("".join(page(a_table())))
    assert seen.open == []
    told = " ".join(" ".join(seen.text).split())
    assert HOSTILE in told
    assert "Encounters by month (PRACTICE)" in told
    assert "2026-09 7 7 0 0 0" in told
    assert "2026-11 (withheld) (withheld)" in told
    heads = [given for name, given in seen.tags if name == "th"]
    assert all(given.get("scope") in {"row", "col"} for given in heads)
