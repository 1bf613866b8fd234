"""Holds and destructions are committed together with their entries, and neither exceeds its entry."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.connections import bare
from db.destruction import REASONS
from db.errors import StoreError
from db.rows import SearchRow
from db.store import Row, Store
from db.triggers import TRIGGERS
from tests.db.rows import ORIGIN, a_row, add, event_id_of

ENCOUNTER = "encounter-1"
LATER = "log.example/lincoln/front/later"


@dataclass(frozen=True)
class Beside:
    """The effects of entries, as the record gives them to the store."""

    held: tuple[tuple[str, int], ...] = ()
    released: tuple[tuple[str, str, int], ...] = ()
    destroyed: tuple[tuple[str, int], ...] = ()


def told(store: Store) -> list[tuple[int, str]]:
    """(entry, name) of every value that is kept."""
    return [(row.seq, name) for row in store.entries() for name, _ in row.disclosures]


def held(store: Store) -> Row:
    """Append an answer and a hold on its encounter; the entry that placed it."""
    hold = a_row(1, kind="hold.placed", values={"reason": b"why"})
    add(store, [a_row(0), hold], beside=Beside(held=((ENCOUNTER, 1),)))
    return hold


def purge(seq: int) -> tuple[list[Row], Beside]:
    """The entry that lets the encounter's values go, and what it says."""
    return [a_row(seq, kind="record.destroyed", values={"by": b"who"})], Beside(destroyed=((ENCOUNTER, seq),))


def test_a_purge_lets_go_its_encounter_and_no_other(store: Store) -> None:
    """The values go, the entries and other encounters stay; its row of the search index loses its words.

    A text that it shared stays for the others; one that only it had would show its answers.
    """
    add(store, [a_row(0), a_row(1, encounter_id="encounter-2"), a_row(2, kind="amendment.added"), a_row(3)])
    other = SearchRow(1, "encounter-2", 1, "2", 0, "red car", "door")
    store.index([SearchRow(0, ENCOUNTER, 2, "1", 0, "blue", "phone"), other])
    store.index([SearchRow(0, ENCOUNTER, 3, "1", 0, "blue car", "danger")])
    rows, beside = purge(4)
    add(store, rows, beside=beside)
    assert told(store) == [(1, "answer"), (4, "by")]
    assert store.size() == 5
    with bare(store._writing) as connection:
        assert connection.execute("SELECT words FROM search_text").fetchall() == [("door",)]
        assert connection.execute("SELECT * FROM destruction").fetchall() == [(ENCOUNTER, ORIGIN, 4)]
    assert store.lists.search_row(ENCOUNTER) == SearchRow(0, ENCOUNTER, 3, "1", 0)
    assert store.lists.search_row("encounter-2") == other


def test_under_a_hold_neither_entry_nor_purge_is_written(store: Store) -> None:
    """One commit: the hold stops all of it."""
    held(store)
    rows, beside = purge(2)
    with pytest.raises(StoreError, match="legal hold"):
        add(store, rows, beside=beside)
    assert (store.size(), told(store)) == (2, [(0, "answer"), (1, "reason")])


def test_a_released_hold_stops_nothing_more_and_its_reason_stays(store: Store) -> None:
    """The reason why a record was kept or destroyed is never destroyed itself."""
    hold = held(store)
    release = a_row(2, kind="hold.released", values={"reason": b"settled"})
    add(store, [release], beside=Beside(released=((ENCOUNTER, event_id_of(hold), 2),)))
    rows, beside = purge(3)
    add(store, rows, beside=beside)
    assert told(store) == [(1, "reason"), (2, "reason"), (3, "by")]


def test_every_hold_must_be_released(store: Store) -> None:
    """Two holds were placed, one is released: the destruction is refused."""
    first = held(store)
    add(store, [a_row(2, kind="hold.placed")], beside=Beside(held=((ENCOUNTER, 2),)))
    released = Beside(released=((ENCOUNTER, event_id_of(first), 3),))
    add(store, [a_row(3, kind="hold.released")], beside=released)
    rows, beside = purge(4)
    with pytest.raises(StoreError, match="legal hold"):
        add(store, rows, beside=beside)


@pytest.mark.parametrize("named", ["no such entry", "released before", "another encounter's"])
def test_a_release_that_meets_no_hold_changes_nothing(store: Store, named: str) -> None:
    """It may be of an earlier log, or sent twice to a running kiosk; the entry stays, and the log continues."""
    hold = event_id_of(held(store))
    if named == "released before":
        add(store, [a_row(2, kind="hold.released")], beside=Beside(released=((ENCOUNTER, hold, 2),)))
    encounter = "encounter-2" if named.startswith("another") else ENCOUNTER
    seq, placed = store.size(), "none" if named == "no such entry" else hold
    add(store, [a_row(seq, kind="hold.released")], beside=Beside(released=((encounter, placed, seq),)))
    with bare(store._writing) as connection:
        found = connection.execute("SELECT placed_seq, released_seq FROM hold").fetchall()
    assert found == [(1, 2 if named == "released before" else None)]


def test_a_purge_covers_only_what_came_before_it(store: Store) -> None:
    """Details added to a record after a destruction need another one."""
    rows, beside = purge(1)
    add(store, [a_row(0)])
    add(store, rows, beside=beside)
    add(store, [a_row(2, kind="amendment.added")])
    with bare(store._writing) as connection, pytest.raises(sqlite3.IntegrityError, match="no destruction recorded"):
        connection.execute("DELETE FROM disclosure WHERE seq=2")


@pytest.fixture
def stranger(log: Path) -> Iterator[sqlite3.Connection]:
    """Somebody who opens the file without our engine: an answer, a hold on it, and a destruction entry."""
    with Store.open(log) as store:
        hold = a_row(1, kind="hold.placed")
        add(store, [a_row(0), hold], beside=Beside(held=((ENCOUNTER, 1),)))
        add(store, [a_row(2, kind="record.destroyed"), a_row(3, kind="hold.released", encounter_id="encounter-2")])
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("statement", "because"),
    [
        ("DELETE FROM disclosure", "legal hold"),
        ("INSERT INTO destruction SELECT 'encounter-1', origin, 2 FROM log", "legal hold"),
        ("INSERT INTO destruction VALUES ('encounter-1', 'elsewhere', 9)", "legal hold"),
        ("DELETE FROM hold", "holds are not deleted"),
        ("UPDATE hold SET released_seq=2, released_origin=(SELECT origin FROM log)", "only an unreleased hold"),
        ("UPDATE hold SET released_seq=3, released_origin=(SELECT origin FROM log)", "only an unreleased hold"),
        ("UPDATE hold SET released_seq=3", "only an unreleased hold"),
        ("UPDATE hold SET encounter_id='encounter-2'", "only an unreleased hold"),
        ("INSERT OR REPLACE INTO hold VALUES ('encounter-1',1,2,'elsewhere')", "hold needs its hold.placed entry"),
        ("INSERT OR REPLACE INTO hold (encounter_id, placed_seq) VALUES ('encounter-1',1)", "hold needs its"),
        ("INSERT INTO hold (encounter_id, placed_seq) VALUES ('encounter-1',0)", "hold needs its"),
    ],
)
def test_a_hold_stands_against_a_stranger_too(stranger: sqlite3.Connection, statement: str, because: str) -> None:
    """The triggers refuse plain SQL; nothing of the value goes."""
    with pytest.raises(sqlite3.IntegrityError, match=because):
        stranger.execute(statement)
    assert stranger.execute("SELECT count(*) FROM disclosure WHERE seq=0").fetchone() == (1,)


def test_no_reason_is_let_go_even_by_a_purge(store: Store) -> None:
    """The triggers know the same kinds as the program."""
    add(store, [a_row(seq, kind=kind) for seq, kind in enumerate(REASONS)])
    rows, beside = purge(len(REASONS))
    add(store, rows, beside=beside)
    assert [seq for seq, _ in told(store)] == [*range(len(REASONS) + 1)]
    for seq in range(len(REASONS)):
        with bare(store._writing) as connection, pytest.raises(sqlite3.IntegrityError, match="never deleted"):
            connection.execute("DELETE FROM disclosure WHERE seq=?", (seq,))
    assert all(any(kind in trigger for trigger in TRIGGERS if "disclosure_bd" in trigger) for kind in REASONS)


def test_values_go_from_a_log_that_has_ended_by_an_entry_of_the_next(store: Store) -> None:
    """Its holds, which were released there, are so here too; doing it again changes nothing."""
    held(store)
    store.destroy_in_previous_log(ENCOUNTER, LATER, 5)
    store.destroy_in_previous_log(ENCOUNTER, LATER, 5)
    assert told(store) == [(1, "reason")]
    assert store.size() == 2
    with bare(store._writing) as connection:
        assert connection.execute("SELECT * FROM destruction").fetchall() == [(ENCOUNTER, LATER, 5)]
        assert connection.execute("SELECT released_seq, released_origin FROM hold").fetchall() == [(5, LATER)]


def test_what_a_program_that_was_cut_off_left_in_the_second_file_is_cleared_at_the_next_opening(log: Path) -> None:
    """A committed destruction not yet moved into the main file leaves nothing behind once the log is opened."""
    value = b"V" * 64
    with Store.open(log) as store:
        add(store, [a_row(0, values={"answer": value})])
    store = Store.open(log)
    rows, beside = purge(1)
    add(store, rows, beside=beside)
    copies = {end: log.with_name(f"{log.name}{end}").read_bytes() for end in ("", "-wal")}
    store.close()
    assert value in copies[""], "the purge was in the main file already"
    for end, data in copies.items():
        log.with_name(f"{log.name}{end}").write_bytes(data)
    opened = Store.open(log)
    assert value not in log.read_bytes()
    assert log.with_name(f"{log.name}-wal").stat().st_size == 0
    opened.close()
