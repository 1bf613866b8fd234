"""Lists and searches of records: the newest first, of the schools and the level of who asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.district.private_server import PrivateServer
from tests.db.district.desks import Sent, a_desk, a_reader, a_store, an_auditor, asked
from tests.homes import a_home, encounter

MANY = 2_100
"""Records; a search looks at no more than the newest 2,000 before it asks the index for all."""


@pytest.fixture(scope="module")
def database(server: PrivateServer, sent: Sent, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three records of Lincoln, and one of Adams with the word Adamsville; no test changes them."""
    home = a_home(Path(tmp_path_factory.mktemp("adams")))
    encounter(home, agency="Adamsville Police", session=True)
    with a_store(server) as name:
        a_desk(server, name).send(sent)
        a_desk(server, name, "adams", "Adams").send(Sent.of(home))
        asked(server, name, "UPDATE district.record SET opened_us = opened_us + 10 * newest_seq - log_id")  # one clock
        yield name


@pytest.fixture(scope="module")
def reader(server: PrivateServer, database: str) -> str:
    """A reader of Lincoln at the level full."""
    return a_reader(server, database, "reader", "Lincoln", 3)


@pytest.fixture(scope="module")
def auditor(server: PrivateServer, database: str) -> str:
    """An auditor of the district."""
    return an_auditor(server, database)


def _newest(given: str) -> str:
    return f"SELECT log_id, no FROM district.newest_records({given})"


def _found(given: str) -> str:
    return f"SELECT log_id, no FROM district.found_records({given})"


def test_an_auditor_lists_the_newest_of_all_schools_or_of_some(
    server: PrivateServer, database: str, auditor: str
) -> None:
    """At most so many, and before a time."""
    times = "SELECT log_id, no, opened_us FROM district.record ORDER BY opened_us DESC"
    newest = asked(server, database, times)
    assert len(newest) == 4
    assert asked(server, database, _newest("NULL, NULL, 50"), auditor) == [row[:2] for row in newest]
    assert asked(server, database, _newest("NULL, NULL, 2"), auditor) == [row[:2] for row in newest[:2]]
    assert asked(server, database, _newest("'{2}', NULL, 50"), auditor) == [(2, "2026-0001")]
    before = [row[:2] for row in newest if row[2] < newest[1][2]]
    assert asked(server, database, _newest(f"NULL, {newest[1][2]}, 50"), auditor) == before
    assert asked(server, database, _newest(f"'{{1, 2}}', {newest[1][2]}, 50"), auditor) == before


def test_a_reader_lists_the_own_school_alone(server: PrivateServer, database: str, reader: str) -> None:
    """Also when the logs of another one are named."""
    own = [(1, f"2026-000{n}") for n in (3, 2, 1)]
    assert asked(server, database, _newest("NULL, NULL, 50"), reader) == own
    assert asked(server, database, _newest("'{1, 2}', NULL, 50"), reader) == own
    assert asked(server, database, _newest("'{2}', NULL, 50"), reader) == []


def test_a_search_finds_parts_of_words_in_any_case(server: PrivateServer, database: str, auditor: str) -> None:
    """Once for each record, the newest first."""
    assert asked(server, database, _found("'%example%COUNTY%', NULL, 50"), auditor) == [(1, "2026-0001")]
    assert asked(server, database, _found("'%damsv%', NULL, 50"), auditor) == [(2, "2026-0001")]
    assert asked(server, database, _found("'%damsv%', '{1}', 50"), auditor) == []
    assert asked(server, database, _found("'%agency%', NULL, 1"), auditor) == [(1, "2026-0003")]
    assert asked(server, database, _found("'%absent%', NULL, 50"), auditor) == []


def test_a_reader_finds_nothing_of_another_school(server: PrivateServer, database: str, reader: str) -> None:
    """Nor by its log."""
    assert asked(server, database, _found("'%agency%', NULL, 50"), reader) == [(1, "2026-0003"), (1, "2026-0002")]
    assert asked(server, database, _found("'%damsv%', NULL, 50"), reader) == []
    assert asked(server, database, _found("'%damsv%', '{2}', 50"), reader) == []


def test_a_reader_finds_no_word_of_a_wider_level(server: PrivateServer, database: str) -> None:
    """A hit would tell the word."""
    role = a_reader(server, database, "public_reader", "Lincoln", 1)
    assert asked(server, database, _newest("NULL, NULL, 1"), role) == [(1, "2026-0003")]
    assert asked(server, database, _found("'%agency%', NULL, 50"), role) == []


@pytest.mark.parametrize("logs", ["NULL", "'{7}'"])
def test_a_search_finds_old_records_too(server: PrivateServer, sent: Sent, logs: str) -> None:
    """The newest ones are looked at first, not only."""
    with a_store(server) as name:
        a_desk(server, name)
        numbers = f"generate_series(1, {MANY}) n"
        asked(
            server,
            name,
            "INSERT INTO district.record (log_id, encounter_id, no, opened_us, newest_seq) "
            f"SELECT 7, md5(n::text)::uuid, n, n, n FROM {numbers}",
        )
        asked(
            server,
            name,
            "INSERT INTO district.record_words SELECT 7, md5(n::text)::uuid, 3, "
            "CASE WHEN n IN (5, 6) THEN 'quetzal and others' WHEN n < 700 THEN 'others' ELSE 'a few newer ones' END "
            f"FROM {numbers}",
        )
        assert asked(server, name, _found(f"'%quetzal%', {logs}, 50")) == [(7, "6"), (7, "5")]
        assert asked(server, name, _found(f"'%newer%', {logs}, 2")) == [(7, f"{MANY}"), (7, f"{MANY - 1}")]
        assert asked(server, name, _found(f"'%others%', {logs}, 2")) == [(7, "699"), (7, "698")]
        assert len(asked(server, name, _found(f"'%others%', {logs}, 650"))) == 650
