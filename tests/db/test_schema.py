"""A log with another schema than the migrations make is not written, not copied as intact, and the change is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import schema
from db.copy import require_intact_copy
from db.errors import Damaged
from db.reader import Reader
from db.store import Store
from tests.forgeries import FORGERIES, forge


def differences(log: Path) -> str:
    """How the schema of this log differs."""
    with closing(sqlite3.connect(log)) as connection:
        return schema.differences(connection)


def test_the_migrations_make_exactly_the_expected_schema(log: Path) -> None:
    """Row by row: a migration that makes more, less or something else fails here."""
    with closing(sqlite3.connect(log)) as connection:
        assert schema.stored(connection) == schema.expected()
    assert differences(log) == ""


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_log_with_another_schema_is_not_written(log: Path, forgery: str) -> None:
    """Nothing is written to it; it can still be read, because its entries are evidence."""
    Store.open(log).close()  # the first opening sets the journal mode
    forge(log, forgery)
    before = log.read_bytes()
    with pytest.raises(Damaged):
        Store.open(log)
    assert log.read_bytes() == before
    with Reader.open(log) as reader:
        assert reader.size() == 0


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_copy_with_another_schema_is_not_intact(log: Path, forgery: str) -> None:
    """A backup is checked like the log itself, and so is a log that a kiosk has open."""
    require_intact_copy(log)
    forge(log, forgery)
    with pytest.raises(Damaged):
        require_intact_copy(log)
    with Reader.open(log) as reader, pytest.raises(Damaged):
        reader.require_intact()


@pytest.mark.parametrize(
    ("forgery", "named"),
    [
        ("a trigger is removed", "trigger entry_bd is missing"),
        ("a trigger is replaced", "trigger entry_bd was changed"),
        ("a table is added", "table more was added"),
        ("a column is added", "table entry was changed"),
    ],
)
def test_the_changed_object_is_named(log: Path, forgery: str, named: str) -> None:
    """The office then knows what to look at."""
    forge(log, forgery)
    assert differences(log) == named


def test_a_hostile_name_is_shown_short_and_harmless(log: Path) -> None:
    """A person with the file chooses the names of what they add."""
    with closing(sqlite3.connect(log)) as connection:
        for n in range(5):
            connection.execute(f'CREATE TABLE "\x1b[2J{n}{"x" * 500}" (a)')
    found = differences(log)
    assert "\x1b" not in found
    assert found.endswith("and 2 more")
    assert len(found) < 250
