"""A commit that fails has an unknown end: the store finds out, and says so when it can't."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import PoolProxiedConnection

from db.connections import bare
from db.disk import reserve
from db.error_mapping import named
from db.errors import Damaged, Full, Locked, StoreError, Unconfirmed
from db.rows import SearchRow
from db.store import Store
from tests.db.rows import a_row, add

Commit = Callable[[PoolProxiedConnection], None]


def _failure(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("injected")
    error.sqlite_errorcode = code
    return error


class Disk:
    """A disk whose commits fail as planned: one letter per commit, from left to right, then all is well.

    "n": fails and nothing is written; "w": is written and fails all the same; "." succeeds.
    """

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch, plan: str, code: int) -> None:
        self._dialect = store._writing.dialect
        self._commit: Commit = self._dialect.do_commit
        self._plan = list(plan)
        self._code = code
        self.commits = 0
        monkeypatch.setattr(self._dialect, "do_commit", self._do_commit)

    def _do_commit(self, connection: PoolProxiedConnection) -> None:
        self.commits += 1
        fate = self._plan.pop(0) if self._plan else "."
        if fate in "w.":
            self._commit(connection)
        if fate in "wn":
            raise _failure(self._code)


IO = sqlite3.SQLITE_IOERR_FSYNC


@pytest.mark.parametrize(("plan", "commits"), [("w", 1), ("n", 2), ("nw", 2)])
def test_a_commit_that_reported_an_error_ends_as_one_entry(
    store: Store, monkeypatch: pytest.MonkeyPatch, plan: str, commits: int
) -> None:
    """Written after all: found, not repeated. Not written: tried once more. Never twice in the log."""
    disk = Disk(store, monkeypatch, plan, IO)
    rows = [a_row(0), a_row(1)]
    add(store, rows)
    assert disk.commits == commits
    assert list(store.entries()) == rows


def test_a_commit_that_fails_twice_is_not_confirmed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error asks the person to use paper; the store works again when the disk does."""
    Disk(store, monkeypatch, "nn", IO)
    row = a_row(0)
    with pytest.raises(Unconfirmed) as told:
        add(store, [row])
    assert "paper" in told.value.repair
    add(store, [row])
    assert list(store.entries()) == [row]


def test_not_being_able_to_look_is_not_confirmed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the log can't be opened again, nothing may be claimed either way."""

    def unreadable(*_: object) -> bool:
        raise StoreError("It can't be read.")

    Disk(store, monkeypatch, "w", IO)
    monkeypatch.setattr(store, "_has_row", unreadable)
    with pytest.raises(Unconfirmed):
        add(store, [a_row(0)])


def test_a_found_row_must_reach_the_main_file(store: Store, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data seen after a failed sync may be only in memory; unless a checkpoint ends it, it isn't confirmed."""
    Disk(store, monkeypatch, "w", IO)
    monkeypatch.setattr(store, "_checkpointed", lambda: False)
    with pytest.raises(Unconfirmed) as told:
        add(store, [a_row(0)])
    assert isinstance(told.value.because, Locked)
    assert str(log) in told.value.because.what
    monkeypatch.undo()


def test_half_an_append_is_damage(store: Store, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction is whole or nothing; anything else means the file can't be trusted."""
    Disk(store, monkeypatch, "w", IO)
    first = a_row(0)
    monkeypatch.setattr(store, "_has_row", lambda row: row is first)
    with pytest.raises(Damaged) as told:
        add(store, [first, a_row(1)])
    assert str(log) in told.value.what


def test_a_full_disk_costs_the_reserve_not_the_entry(store: Store, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reserve is given up, and the entry is written."""
    Disk(store, monkeypatch, "n", sqlite3.SQLITE_FULL)
    add(store, [a_row(0)])
    assert store.size() == 1
    assert not reserve.ballast_path(log).exists()


def test_rows_that_may_not_spend_the_reserve_leave_it_on_a_full_disk(
    store: Store, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays for the record that is open at the desk."""
    Disk(store, monkeypatch, "nn", sqlite3.SQLITE_FULL)
    with pytest.raises(Full):
        add(store, [a_row(0)], spend_reserve=False)
    assert (store.size(), reserve.ballast_path(log).exists()) == (0, True)


def test_a_disk_that_stays_full_is_told_plainly(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """When looking shows that nothing was written, "full" is certain, and earlier entries are still there."""
    add(store, [a_row(0)])
    Disk(store, monkeypatch, "nn", sqlite3.SQLITE_FULL)
    with pytest.raises(Full):
        add(store, [a_row(1)])
    assert store.size() == 1


class Effects:
    """The effects of entries on holds and destruction."""

    held = (("encounter-1", 0),)
    released = ()
    destroyed = ()


def test_a_second_try_keeps_the_effects_of_the_entries(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hold is placed with its entry, also when the first commit failed."""
    disk = Disk(store, monkeypatch, "n", IO)
    add(store, [a_row(0, kind="hold.placed")], Effects())
    assert disk.commits == 2
    with bare(store._writing) as connection:
        assert connection.execute("SELECT encounter_id, placed_seq FROM hold").fetchall() == [("encounter-1", 0)]


@pytest.mark.parametrize("releasable", [True, False])
def test_a_disk_that_is_full_before_the_commit_costs_the_reserve_too(
    store: Store, log: Path, monkeypatch: pytest.MonkeyPatch, releasable: bool
) -> None:
    """Then it is tried once more, also where the reserve can't be deleted."""
    write, full = store._write, [named(Full, log)]

    def once_full(*given: Any) -> None:
        if full:
            raise full.pop()
        write(*given)

    def refuse(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(store, "_write", once_full)
    if not releasable:
        monkeypatch.setattr("db.store.release_ballast", refuse)
    add(store, [a_row(0)])
    assert store.size() == 1
    assert reserve.ballast_path(log).exists() is not releasable


def test_another_error_keeps_the_reserve(store: Store, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More space would not help."""
    Disk(store, monkeypatch, "n", IO)
    add(store, [a_row(0)])
    assert reserve.ballast_path(log).exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.index([SearchRow(0, "encounter-1", 0)]),
        Store.clear_index,
        lambda store: store.destroy_in_previous_log("encounter-1", "log.example/later", 5),
    ],
    ids=["index", "clear the index", "destroy"],
)
def test_every_other_write_that_fails_names_the_log(
    store: Store, log: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Store], None]
) -> None:
    """As an append does; it is not repeated."""
    add(store, [a_row(0)])
    disk = Disk(store, monkeypatch, "n", sqlite3.SQLITE_FULL)
    with pytest.raises(Full) as told:
        write(store)
    assert str(log) in told.value.what
    assert disk.commits == 1
