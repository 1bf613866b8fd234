"""Destroyed details are in no file any more, in any form; and all other words are still there."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from db import connections
from db.copy import copy_log
from kiosk.app.bootstrap import append_entry
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.faults.markers import Teller, found_in, holding
from tests.keeping import destroy, mark
from tests.typed import Typed

pytestmark = pytest.mark.usefixtures("synchronized")

MARKERS = 300


@pytest.fixture
def typed(typed: Typed, home: Home) -> Typed:
    """Commands on that home, set up, where every record's time is over."""
    mark(typed, "until 2021-01-01")
    return typed


def ids(home: Home) -> dict[str, str]:
    """Each record's encounter by its number."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        return dict(connection.execute("SELECT no, encounter_id FROM search_index").fetchall())


def values(home: Home, encounters: set[str]) -> list[bytes]:
    """The stored bytes of all values of these encounters."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        rows = connection.execute("SELECT encounter_id, body FROM disclosure JOIN entry USING (seq)").fetchall()
    return [body for encounter_id, body in rows if encounter_id in encounters]


def halves(teller: Teller, seed: int) -> tuple[list[str], list[str]]:
    """The numbers of the records to destroy, and of those to keep."""
    numbers = random.Random(seed).sample(sorted(teller.told), len(teller.told))  # noqa: S311 - no secret
    return numbers[::2], numbers[1::2]


def marked(teller: Teller, numbers: list[str]) -> set[str]:
    """The markers of these records."""
    return {marker for no in numbers for marker in teller.told[no]}


@pytest.mark.parametrize(
    ("tidy", "duplicated"),
    [
        pytest.param(True, False, id="each record in the main file"),
        pytest.param(False, True, id="as SQLite has it, and a copy made before an update"),
        pytest.param(True, True, id="each in the main file, and a copy", marks=pytest.mark.long),
        pytest.param(False, False, id="as SQLite has it", marks=pytest.mark.long),
    ],
)
def test_nothing_of_it_is_left_and_all_of_the_rest(typed: Typed, home: Home, *, tidy: bool, duplicated: bool) -> None:
    """Notes, facts, corrections, amendments, the list's words: all of them gone."""
    teller = Teller(home, seed=7)
    teller.tell(MARKERS, tidy=tidy)
    going, staying = halves(teller, seed=7)
    encounters = ids(home)
    if duplicated:
        copy_log(home.log("live"), home.log("live").with_name("live.before-0002.db"))
    append_entry(home, "live", FixedClock(), teller.amendment(going[0], encounters[going[0]]))
    stored = values(home, {encounters[no] for no in going})
    gone, kept = marked(teller, going), marked(teller, staying)
    assert len(gone | kept) >= MARKERS
    assert found_in(home, gone | kept).keys() == gone | kept, "the search is blind"
    assert len(holding(home, stored)) > len(stored) // 2, "the search is blind"

    told = destroy(typed, *going)

    assert told.code == 0, told
    assert found_in(home, gone) == {}
    assert holding(home, stored) == []
    assert found_in(home, kept).keys() == kept
    searches = (typed("log", "list", "--json", "--search", min(some)).json for some in (gone, kept))
    assert [len(found) for found in searches] == [0, 1]
    assert typed("log", "verify").code == 0
    with closing(sqlite3.connect(home.log("live"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_without_secure_deletion_the_search_finds_what_is_left(
    typed: Typed, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with SQLite's own deletion alone, words are in the file afterwards, and are found."""
    monkeypatch.setattr(connections, "_WRITER", {**connections._WRITER, "secure_delete": 0})
    teller = Teller(home, seed=7)
    teller.tell(MARKERS // 3, tidy=True)
    going, _ = halves(teller, seed=7)
    assert destroy(typed, *going).code == 0
    assert found_in(home, marked(teller, going)), "what SQLite leaves was not found: the search is blind"


def test_a_program_that_reads_the_log_is_told_of_and_nothing_is_left_after_it(typed: Typed, home: Home) -> None:
    """While it reads, SQLite keeps the second file; the command says so, and the next one that writes clears it."""
    teller = Teller(home, seed=7)
    teller.tell(20, tidy=False)
    gone = marked(teller, sorted(teller.told))
    with closing(sqlite3.connect(home.log("live"))) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM disclosure").fetchone()[0] > 20
        told = destroy(typed, *teller.told)
        assert (told.code, "Another program has the log open" in told.err) == (1, True), told
    assert destroy(typed, *teller.told).code == 3
    assert found_in(home, gone) == {}
