"""The newest checkpoint is written with the entries that it covers; those that must last are kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db.connections import bare
from db.errors import StoreError
from db.migrations.upgrade import create
from db.reader import Reader
from db.rows import SignedCheckpoint, StoredCheckpoint
from db.store import Store
from tests.db.rows import KEY, ORIGIN, a_checkpoint, a_row, add


def stored(checkpoint: SignedCheckpoint) -> StoredCheckpoint:
    """Return the checkpoint as a read gives it back."""
    return StoredCheckpoint(checkpoint.size, checkpoint.root, checkpoint.note, checkpoint.peaks)


def kept(store: Store) -> list[tuple[int, bytes, str]]:
    """(size, root, note) of every checkpoint that is kept."""
    with bare(store._reading) as connection:
        return connection.execute("SELECT size, root, note FROM checkpoint ORDER BY size").fetchall()


def by_other_hands(log: Path, statement: str) -> None:
    """Do this to the file, its guards taken off and put back."""
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)


def test_a_new_log_has_the_checkpoint_it_was_made_with(tmp_path: Path) -> None:
    """Over no entries, or over those that it has from the beginning; then it may be one that is kept."""
    for name, rows, lasting in (("empty.db", [], False), ("begun.db", [a_row(0), a_row(1)], True)):
        first = a_checkpoint(len(rows), lasting=lasting)
        create(tmp_path / name, origin=ORIGIN, created_us=1, log_vkey=KEY, checkpoint=first, rows=rows)
        with Store.open(tmp_path / name) as store:
            assert store.newest_checkpoint() == stored(first)
            assert kept(store) == ([(first.size, first.root, first.note)] if lasting else [])
            assert store.root_at(first.size) == (first.root if lasting else None)
            assert (store.log_vkey, store.size()) == (KEY, len(rows))


def test_each_append_replaces_the_newest(store: Store, log: Path) -> None:
    """Root, note and peaks come back byte for byte, to the writer and to a concurrent reader."""
    for seq in range(3):
        checkpoint = replace(a_checkpoint(seq + 1), peaks=bytes([seq]) * 64, note=f"{ORIGIN}\n{seq}\n– “ñ”\n")
        store.append([a_row(seq)], checkpoint)
        assert store.newest_checkpoint() == stored(checkpoint)
    with Reader.open(log) as reader:
        assert reader.newest_checkpoint() == stored(checkpoint)
        with bare(reader._reading) as connection:
            assert connection.execute("SELECT count(*) FROM newest_checkpoint").fetchone() == (1,)


def test_only_a_lasting_one_is_kept(store: Store, log: Path) -> None:
    """At its size its root and its note can be asked for, ever after; at every other size there is none."""
    lasting = {2, 5}
    for seq in range(6):
        store.append([a_row(seq)], a_checkpoint(seq + 1, lasting=seq + 1 in lasting))
    wanted = [a_checkpoint(size) for size in sorted(lasting)]
    assert kept(store) == [(one.size, one.root, one.note) for one in wanted]
    roots, notes = {one.size: one.root for one in wanted}, {one.size: one.note for one in wanted}
    with Reader.open(log) as reader:
        for size in range(8):
            assert store.root_at(size) == reader.root_at(size) == roots.get(size)
            assert store.note_at(size) == reader.note_at(size) == notes.get(size)
    newest = store.newest_checkpoint()
    assert newest is not None
    assert newest.size == 6


def test_entries_that_are_refused_leave_the_checkpoint_as_it_was(store: Store) -> None:
    """They are one commit: neither the newest nor a kept one tells of entries that are not here."""
    store.append([a_row(0)], a_checkpoint(1))
    with pytest.raises(StoreError):
        store.append([a_row(1), a_row(7)], a_checkpoint(8, lasting=True))
    assert store.newest_checkpoint() == stored(a_checkpoint(1))
    assert (kept(store), store.size()) == ([], 1)


@pytest.mark.parametrize(
    ("checkpoint", "because"),
    [
        (a_checkpoint(1), "the log only grows"),
        (replace(a_checkpoint(3), root=bytes(31)), "root_length"),
        (a_checkpoint(2, lasting=True), "checkpoint exists"),
    ],
    ids=["of fewer entries", "of a short root", "kept before"],
)
def test_a_checkpoint_that_can_not_be_takes_its_entries_with_it(
    store: Store, checkpoint: SignedCheckpoint, because: str
) -> None:
    """No entry is written that its checkpoint does not cover."""
    store.append([a_row(0), a_row(1)], a_checkpoint(2, lasting=True))
    with pytest.raises(StoreError, match=because):
        store.append([a_row(2)], checkpoint)
    assert store.size() == 2
    assert store.newest_checkpoint() == stored(a_checkpoint(2))
    store.append([a_row(2)], a_checkpoint(3))
    assert store.newest_checkpoint() == stored(a_checkpoint(3))


def test_one_of_the_same_size_may_replace_it(store: Store) -> None:
    """Ed25519 signatures repeat exactly, and a retry after a failed commit must never be refused."""
    add(store, [a_row(0)])
    with bare(store._writing) as connection:
        connection.execute("UPDATE newest_checkpoint SET note='again'")
    newest = store.newest_checkpoint()
    assert newest is not None
    assert (newest.size, newest.note) == (1, "again")


def test_a_newest_one_that_was_taken_out_is_never_put_back(log: Path) -> None:
    """Its absence must stay visible, whatever is written afterwards; the permanent ones are still there."""
    with Store.open(log) as store:
        store.append([a_row(0)], a_checkpoint(1, lasting=True))
    by_other_hands(log, "DELETE FROM newest_checkpoint")
    with Store.open(log) as store:
        assert store.newest_checkpoint() is None
        store.append([a_row(1)], a_checkpoint(2, lasting=True))
        assert store.newest_checkpoint() is None
        assert [size for size, _, _ in kept(store)] == [1, 2]


def test_other_hands_find_the_same_guards(log: Path) -> None:
    """Without our engine, too, no checkpoint is changed, deleted or replaced, and the newest covers no less."""
    with Store.open(log) as store:
        store.append([a_row(0), a_row(1)], a_checkpoint(2, lasting=True))
    refused = {
        "UPDATE checkpoint SET note='x'": "append-only",
        "DELETE FROM checkpoint": "append-only",
        "INSERT OR REPLACE INTO checkpoint SELECT size, root, 'x' FROM checkpoint": "checkpoint exists",
        "UPDATE newest_checkpoint SET size=1": "only grows",
        "DELETE FROM newest_checkpoint": "only grows",
        "INSERT INTO newest_checkpoint SELECT 2, size, root, note, peaks FROM newest_checkpoint": "one_row",
    }
    with closing(sqlite3.connect(log, isolation_level=None)) as connection:
        for statement, because in refused.items():
            with pytest.raises(sqlite3.IntegrityError, match=because):
                connection.execute(statement)
    with Store.open(log) as store:
        assert kept(store) == [(2, a_checkpoint(2).root, a_checkpoint(2).note)]
