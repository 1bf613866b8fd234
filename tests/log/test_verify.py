"""Verification of one log file: what it counts, what it finds, and who does the work."""

from __future__ import annotations

import sqlite3
from multiprocessing import active_children
from pathlib import Path

import pytest

from kiosk.errors import StoreUnusable
from kiosk.log import verify
from kiosk.log.log import open_reader
from kiosk.log.signing_key import read_signer
from kiosk.log.verify import check_log, open_log
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home
from kiosk.system import processors
from tests.homes import a_home, encounter, tamper


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has one encounter."""
    home = a_home(tmp_path)
    encounter(home)
    return home


def leaves_of(home: Home) -> list[bytes]:
    """The leaf hashes of the live log."""
    log = open_reader(home, "live")
    leaves = list(log.leaves())
    log.close()
    return leaves


def test_an_untouched_log_is_verified(home: Home) -> None:
    """Every entry matches, the newest checkpoint covers all of them, and the key is the one that signs here."""
    size = len(leaves_of(home))
    result = check_log(home.log("live"))
    assert result.verified
    assert (result.size, result.matching, result.signed) == (size, size, size)
    public = read_signer(home, "live", {}).public
    assert (result.key, result.origin) == (public, public.name)


def test_the_root_is_computed_at_each_size_that_was_asked_for(home: Home) -> None:
    """Each is the root over the first entries of the log; a size that the log has not reached has none."""
    leaves = leaves_of(home)
    roots = check_log(home.log("live"), asked=[1, 3, len(leaves) + 1]).roots
    assert {size: roots[size] for size in (1, 3)} == {size: Tree().grown(leaves[:size]).root for size in (1, 3)}
    assert len(leaves) + 1 not in roots


def test_a_changed_value_is_found_at_its_entry(home: Home) -> None:
    """The problem names the entry; all other entries still match."""
    size = len(leaves_of(home))
    changed: list[int] = []

    def change(connection: sqlite3.Connection) -> None:
        ((seq,),) = connection.execute("SELECT seq FROM disclosure WHERE name='field.agency-as-stated'").fetchall()
        connection.execute("UPDATE disclosure SET body=x'00' WHERE name='field.agency-as-stated'")
        changed.append(seq)

    tamper(home, change)
    result = check_log(home.log("live"))
    assert not result.verified
    assert [problem.at for problem in result.problems if problem.at is not None] == changed
    assert (result.size, result.matching) == (size, size - 1)


def test_an_index_that_was_changed_is_a_problem_of_the_file(home: Home) -> None:
    """All entries match, and still the log is not verified: a search could miss records."""

    def exchange(connection: sqlite3.Connection) -> None:
        names = ("search_index_no", "search_index_opened")
        pages = [
            connection.execute("SELECT rootpage FROM sqlite_master WHERE name=?", [name]).fetchone()[0]
            for name in names
        ]
        connection.execute("PRAGMA writable_schema=1")
        for name, page in zip(names, reversed(pages), strict=True):
            connection.execute("UPDATE sqlite_master SET rootpage=? WHERE name=?", [page, name])

    tamper(home, exchange)
    result = check_log(home.log("live"))
    assert [problem.at for problem in result.problems] == [None]
    assert result.matching == result.size


@pytest.mark.parametrize("number", [1 << 40, (1 << 63) - 2])
def test_an_entry_with_a_huge_number_takes_no_longer_and_is_found(home: Home, number: int) -> None:
    """A file of this size has no room for so many entries, so no more of them are looked for."""
    size = len(leaves_of(home))

    def renumber(log: sqlite3.Connection) -> None:
        log.execute("PRAGMA foreign_keys = OFF")
        log.execute("PRAGMA ignore_check_constraints = ON")
        log.execute("UPDATE entry SET seq = ? WHERE seq = ?", (number, size - 1))

    tamper(home, renumber)
    result = check_log(home.log("live"))
    assert not result.verified
    assert size <= result.size <= home.log("live").stat().st_size
    assert size - 1 in {problem.at for problem in result.problems}


def test_a_missing_file_is_an_error_and_is_not_created(tmp_path: Path) -> None:
    """A wrong file name must not leave an empty log behind."""
    with pytest.raises(StoreUnusable), open_log(tmp_path / "none.db"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_progress_adds_up_to_the_whole_log(home: Home) -> None:
    """A bar that counts along reaches its end."""
    done: list[int] = []
    result = check_log(home.log("live"), progress=done.append)
    assert sum(done) == result.size > 0


def test_a_stopped_check_leaves_no_process(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are ended at once, not when they have finished."""

    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verify, "LONG", 1)
    with pytest.raises(KeyboardInterrupt):
        check_log(home.log("live"), progress=stop)
    assert active_children() == []


def test_without_more_processes_this_one_checks_a_long_log(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without shared memory gets the same result."""
    expected, asked = check_log(home.log("live")), list[int]()

    def no_memory(**_: object) -> None:
        asked.append(1)
        raise OSError("no shared memory")

    monkeypatch.setattr(verify, "LONG", 1)
    monkeypatch.setattr(processors, "ProcessPoolExecutor", no_memory)
    assert check_log(home.log("live")) == expected
    assert asked == [1]
