"""Each kind of figure: what is drawn is what was counted, and no word leaves the drawing or covers another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.reports.figures.bars import Share, bars, most_of, shares
from kiosk.reports.figures.dots import Row, dots
from kiosk.reports.figures.drawing import BLUE, GRAY, INK, KINDS, WHITE, WIDTH
from kiosk.reports.figures.figure import Figure, capital, plain, spelled
from kiosk.reports.figures.stacked import ALL, month_words, stacked
from tests.reports.figures.drawn import SVG, root, shapes, texts
from tests.reports.records import HOSTILE

CALLS = Share("Role", "Calls tried", "Reached a person", "Tried")
NAMES = ("Door", "By phone, or in another way that needs many words", HOSTILE, "Mail", "Bus", "门口", "يشسيبل")


def months(count: int, year: int = 2026, first: int = 7) -> list[str]:
    """So many months in a row."""
    return [f"{year + (first - 1 + n) // 12}-{(first - 1 + n) % 12 + 1:02}" for n in range(count)]


def require_tidy(figure: Figure) -> None:
    """No word is outside of the drawing, none covers another, and each has a color of enough contrast."""
    found = list(texts(figure.svg))
    high = float(root(figure.svg).get("height", "0"))
    assert [w for w in found if w.left < -0.5 or w.right > WIDTH + 0.5 or not 5 < w.y <= high] == []
    assert {w.fill for w in found} <= {INK, GRAY, WHITE}
    assert [(a.words, b.words) for a, b in combinations(found, 2) if a.covers(b)] == []


counts = st.dictionaries(st.tuples(st.integers(0, 39), st.sampled_from(NAMES)), st.integers(0, 120), max_size=60)


@given(counts, st.integers(1, 60))
def test_a_bar_has_its_parts_and_its_sum(found: dict[tuple[int, str], int], length: int) -> None:
    """Of any months; the table has every number, and each part that is large enough its own."""
    row = months(max([length, *(n + 1 for n, _ in found)]))
    given_ = {(row[n], kind): count for (n, kind), count in found.items()}
    figure = stacked(given_, row, "a", "By month")
    total = sum(given_.values())
    if figure.table.head[-1] == ALL:
        assert sum(int(cells[-1]) for cells in figure.table.rows) == total
        assert all(sum(map(int, cells[1:-1])) == int(cells[-1]) for cells in figure.table.rows)
    else:
        assert sum(int(cells[-1]) for cells in figure.table.rows) == 2 * total
    assert bool(figure.svg) == (total >= 5)
    if figure.svg:
        require_tidy(figure)


def test_a_part_is_as_high_as_its_count() -> None:
    """In the order of the legend, the most frequent kind at the foot."""
    figure = stacked({("2026-07", "Door"): 6, ("2026-07", "Phone"): 3}, ["2026-07"], "a", "By month")
    parts = [one for one in shapes(figure.svg, "rect") if one.get("stroke")][2:]
    heights = [float(one.get("height", "0")) for one in parts]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)
    assert [one.get("fill") for one in parts] == [BLUE, "url(#a-k1)"]
    assert {"6", "3", "9"} <= {word.words for word in texts(figure.svg)}
    assert figure.sentence == "All 9 were in July 2026."


def test_kinds_beyond_the_fills_are_one() -> None:
    """In the drawing; the table has each."""
    given_ = {("2026-07", f"Kind {n}"): 10 + n for n in range(KINDS + 2)}
    figure = stacked(given_, ["2026-07"], "a", "By month")
    assert "Other" in {word.words for word in texts(figure.svg)}
    assert [row[1] for row in figure.table.rows] == [ALL, *(f"Kind {n}" for n in reversed(range(KINDS + 2)))]
    assert stacked({("2026-07", f"Kind {n}"): 9 for n in range(KINDS)}, ["2026-07"], "a", "").svg.count("Kind 4") == 2


def test_fewer_than_five_are_told_in_words() -> None:
    """And none is none; no empty axes."""
    figure = stacked({("2026-07", "Door"): 4}, months(3), "a", "By month")
    assert (figure.svg, figure.sentence) == ("", "July 2026: 4 (Door 4).")
    nothing = [
        stacked({}, months(3), "a", ""),
        bars([], "a", "", "", ""),
        dots([], "a", ""),
        shares([], CALLS, "a", "", ""),
    ]
    assert [(one.svg, one.sentence) for one in nothing] == [("", "None.")] * 4


def test_many_months_are_years() -> None:
    """Beyond three years."""
    given_: Mapping[tuple[str, str], int] = {(month, "Door"): 1 for month in months(40)}
    assert [row[0] for row in stacked(given_, months(40), "a", "").table.rows] == ["2026", "2027", "2028", "2029"]
    assert len(stacked(given_, months(36), "a", "").table.rows) == 36


rows = st.lists(
    st.builds(
        Row,
        st.sampled_from(NAMES),
        st.lists(
            st.tuples(st.floats(0, 90) | st.floats(0, 9_000), st.sampled_from(["2026-0001", HOSTILE])), max_size=40
        ),
        st.lists(st.just("2026-0002"), max_size=40),
    ),
    max_size=6,
    unique_by=lambda row: row.school,
)


@given(rows)
def test_every_encounter_is_a_dot_or_a_ring(found: list[Row]) -> None:
    """But for columns with more than there is room for, which say how many there are."""
    figure = dots(found, "a", "Minutes")
    total = sum(row.count for row in found)
    assert bool(figure.svg) == (total >= 5)
    if not figure.svg:
        return
    require_tidy(figure)
    reached, never = sum(len(row.reached) for row in found), sum(len(row.never) for row in found)
    rings = [one for one in shapes(figure.svg, "circle") if one.get("fill") == WHITE]
    drawn = len(shapes(figure.svg, "circle"))
    if "in all" not in figure.svg:
        assert (drawn, len(rings)) == (reached + never, never)
    assert [(int(row[1]), int(row[5])) for row in figure.table.rows] == [(len(r.reached), len(r.never)) for r in found]


def test_a_dot_is_at_its_minutes_and_the_line_at_the_median() -> None:
    """0 is at the left, the largest step at the right; between, in proportion."""
    figure = dots([Row("A", [(0, "1"), (5, "2"), (10, "3"), (10, "4"), (2, "5")], [])], "a", "Minutes")
    xs = {float(one.get("cx", "0")) for one in shapes(figure.svg, "circle")}
    assert len(xs) == 4
    (bold,) = [one for one in shapes(figure.svg, "line") if one.get("stroke-width") == "2"]
    assert float(bold.get("x1", "0")) == pytest.approx((min(xs) + max(xs)) / 2, abs=0.2)
    assert figure.sentence == "Half were reached within 5 minutes; in every encounter somebody was."


def test_a_late_encounter_does_not_squeeze_the_others() -> None:
    """It has a column of its own."""
    figure = dots([Row("A", [(n, "1") for n in range(20)] + [(4_000, "2")], ["3", "4"])], "a", "Minutes")
    assert {"over 40", "never"} <= {word.words for word in texts(figure.svg)}
    assert figure.sentence == "Half were reached within 10 minutes; two never were."


def test_dots_are_linked_only_where_the_page_has_the_record() -> None:
    """And never by a number that is no plain id."""
    row = Row("A", [(n, f"2026-000{n}") for n in range(6)], ["2026-0009", 'x" y'])
    figure = dots([row], "a", "Minutes", links=["2026-0001", "2026-0009", 'x" y'])
    assert [one.get("href") for one in root(figure.svg).iter(f"{SVG}a")] == ["#2026-0001", "#2026-0009"]
    assert "<a " not in dots([row], "a", "Minutes").svg


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 1000)), max_size=30))
def test_a_bar_is_as_long_as_its_number(found: list[tuple[str, int]]) -> None:
    """Many rows are drawn as one; the table has all."""
    figure = bars(found, "a", "Outcomes", "Outcome", most_of(found, "encounter"))
    assert [int(row[1]) for row in figure.table.rows] == [count for _, count in found]
    if figure.svg:
        require_tidy(figure)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 99), st.integers(0, 99)), max_size=30))
def test_a_share_is_a_dark_part_of_a_white_bar(found: list[tuple[str, int, int]]) -> None:
    """And “17 of 28” behind them."""
    given_ = [(words, calls + reached, reached) for words, calls, reached in found]
    figure = shares(given_, CALLS, "a", "Calls", "")
    if figure.svg:
        require_tidy(figure)
        if len(given_) <= 24:
            said = [word.words for word in texts(figure.svg)]
            assert all(f"{reached} of {calls}" in said for _, calls, reached in given_)


def test_the_longest_bar_is_named() -> None:
    """With its part of all."""
    assert most_of([("They left", 7), ("Handed over", 14)], "encounter") == "Handed over: 14 of 21 encounters."


def test_small_numbers_are_words() -> None:
    """Larger ones are digits; minutes have a decimal only where there is one."""
    assert [spelled(2), spelled(12), capital("two")] == ["two", "12", "Two"]
    assert [plain(8.0), plain(7.5), plain(7.46)] == ["8", "7.5", "7.5"]
    assert [month_words("2026-09"), month_words("2026")] == ["September 2026", "2026"]
