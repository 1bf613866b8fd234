"""The search index: made from the entries in passes, checked against them, and made again when it is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from db.rows import SearchRow
from db.store import Store
from kiosk.app.bootstrap import append_entry
from kiosk.errors import ReplaceReason
from kiosk.log.replace import replace_log
from kiosk.log.search_index import catch_up, rebuild, stale
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import placing
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import tamper, two_encounters


@pytest.fixture
def home(home: Home) -> Home:
    """A home whose live log has two encounters."""
    two_encounters(home)
    return home


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    """The store of that log, open for writing."""
    with Store.open(home.log("live")) as store:
        yield store


def rows_of(store: Store) -> list[SearchRow | None]:
    """The row of each record, oldest first."""
    return [store.lists.search_row(one) for one in store.encounter_ids(EntryKind.ENCOUNTER_OPENED)]


def test_a_closed_record_has_a_row_up_to_its_last_entry(store: Store) -> None:
    """Number, time and words are those of its entries, and nothing is left to index."""
    first, second = rows_of(store)
    assert first is not None
    assert second is not None
    assert (first.no, second.no) == ("2026-0001", "2026-0002")
    assert first.opened_us == FixedClock().now().wall_us
    assert [word in row.words for row in (first, second) for word in ("first", "second")] == [True, False, False, True]
    assert (first.opened_seq, first.last_seq, second.last_seq) == (0, second.opened_seq - 1, store.size() - 1)
    assert not catch_up(store)
    assert stale(store) == 0


def test_small_passes_make_the_same_index(store: Store) -> None:
    """Entry by entry, in as many passes as there are entries of records; a row that is only behind is not stale."""
    before = rows_of(store)
    store.clear_index()
    assert rows_of(store) == [None, None]
    passes = 0
    while catch_up(store, 1):
        passes += 1
        assert stale(store) == 0
        (first, _) = rows_of(store)
        assert first is not None
        assert first.last_seq == min(passes - 1, _last(before[0]))
    assert passes == store.size()
    assert rows_of(store) == before


def _last(row: SearchRow | None) -> int:
    assert row is not None
    return row.last_seq


@pytest.mark.parametrize(
    "wrong", [lambda row: replace(row, words="other words"), lambda row: replace(row, shared="other words")]
)
def test_a_wrong_row_is_stale_and_is_made_again(store: Store, wrong: Callable[[SearchRow], SearchRow]) -> None:
    """Its words are not those of its entries, or not those of the protocol on its path."""
    before = rows_of(store)
    assert before[1] is not None
    store.index([wrong(before[1])])
    assert rows_of(store) != before
    assert stale(store) == 1
    rebuild(store)
    assert stale(store) == 0
    assert rows_of(store) == before


def test_an_altered_record_is_not_indexed(home: Home, store: Store) -> None:
    """It has no row, so that a search reads its entries and reports them; the other record has one."""
    _, second = rows_of(store)
    store.clear_index()
    tamper(home, lambda c: c.execute("UPDATE disclosure SET body=x'00' WHERE seq=0 AND name='no'"))
    assert catch_up(store)
    assert rows_of(store) == [None, second]
    assert second is not None


def test_a_record_of_a_previous_log_has_a_row_without_words(home: Home) -> None:
    """A hold on it is in the new log, and its opening is not."""
    with Store.open(home.log("live")) as store:
        (first, _) = store.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    clock = FixedClock()
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    append_entry(home, "live", clock, placing(first, "2026-0001", reason="A request", by="Dana Ruiz"))
    with Store.open(home.log("live")) as store:
        row = store.lists.search_row(first)
        assert row == SearchRow(store.size() - 1, first, store.size() - 1)
        assert stale(store) == 0
