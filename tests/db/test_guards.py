"""The log only grows: what the writing connection refuses, and what the tables refuse by themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.connections import bare
from db.errors import StoreError
from db.store import Row, Store
from tests.db.rows import a_row, add, event_id_of

INSERT = "INSERT INTO entry(seq,header,leaf) VALUES (?,?,?)"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET leaf=leaf",
        "DELETE FROM entry",
        "UPDATE disclosure SET body=x''",
        "DELETE FROM hold",
        "INSERT OR REPLACE INTO log VALUES (1,'o','k',2)",
        "UPDATE alembic_version SET version_num='0'",
        "DROP TABLE disclosure",
        "DROP TRIGGER entry_bd",
        "DROP INDEX entry_encounter",
        "ALTER TABLE entry RENAME TO past",
        "CREATE TABLE more(x)",
        "CREATE TEMP TRIGGER t BEFORE INSERT ON entry BEGIN SELECT 1; END",
        "ATTACH ':memory:' AS other",
        "VACUUM",
        "REINDEX",
        "PRAGMA synchronous=OFF",
        "PRAGMA Recursive_Triggers=OFF",
        "PRAGMA journal_mode=OFF",
        "PRAGMA writable_schema=ON",
        "PRAGMA ignore_check_constraints=ON",
        "PRAGMA Optimize",
        "SELECT load_extension('x')",
    ],
)
def test_the_writing_connection_refuses(store: Store, statement: str) -> None:
    """Statements that change history, tables or guarantees are refused, for every caller."""
    add(store, [a_row(0)])
    with (
        bare(store._writing) as connection,
        pytest.raises(sqlite3.DatabaseError, match=r"not authorized|authorization denied|prohibited"),
    ):
        connection.execute(statement)


@pytest.fixture
def open_file(log: Path) -> Iterator[sqlite3.Connection]:
    """The file of a log with one entry, opened by someone who does not use our engine."""
    with Store.open(log) as store:
        add(store, [a_row(0, event_id="first")])
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        yield connection


def _insert(connection: sqlite3.Connection, row: Row, how: str = INSERT) -> None:
    connection.execute(how, (row.seq, row.header, row.leaf))


@pytest.mark.parametrize(
    ("statement", "because"),
    [
        ("UPDATE entry SET leaf=zeroblob(32)", "entry is append-only"),
        ("DELETE FROM entry", "entry is append-only"),
        ("UPDATE log SET origin='x'", "log identity is fixed"),
        ("DELETE FROM log", "log identity is fixed"),
        ("UPDATE disclosure SET body=x'00'", "disclosure is append-only"),
        ("DELETE FROM disclosure", "no destruction recorded"),
        ("INSERT INTO disclosure VALUES (0,'other',0,x'')", "field not committed in header"),
        ("INSERT OR REPLACE INTO disclosure VALUES (0,'answer',0,x'')", "disclosure exists"),
        (
            "INSERT INTO destruction SELECT 'encounter-1', origin, 0 FROM log",
            "destruction needs its record.destroyed entry",
        ),
    ],
)
def test_the_tables_refuse_even_a_stranger(open_file: sqlite3.Connection, statement: str, because: str) -> None:
    """The triggers hold without our engine and its settings."""
    with pytest.raises(sqlite3.IntegrityError, match=because):
        open_file.execute(statement)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replacing_an_entry_by_its_id_is_refused(open_file: sqlite3.Connection, recursive: str) -> None:
    """INSERT OR REPLACE with the next number and an old id would delete the old entry without a word."""
    open_file.execute(f"PRAGMA recursive_triggers={recursive}")
    attack = INSERT.replace("INSERT", "INSERT OR REPLACE")
    with pytest.raises(sqlite3.IntegrityError, match="duplicate event_id"):
        _insert(open_file, a_row(1, event_id="first"), attack)
    assert open_file.execute("SELECT event_id FROM entry").fetchall() == [("first",)]


@pytest.mark.parametrize("seq", [0, 2, -1])
def test_numbers_follow_each_other(store: Store, seq: int) -> None:
    """A gap, a repeat or a number below zero is refused."""
    add(store, [a_row(0)])
    with pytest.raises(StoreError, match="refused"):
        add(store, [a_row(seq)])
    assert store.size() == 1


def test_an_id_is_used_once(store: Store) -> None:
    """A second entry of the same id is refused, and the first stays."""
    first = a_row(0)
    add(store, [first])
    with pytest.raises(StoreError, match="duplicate event_id"):
        add(store, [a_row(1, event_id=event_id_of(first))])
    assert list(store.entries()) == [first]


def test_a_searched_column_can_not_disagree_with_the_header(open_file: sqlite3.Connection) -> None:
    """A kind given in addition to the header is refused: it is derived from the header."""
    row = a_row(1)
    with pytest.raises(sqlite3.OperationalError, match="generated column"):
        open_file.execute("INSERT INTO entry(seq,header,leaf,kind) VALUES (?,?,?,'x')", (row.seq, row.header, row.leaf))


@pytest.mark.parametrize(
    "row",
    [
        Row(1, a_row(2).header, bytes(32)),
        Row(1, a_row(1).header, bytes(31)),
        Row(1, "not json", bytes(32)),
        Row(1, '{"seq":1}', bytes(32)),
        Row(1, a_row(1).header, bytes(32), (("never-committed", b"x"),)),
    ],
    ids=["another number in the header", "a short leaf", "no JSON", "no id", "an uncommitted value"],
)
def test_a_malformed_entry_is_refused(store: Store, row: Row) -> None:
    """Inconsistent entries are not stored, not even in part."""
    add(store, [a_row(0)])
    with pytest.raises(StoreError, match="Nothing was written"):
        add(store, [row])
    assert store.size() == 1


def test_an_error_never_repeats_what_was_typed(store: Store) -> None:
    """The whole chain of a refusal, as a crash report would print it, is free of the entry's values."""
    add(store, [a_row(0)])
    with pytest.raises(StoreError) as refusal:
        add(store, [a_row(0, values={"name": b"a visitor's name"})])
    error: BaseException | None = refusal.value
    while error is not None:
        assert "visitor" not in str(error)
        assert "sd" not in str(error)
        error = error.__cause__ or error.__context__


def test_a_value_goes_only_after_its_purge_entry(store: Store) -> None:
    """With a `record.destroyed` entry on record the value may be deleted; the entry stays."""
    add(store, [a_row(0), a_row(1, kind="record.destroyed")])
    with bare(store._writing) as connection:
        connection.execute("INSERT INTO destruction SELECT 'encounter-1', origin, 1 FROM log")
        connection.execute("DELETE FROM disclosure WHERE seq=0")
    assert [row.disclosures for row in store.entries(limit=1)] == [()]


def test_a_value_under_hold_stays_until_the_hold_is_released(store: Store) -> None:
    """A legal hold stops a destruction; only a `hold.released` entry lifts it, once."""
    kinds = ["step.answered", "hold.placed", "record.destroyed", "hold.released"]
    add(store, [a_row(seq, kind=kind) for seq, kind in enumerate(kinds)])
    purge = "INSERT INTO destruction SELECT 'encounter-1', origin, 2 FROM log"
    with bare(store._writing) as connection:
        connection.execute("INSERT INTO hold (encounter_id, placed_seq) VALUES ('encounter-1',1)")
        for refused in (purge, "DELETE FROM disclosure WHERE seq=0"):
            with pytest.raises(sqlite3.IntegrityError, match="legal hold"):
                connection.execute(refused)
        with pytest.raises(sqlite3.IntegrityError, match="only an unreleased hold"):
            connection.execute("UPDATE hold SET released_seq=2, released_origin=(SELECT origin FROM log)")
        connection.execute("UPDATE hold SET released_seq=3, released_origin=(SELECT origin FROM log)")
        connection.execute(purge)
        connection.execute("DELETE FROM disclosure WHERE seq=0")
