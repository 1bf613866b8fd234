"""Writing and reading: what goes in comes out, in order, whole or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from db.connections import BUSY_MS, bare
from db.disk.lock import WriterLock
from db.disk.reserve import ballast_path
from db.errors import Damaged, Locked, StoreError
from db.reader import Reader
from db.rows import StoredCheckpoint
from db.store import Store
from tests.db.rows import ORIGIN, a_checkpoint, a_row, add, event_id_of

MORE_THAN_A_PAGE = 600


def test_a_new_log_knows_who_it_is_and_holds_nothing(store: Store) -> None:
    """The identity given at set-up is there; an empty log answers every question."""
    assert (store.origin, store.created_us) == (ORIGIN, 1)
    assert store.size() == 0
    assert store.last() is None
    assert list(store.entries()) == []
    assert store.encounter_ids("encounter.opened") == []


def test_what_was_appended_is_read_back_byte_for_byte(store: Store) -> None:
    """Header, leaf and values come back exactly, values sorted by name, non-ASCII text included."""
    row = a_row(0, values={"who": "Año – “x”".encode(), "answer": b"\x00\xff"})
    add(store, [row])
    assert list(store.entries()) == [row]
    assert store.last() == row


def test_the_names_of_all_values_are_known_once_each(store: Store) -> None:
    """Sorted, whatever entry they belong to."""
    add(store, [a_row(0, values={"text": b"1", "no": b"2"}), a_row(1, values={"text": b"3"})])
    assert store.value_names() == ["no", "text"]


def test_an_entry_is_found_by_its_id(store: Store) -> None:
    """With its number; an id that was not appended has none."""
    row = a_row(0)
    add(store, [row])
    assert store.number_of(event_id_of(row)) == 0
    assert store.number_of("another-id") is None


def test_rows_of_one_append_are_all_kept_or_none_is(store: Store) -> None:
    """One bad row takes the whole append with it, and the next append works."""
    with pytest.raises(StoreError, match="Nothing was written"):
        add(store, [a_row(0), a_row(7)])
    assert store.size() == 0
    add(store, [a_row(0), a_row(1)])
    assert store.size() == 2


def test_appending_nothing_does_nothing(store: Store) -> None:
    """An empty append is no entry and no error."""
    add(store, [])
    assert store.size() == 0


def test_a_long_log_comes_in_order_across_pages(store: Store) -> None:
    """More entries than one page holds arrive once each, in order."""
    add(store, [a_row(seq) for seq in range(MORE_THAN_A_PAGE)])
    assert [row.seq for row in store.entries()] == list(range(MORE_THAN_A_PAGE))


def test_the_leaves_come_in_order_across_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each once, also where a page ends with the log, and from any number on."""
    add(store, [a_row(seq) for seq in range(6)])
    whole = [row.leaf for row in store.entries()]
    assert len(set(whole)) == 6
    for page in (1, 3, 4, 6, 100):
        monkeypatch.setattr("db.reads._LEAF_PAGE", page)
        assert list(store.leaves()) == whole
        assert [list(store.leaves(first)) for first in range(8)] == [whole[first:] for first in range(8)]


@pytest.mark.parametrize(
    ("after", "limit", "expected"),
    [(-1, 3, [0, 1, 2]), (597, None, [598, 599]), (100, 0, []), (10_000, 5, []), (255, 300, list(range(256, 556)))],
)
def test_a_slice_starts_after_a_number_and_ends_at_a_limit(
    store: Store, after: int, limit: int | None, expected: list[int]
) -> None:
    """`after` excludes itself; `limit` counts entries, also across pages."""
    add(store, [a_row(seq) for seq in range(MORE_THAN_A_PAGE)])
    assert [row.seq for row in store.entries(after=after, limit=limit)] == expected


def test_one_encounter_is_read_without_the_others(store: Store) -> None:
    """Entries of other encounters, and of none, stay out; values come with their own entry."""
    rows = [a_row(0, encounter_id="a"), a_row(1, encounter_id="b", values={"n": b"b"}), a_row(2, encounter_id=None)]
    add(store, [*rows, a_row(3, encounter_id="a", values={"n": b"a"})])
    assert [row.seq for row in store.entries("a")] == [0, 3]
    assert [row.disclosures for row in store.entries("a", after=0)] == [(("n", b"a"),)]
    assert list(store.entries("b")) == [rows[1]]


def test_entries_and_encounters_are_found_by_kind(store: Store) -> None:
    """`of_kind` yields entries in order; `encounter_ids` each encounter once, by its first such entry."""
    opened = "encounter.opened"
    whose = ["b", "a", None, "b"]
    add(store, [a_row(seq, kind=opened, encounter_id=one) for seq, one in enumerate(whose)])
    add(store, [a_row(4, kind="note.added", encounter_id="c")])
    assert [row.seq for row in store.of_kind(opened)] == [0, 1, 2, 3]
    assert store.encounter_ids(opened) == ["b", "a"]


def test_a_slow_reader_sees_what_is_appended_meanwhile(store: Store) -> None:
    """An unfinished read blocks nothing: the writer continues, and the read continues into the new entries."""
    add(store, [a_row(seq) for seq in range(300)])
    reading = store.entries()
    assert next(reading).seq == 0
    add(store, [a_row(300)])
    assert [row.seq for row in reading][-1] == 300


def test_another_thread_may_take_over_the_store(store: Store) -> None:
    """The kiosk opens the store on one thread and writes from another."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(add, store, [a_row(0)]).result()
        assert worker.submit(store.size).result() == 1
    assert store.size() == 1


def test_a_checkpoint_leaves_everything_in_the_main_file(store: Store, log: Path) -> None:
    """After it a plain copy of the one file is a whole log."""
    add(store, [a_row(0)])
    wal = log.with_name("log.db-wal")
    assert wal.stat().st_size > 0
    assert store.empty_wal()
    assert wal.stat().st_size == 0


def test_a_closed_store_writes_nothing_more(log: Path) -> None:
    """Closing twice is fine; using it afterwards is refused, because the lock may be another's."""
    store = Store.open(log)
    add(store, [a_row(0)])
    store.close()
    store.close()
    with pytest.raises(StoreError, match="was closed"):
        add(store, [a_row(1)])
    with Store.open(log) as again:
        assert again.size() == 1


def test_a_reader_beside_the_writer_sees_each_acknowledged_entry(store: Store, log: Path) -> None:
    """Without the lock, at once, and without standing in the writer's way."""
    with Reader.open(log) as reader:
        for seq in range(3):
            add(store, [a_row(seq)])
            assert reader.size() == seq + 1
        assert reader.last() == store.last()
        assert reader.origin == ORIGIN


def test_a_reader_that_stays_in_a_read_does_not_stop_the_writer(store: Store, log: Path) -> None:
    """A transaction held open elsewhere costs the checkpoint its end, not the desk its answers."""
    add(store, [a_row(0)])
    with Reader.open(log) as reader, reader._reading.connect() as held:
        held.exec_driver_sql("SELECT count(*) FROM entry").all()
        add(store, [a_row(1)])
        assert not store.empty_wal()
        assert store.size() == 2
    assert store.empty_wal()


def test_values_encrypted_for_the_district_are_read_back_as_such(store: Store) -> None:
    """Apart from the readable ones, in the entry they belong to."""
    rows = []
    for seq in range(2):
        row = a_row(seq, values={"answer": bytes([seq]), "text": bytes([seq])})
        rows.append(replace(row, disclosures=row.disclosures[:1], encrypted=row.disclosures[1:]))
    add(store, rows)
    assert list(store.entries()) == rows


def test_an_entry_without_values_is_kept(store: Store) -> None:
    """Some kinds have none."""
    row = a_row(0, values={})
    add(store, [row])
    assert list(store.entries()) == [row]


def test_the_newest_checkpoint_is_that_of_the_last_append(store: Store) -> None:
    """It is written in the same commit."""
    add(store, [a_row(0), a_row(1)])
    newest, expected = store.newest_checkpoint(), a_checkpoint(2)
    assert newest == StoredCheckpoint(expected.size, expected.root, expected.note, expected.peaks)


def test_whether_rows_are_in_the_log_can_be_asked(store: Store) -> None:
    """By their exact bytes: another entry with the same id is another row."""
    row = a_row(0)
    assert not store.committed([row])
    add(store, [row])
    assert store.committed([row])
    assert not store.committed([a_row(0, kind="note.added", event_id=event_id_of(row))])
    assert not store.committed([a_row(1)])


def test_a_move_of_the_newest_entries_waits_for_readers_no_longer_than_other_writes_do(store: Store) -> None:
    """The longer patience of the writer is back after it."""

    def patience() -> int:
        with bare(store._writing) as connection:
            return int(connection.execute("PRAGMA busy_timeout").fetchone()[0])

    before = patience()
    assert before == BUSY_MS
    store.empty_wal()
    assert patience() == before


@pytest.mark.parametrize("reserve", [True, False])
def test_a_log_is_opened_with_its_reserve_unless_none_is_asked_for(log: Path, reserve: bool) -> None:
    """A command that only reads a backup leaves no other file."""
    with Store.open(log, reserve=reserve):
        assert ballast_path(log).exists() is reserve


def test_a_log_that_can_not_be_opened_stays_free_for_others(log: Path) -> None:
    """Neither the lock nor the file stays open."""
    whole = log.read_bytes()
    log.write_bytes(b"no log")
    with pytest.raises(Damaged):
        Store.open(log)
    WriterLock(log).release()
    log.write_bytes(whole)
    with Store.open(log) as store:
        assert store.size() == 0


def test_a_closed_log_is_free_for_others_and_complete_in_one_file(log: Path) -> None:
    """Its second file is gone."""
    store = Store.open(log)
    add(store, [a_row(0)])
    store.close()
    WriterLock(log).release()
    assert not log.with_name("log.db-wal").exists()


def test_the_writer_s_path_may_be_relative_or_a_link(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is on the file itself, whatever it is called."""
    monkeypatch.chdir(log.parent)
    with Store.open(Path("log.db")), pytest.raises(Locked):
        WriterLock(log)
