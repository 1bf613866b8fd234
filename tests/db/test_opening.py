"""A file that is not a whole log of this version is refused with a repair, and left as it is."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import Damaged, Missing, ReadOnly, StoreError, WrongVersion
from db.reader import Reader
from db.store import Store
from tests.db.rows import a_row, add
from tests.faults.account import bound_by_modes

PAGE = 4096
NOISE = random.Random(7).randbytes(20 * PAGE)  # noqa: S311 - noise, the same each time


def test_no_log_is_missing(tmp_path: Path) -> None:
    """Nothing is created by looking."""
    with pytest.raises(Missing, match="kiosk setup"):
        Store.open(tmp_path / "log.db")
    with pytest.raises(Missing):
        Reader.open(tmp_path / "log.db")
    assert list(tmp_path.iterdir()) == []


def _grown(log: Path) -> None:
    with Store.open(log) as store:
        add(store, [a_row(seq) for seq in range(500)])


def _empty(log: Path) -> None:
    log.write_bytes(b"")


def _text(log: Path) -> None:
    log.write_text("Dear Superintendent, " * 50, encoding="utf-8")


def _random(log: Path) -> None:
    log.write_bytes(NOISE)


def _only_header_left(log: Path) -> None:
    log.write_bytes(log.read_bytes()[:100])


def _truncated(log: Path) -> None:
    _grown(log)
    whole = log.read_bytes()
    assert len(whole) > 40 * PAGE
    log.write_bytes(whole[: len(whole) // PAGE // 2 * PAGE])


def _page_overwritten(log: Path) -> None:
    _grown(log)
    with log.open("r+b") as file:
        file.seek(30 * PAGE)
        file.write(NOISE[: 4 * PAGE])


def _no_identity(log: Path) -> None:
    _grown(log)
    with closing(sqlite3.connect(log)) as connection:
        trigger = connection.execute("SELECT sql FROM sqlite_master WHERE name='log_bd'").fetchone()[0]
        connection.execute("DROP TRIGGER log_bd")
        connection.execute("DELETE FROM log")
        connection.execute(trigger)
        connection.commit()


@pytest.mark.parametrize(
    "harm", [_empty, _text, _random, _only_header_left, _truncated, _page_overwritten, _no_identity]
)
def test_a_damaged_log_is_refused_and_left_alone(log: Path, harm: Callable[[Path], None]) -> None:
    """One calm sentence, the way to the last backup, and not a byte changed."""
    harm(log)
    before = log.read_bytes()
    with pytest.raises(Damaged, match="write on paper"):
        Store.open(log)
    assert log.read_bytes() == before


def test_a_reader_meets_damage_with_the_same_words(log: Path) -> None:
    """Whether at opening or half-way through, what reaches the caller is of our family."""
    _truncated(log)
    with pytest.raises(Damaged), Reader.open(log) as reader:
        list(reader.entries())


def test_another_programs_file_is_not_ours(tmp_path: Path) -> None:
    """A well-formed database of someone else's is named as such and not touched."""
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE entry(seq INTEGER PRIMARY KEY)")
    before = other.read_bytes()
    with pytest.raises(Damaged, match="belongs to another program"):
        Store.open(other)
    assert other.read_bytes() == before


def test_a_folder_in_the_logs_place_is_no_log(tmp_path: Path) -> None:
    """It is not taken for a log that is missing, of which a new one could be made."""
    for opened in (Store.open, Reader.open):
        with pytest.raises(Damaged, match="is not a log"):
            opened(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_a_log_that_may_not_be_written_is_told_at_opening(log: Path) -> None:
    """Not at the first answer; and whatever the system said when it was asked beforehand."""
    Store.open(log).close()  # SQLite writes to a new one at once, and would say it by itself
    log.chmod(0o400)
    with bound_by_modes(), pytest.raises(ReadOnly, match="can't be written"):
        Store.open(log)


def _stamp(log: Path, revision: str) -> None:
    with closing(sqlite3.connect(log)) as connection:
        connection.execute("UPDATE alembic_version SET version_num=?", (revision,))
        connection.commit()


@pytest.mark.parametrize("opened", [Store.open, Reader.open])
def test_a_newer_log_is_refused(log: Path, opened: Callable[[Path], Store | Reader]) -> None:
    """A version we don't know is not guessed at."""
    _stamp(log, "9999")
    with pytest.raises(WrongVersion, match="a newer one"):
        opened(log)


@pytest.mark.parametrize("opened", [Store.open, Reader.open])
def test_an_older_log_asks_for_setup(
    log: Path, opened: Callable[[Path], Store | Reader], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The repair for a version we know is one command."""
    monkeypatch.setattr("db.revision.HISTORY", ("0000", "0001"))
    _stamp(log, "0000")
    with pytest.raises(WrongVersion, match="kiosk setup"):
        opened(log)


def test_a_log_without_any_version_is_refused(log: Path) -> None:
    """Tables without a revision were not made by a migration of ours."""
    with closing(sqlite3.connect(log)) as connection:
        connection.execute("DROP TABLE alembic_version")
    with pytest.raises(StoreError, match="none"):
        Store.open(log)
