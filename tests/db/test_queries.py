"""Pages of a log: each begins where the one before ended, whatever is written meanwhile; lines say where to look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.connections import bare
from db.errors import Damaged, StoreError
from db.rows import SearchRow
from db.store import Reader, Store
from tests.db.rows import a_row, add

OPENED, CLOSED = "encounter.opened", "encounter.closed"


def fill(store: Store, *kinds: tuple[str, str | None]) -> None:
    """Append one entry after the other: its kind, and its encounter."""
    first = store.size()
    add(store, [a_row(first + n, kind=kind, encounter_id=who) for n, (kind, who) in enumerate(kinds)])


def whole_encounters(store: Store, count: int, first: int = 0) -> list[str]:
    """Append so many encounters of two entries each; their ids."""
    ids = [f"enc-{n:04d}" for n in range(first, first + count)]
    fill(store, *((kind, who) for who in ids for kind in (OPENED, CLOSED)))
    return ids


def line(seq: int, who: str, words: str = "", last: int | None = None) -> SearchRow:
    """A line of an encounter that began with entry `seq`."""
    return SearchRow(seq, who, seq if last is None else last, f"no-{seq}", a_us(seq), words)


def a_us(seq: int) -> int:
    """When entry `seq` of these tests was written."""
    return 1_789_396_920_000_000 + seq


def test_the_newest_entries_come_first_across_pages(store: Store) -> None:
    """All of them, or those of one kind, or those of no encounter; each once."""
    fill(store, *[("session.started", None), (OPENED, "a"), ("step.answered", "a")] * 70)
    assert [row.seq for row in store.lists.newest()] == list(range(209, -1, -1))
    assert [row.seq for row in store.lists.newest(OPENED)] == list(range(208, -1, -3))
    assert [row.seq for row in store.lists.outside_records()] == list(range(207, -1, -3))
    assert [row.seq for row in store.lists.newest(OPENED, before=7)] == [4, 1]
    assert next(store.lists.newest()) == store.last()


def test_what_is_written_meanwhile_neither_doubles_nor_hides_anything(store: Store) -> None:
    """A page that was started continues with the entries that were there at its start."""
    before = whole_encounters(store, 100)
    listed = store.lists.opened(OPENED)
    got = [next(listed)]
    whole_encounters(store, 100, first=100)
    got += listed
    assert [who for _, who in got] == before[::-1]
    assert len(list(store.lists.opened(OPENED))) == 200


def test_encounters_are_listed_within_a_time(store: Store) -> None:
    """The first microsecond is counted, the last is not."""
    whole_encounters(store, 10)
    within = store.lists.opened(OPENED, since_us=a_us(4), until_us=a_us(8))
    assert [seq for seq, _ in within] == [6, 4]


def test_entries_of_some_encounters_are_read_together_in_order(store: Store) -> None:
    """With their values; one that is not there has none."""
    fill(store, (OPENED, "a"), (OPENED, "b"), (CLOSED, "a"), ("other", None), ("note", "a"))
    found = store.lists.of_encounters(["b", "a", "gone"])
    assert {who: [row.seq for row in rows] for who, rows in found.items()} == {"b": [1], "a": [0, 2, 4], "gone": []}
    assert found["a"] == list(store.entries("a"))


def test_encounters_that_lack_a_kind_are_found_newest_first(store: Store) -> None:
    """However far back, as long as any is missing."""
    fill(store, (OPENED, "old"))
    whole_encounters(store, 150)
    fill(store, (OPENED, "new"))
    assert list(store.lists.lacking(OPENED, CLOSED)) == ["new", "old"]
    assert store.lists.count(OPENED) == 152
    fill(store, (CLOSED, "new"), (CLOSED, "old"))
    assert list(store.lists.lacking(OPENED, CLOSED)) == []


def test_one_closed_twice_does_not_hide_a_newer_one(store: Store) -> None:
    """The counts are the same, and the newest are looked at all the same."""
    fill(store, (OPENED, "a"), (CLOSED, "a"), (CLOSED, "a"), (OPENED, "b"))
    assert list(store.lists.lacking(OPENED, CLOSED)) == ["b"]


def test_lines_are_found_by_words_and_number(store: Store) -> None:
    """Every word must be there, exactly: nothing in it has a meaning."""
    fill(store, *((OPENED, who) for who in "abc"))
    store.index([line(0, "a", "50% of it"), line(1, "b", "50 x of_it"), line(2, "c", "ofxit")])
    found = {word: [who for _, who in store.lists.hits(OPENED, [word])] for word in ("50%", "of_it", "of", "")}
    assert found == {"50%": ["a"], "of_it": ["b"], "of": ["c", "b", "a"], "": ["c", "b", "a"]}
    assert list(store.lists.hits(OPENED, ["50", "it"], before=1)) == [(0, "a")]
    assert store.lists.numbered(OPENED, "no-1") == ["b"]


def test_lines_are_found_by_the_text_that_they_share(store: Store) -> None:
    """One word may be in it and the next in the line's own; equal texts are one row."""
    fill(store, *((OPENED, who) for who in "abc"))
    rows = [line(0, "a", "blue"), line(1, "b", "red"), line(2, "c", "red door")]
    store.index([*(replace(row, shared="at the door") for row in rows[:2]), rows[2]])
    found = {word: [who for _, who in store.lists.hits(OPENED, word.split())] for word in ("door", "red door", "at")}
    assert found == {"door": ["c", "b", "a"], "red door": ["c", "b"], "at": ["b", "a"]}
    assert texts(store) == ["", "at the door"]
    store.clear_index()
    assert texts(store) == []


def test_a_page_that_is_not_full_is_the_last(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search for a rare word reads all rows once, and not once more to find out that there is nothing else."""
    fill(store, (OPENED, "a"), (OPENED, "b"))
    store.index([line(0, "a", "rare"), line(1, "b", "rare")])
    read: list[str] = []
    query = store.lists._all

    def counted(statement: str, values: dict[str, Any]) -> list[Any]:
        read.append(statement)
        return query(statement, values)

    monkeypatch.setattr(store.lists, "_all", counted)
    assert list(store.lists.hits(OPENED, ["rare"])) == [(1, "b"), (0, "a")]
    assert len(read) == 1


def texts(store: Store) -> list[str]:
    """The shared texts that are stored."""
    with bare(store._writing) as connection:
        return [words for (words,) in connection.execute("SELECT words FROM search_text ORDER BY words")]


def test_a_search_with_many_words_is_not_refused(store: Store) -> None:
    """Encounters are searched for anything that is not found here."""
    fill(store, (OPENED, "a"))
    store.index([line(0, "a", "word")])
    assert list(store.lists.hits(OPENED, ["word"] * 5000)) == [(0, "a")]


def test_lines_that_name_no_encounter_find_nothing(store: Store) -> None:
    """Whatever stands in the lines, only encounters that are in the log are given."""
    fill(store, (OPENED, "a"), ("session.started", None))
    store.index([line(1, "gone", "word"), line(7, "a", "word")])
    assert list(store.lists.hits(OPENED, ["word"])) == []
    assert store.lists.numbered(OPENED, "no-1") == []


def test_what_no_line_tells_of_is_known(store: Store) -> None:
    """Encounters without a line, behind their line, and those that are asked for beside them."""
    fill(store, (OPENED, "a"), (OPENED, "b"), (OPENED, "c"), (CLOSED, "a"), ("session.ended", None))
    assert store.lists.next_to_index(3) == [(0, "a"), (1, "b"), (2, "c")]
    assert store.lists.unindexed(OPENED) == [(2, "c"), (1, "b"), (0, "a")]
    store.index([line(0, "a"), line(1, "b"), line(2, "c")])
    assert store.lists.next_to_index(9) == [(3, "a")]
    assert store.lists.unindexed(OPENED) == [(0, "a")]
    store.index([line(0, "a", last=3)])
    assert store.lists.unindexed(OPENED) == []
    assert store.lists.unindexed(OPENED, ["b", "gone"]) == [(1, "b")]
    store.clear_index()
    assert len(store.lists.unindexed(OPENED)) == 3


def test_one_missing_line_among_many_is_noticed(store: Store, log: Path) -> None:
    """Though lines tell of newer entries."""
    fill(store, *((OPENED, who) for who in "abc"))
    store.index([line(0, "a"), line(2, "c")])
    with Reader.open(log) as reader:
        assert reader.lists.unindexed(OPENED) == [(1, "b")]
        assert reader.lists.search_row("b") is None
        assert reader.lists.search_row("c") == line(2, "c")


def test_an_encounter_of_an_earlier_log_is_told_apart(store: Store) -> None:
    """It has entries here, and no opening."""
    fill(store, ("amendment.added", "elsewhere"), (OPENED, "a"))
    assert store.lists.opened_elsewhere() == ["a", "elsewhere"]  # nothing is known of either yet
    store.index([SearchRow(0, "elsewhere", 0), line(1, "a")])
    assert store.lists.opened_elsewhere() == ["elsewhere"]
    assert store.lists.unindexed(OPENED) == []


def test_a_value_is_found_by_kind_and_name(store: Store) -> None:
    """None where it is no longer kept."""
    add(store, [a_row(0, kind=OPENED, encounter_id="a", values={"no": b"x"}), a_row(1, kind=OPENED, values={})])
    assert list(store.lists.values(OPENED, "no")) == [(1, "encounter-1", None), (0, "a", b"x")]


def test_a_line_that_can_not_be_written_leaves_all_as_it_was(store: Store) -> None:
    """All lines of one call or none."""
    fill(store, (OPENED, "a"))
    with pytest.raises(StoreError):
        store.index([line(0, "a"), SearchRow(1, None, 1)])  # type: ignore[arg-type]  # what no table takes
    assert store.lists.search_row("a") is None


def test_damage_in_the_middle_of_a_long_log_is_found_by_who_looks(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening it for writing looks at its ends only; the check that asks for all of it finds the page."""
    monkeypatch.setattr("db.validate.FULL_CHECK_BYTES", 0)
    with Store.open(log) as store:
        add(store, [a_row(seq) for seq in range(500)])
    with log.open("r+b") as file:
        file.seek(30 * 4096)
        file.write(b"\x07" * 4096)
    with Store.open(log) as store:
        last = store.last()
        assert last is not None
        with pytest.raises(Damaged):
            store.require_intact()


def test_a_list_of_what_lacks_an_entry_continues_below_a_number(store: Store) -> None:
    """As the other lists do."""
    fill(store, (OPENED, "a"), (OPENED, "b"), (CLOSED, "b"), (OPENED, "c"))
    assert list(store.lists.lacking(OPENED, CLOSED, 3)) == ["a"]
    assert list(store.lists.lacking(OPENED, CLOSED, 0)) == []


def test_entries_of_encounters_can_be_of_some_kinds_only(store: Store) -> None:
    """In order, with an empty list for an encounter that has none."""
    fill(store, (OPENED, "a"), (OPENED, "b"), (CLOSED, "a"), (CLOSED, "a"))
    found = store.lists.of_encounters(["a", "b", "c"], [CLOSED])
    assert {who: [row.seq for row in rows] for who, rows in found.items()} == {"a": [2, 3], "b": [], "c": []}
