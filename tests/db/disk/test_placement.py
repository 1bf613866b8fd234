"""An open log whose file is no longer the one at its path takes no entry more: nobody would find it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.disk.placement import Placement
from db.errors import Displaced, Unconfirmed
from db.reader import Reader
from db.store import Store
from tests.db.rows import a_row, add

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in its place")


def wal_of(log: Path) -> Path:
    """The second file of the log."""
    return log.with_name(f"{log.name}-wal")


def delete(log: Path) -> None:
    """Take the log away."""
    log.unlink()


def replace(log: Path) -> None:
    """Put a copy of it in its place."""
    copy = log.with_name("copy.db")
    shutil.copy(log, copy)
    copy.replace(log)


def move_folder(log: Path) -> None:
    """Move the whole folder, as an unmounted disk does."""
    log.parent.rename(log.parent.with_name("elsewhere"))


def swap_folder(log: Path) -> None:
    """Put a copy of the whole folder in its place, every file as long as it was."""
    away = log.parent.with_name("elsewhere")
    log.parent.rename(away)
    shutil.copytree(away, log.parent)


def cut(log: Path) -> None:
    """Cut the log short."""
    os.truncate(log, log.stat().st_size - 4096)


def delete_wal(log: Path) -> None:
    """Take the second file away, which holds the newest entries."""
    wal_of(log).unlink()


def cut_wal(log: Path) -> None:
    """Empty the second file."""
    os.truncate(wal_of(log), 0)


HARMS = (delete, replace, move_folder, swap_folder, cut, delete_wal, cut_wal)


@pytest.mark.parametrize("harm", HARMS)
def test_an_append_is_refused_at_once(store: Store, log: Path, harm: Callable[[Path], None]) -> None:
    """Before anything is written, and again when it is tried again."""
    add(store, [a_row(0)])
    harm(log)
    for _ in range(2):
        with pytest.raises(Displaced):
            add(store, [a_row(1)])


@pytest.mark.parametrize("harm", HARMS)
def test_an_entry_whose_file_goes_while_it_is_written_is_not_called_saved(
    store: Store, log: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], None]
) -> None:
    """It may be on a disk somewhere: that is for a person to find out, and nothing is written to another file."""
    add(store, [a_row(0)])
    commit = Store._commit

    def committed_elsewhere(self: Store, connection: object) -> None:
        commit(self, connection)  # type: ignore[arg-type]  # called as the method it stands for
        harm(log)

    monkeypatch.setattr(Store, "_commit", committed_elsewhere)
    row = a_row(1)
    with pytest.raises(Unconfirmed) as told:
        add(store, [row])
    assert isinstance(told.value.because, Displaced)
    with pytest.raises(Unconfirmed):
        store.committed([row])


def test_a_file_that_is_put_back_is_gone_on_with(store: Store, log: Path) -> None:
    """Moved away and back again: the same file."""
    add(store, [a_row(0)])
    away = log.with_name("away.db")
    log.rename(away)
    with pytest.raises(Displaced):
        add(store, [a_row(1)])
    away.rename(log)
    add(store, [a_row(1)])
    assert store.size() == 2


def test_a_new_connection_goes_to_no_other_file(store: Store, log: Path) -> None:
    """A look-up connects again; another file at the path is not taken for the log."""
    add(store, [a_row(0)])
    store._writing.dispose()
    replace(log)
    with pytest.raises(Displaced):
        store.size()


def test_what_the_store_does_itself_displaces_nothing(store: Store, log: Path) -> None:
    """Checkpoints shrink the second file, connecting again makes another one, readers come and go."""
    for seq in range(0, 30, 3):
        add(store, [a_row(seq)])
        assert store.empty_wal()
        add(store, [a_row(seq + 1)])
        assert store.committed([a_row(seq + 1)]) is False  # another id, so another entry; the connection is new
        with Reader.open(log) as reader:
            assert reader.size() == seq + 2
        add(store, [a_row(seq + 2)])
    assert store.size() == 30


def test_a_long_transaction_that_was_undone_displaces_nothing(store: Store) -> None:
    """Pages that were written and given up make no file shorter than it was."""
    add(store, [a_row(0)])
    big = a_row(2, values={"answer": b"x" * (1 << 22)})  # number 1 is missing, so it is refused
    with pytest.raises(Exception, match="refused"):
        add(store, [big])
    add(store, [a_row(1)])
    assert store.size() == 2


def test_without_a_wal_only_the_log_is_watched(log: Path) -> None:
    """Where memory can't be shared there is none; a file of that name that comes and goes is nobody's."""
    placement = Placement(log)
    placement.require()  # nothing was opened yet
    placement.opened()
    placement.require()
    wal_of(log).write_bytes(b"x")
    placement.require()
    wal_of(log).unlink()
    placement.require()
    replace(log)
    with pytest.raises(Displaced):
        placement.require()


def test_closing_a_log_that_was_moved_keeps_its_entries(store: Store, log: Path) -> None:
    """They are all in the file that was moved away, and the one that is in its place is as it was."""
    for seq in range(5):
        add(store, [a_row(seq)])
    away = log.with_name("away.db")
    log.rename(away)
    log.write_bytes(b"something else")
    store.close()
    assert log.read_bytes() == b"something else"
    with closing(sqlite3.connect(away)) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (5,)
