"""Who may do what: each refusal."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from db.district.connection import connected
from db.district.private_server import PrivateServer
from tests.db.district.desks import Desk, Sent, a_desk, a_reader, a_store, an_auditor, asked

TABLES = (
    "entry",
    "disclosure",
    "checkpoint",
    "conflict",
    "log",
    "record",
    "record_words",
    "fact",
    "call",
    "duty",
    "newest",
)


def refused(server: PrivateServer, database: str, role: str, statement: str) -> bool:
    """Whether the server refuses a statement of a role."""
    with connected(server.address(database, role)) as store:
        try:
            store.connection.execute(statement)
        except psycopg.Error:
            return True
    return False


@pytest.fixture(scope="module")
def database(server: PrivateServer) -> Iterator[str]:
    """A store for all these tests: hardly one changes it."""
    with a_store(server) as name:
        yield name


@pytest.fixture(scope="module")
def desk(server: PrivateServer, database: str, sent: Sent) -> Desk:
    """A desk that sent everything."""
    found = a_desk(server, database)
    found.send(sent)
    return found


@pytest.fixture(scope="module")
def reader(server: PrivateServer, database: str, desk: Desk) -> str:
    """The role of a reader of the desk's school, at the level public."""
    return a_reader(server, database, "reader", "Lincoln", 1)


@pytest.fixture(scope="module")
def stranger(server: PrivateServer, database: str, desk: Desk) -> str:
    """The role of a reader of another school, at the level full."""
    asked(server, database, "INSERT INTO district.school (name) VALUES ('Elm')")
    return a_reader(server, database, "stranger", "Elm", 3)


@pytest.fixture(scope="module")
def auditor(server: PrivateServer, database: str) -> str:
    """The role of an auditor."""
    return an_auditor(server, database)


@pytest.mark.parametrize(
    "statement",
    [
        *(
            f"SELECT * FROM district.{table}"
            for table in (*TABLES, "desk", "school", "hold", "destruction", "entry_00")
        ),
        "SELECT * FROM plain.encounters",
        "SELECT * FROM district.publication",
        "SELECT * FROM district.publication_part",
        "SELECT district.publish(now(), '', '', '', '', '{}', '{}')",
        "SELECT district.newest_publication('Elm')",
        "INSERT INTO district.entry (log_id, seq, header, leaf) VALUES (1, 99, '{}', '')",
        "UPDATE district.log SET size = 0",
        "DELETE FROM district.disclosure",
        "TRUNCATE district.entry",
        "SELECT district.destroy_due('0')",
        "SELECT district.follow(NULL, 0)",
        "SELECT district.hide(1)",
        "SELECT district.meet(1, '{}', '{}', '{}', '{}', '{}', false)",
        "SELECT * FROM district.newest_records(NULL, NULL, 50)",
        "SELECT * FROM district.found_records('%', NULL, 50)",
        "SET ROLE district_owner",
        "SET ROLE district_ingest",
        "SET session_replication_role = replica",
        "COPY district.entry TO STDOUT",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (x int)",
        "CREATE TEMP TABLE mine (x int)",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "SELECT rolpassword FROM pg_authid",
        "SELECT lo_create(0)",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_sleep(1)",
        "SELECT pg_notify('x', 'y')",
    ],
)
def test_a_desk_may_do_nothing_but_its_three_calls(server: PrivateServer, desk: Desk, statement: str) -> None:
    """A stolen secret reads nothing, and fills nothing else."""
    assert refused(server, desk.database, desk.role, statement)


@pytest.mark.parametrize(
    "statement",
    [
        *(f"DELETE FROM district.{table}" for table in (*TABLES, "entry_05", "disclosure_05", "school", "reader")),
        "UPDATE district.entry SET header = '{}'",
        "INSERT INTO district.reader SELECT current_user, school_id, 3 FROM district.school",
        "SELECT * FROM district.reader",
        "SELECT * FROM district.district_hold",
        "SELECT district.destroy_due('0')",
        "SET ROLE district_auditor",
    ],
)
def test_a_reader_changes_nothing(server: PrivateServer, database: str, reader: str, statement: str) -> None:
    """Not even what it may read."""
    assert refused(server, database, reader, statement)


def test_a_reader_reads_its_schools_and_up_to_its_level(
    server: PrivateServer, database: str, reader: str, sent: Sent
) -> None:
    """Values of a wider level are not there, also not in a part that is named directly; another school is not there."""
    assert len(asked(server, database, "SELECT * FROM plain.encounters", reader)) == 3
    assert asked(server, database, "SELECT count(*) FROM district.disclosure", reader) == [(0,)]
    assert asked(server, database, "SELECT count(*) FROM plain.facts", reader) == [(0,)]
    asked(server, database, "UPDATE district.reader SET level = 3")
    assert asked(server, database, "SELECT count(*) FROM district.disclosure", reader) == [(len(sent.values()),)]
    assert asked(server, database, "SELECT count(*) FROM plain.facts", reader) == [(6,)]
    asked(server, database, "UPDATE district.reader SET level = 1")


def test_a_reader_of_another_school_reads_nothing(server: PrivateServer, database: str, desk: Desk) -> None:
    """In any view and any table."""
    asked(server, database, "INSERT INTO district.school (name) VALUES ('Oak')")
    role = f"oak_{database}"
    asked(server, database, f"CREATE ROLE {role} LOGIN IN ROLE district_reader")
    asked(
        server,
        database,
        f"INSERT INTO district.reader SELECT '{role}', school_id, 3 FROM district.school WHERE name = 'Oak'",
    )
    for view in ("desks", "encounters", "facts", "calls", "duties"):
        assert asked(server, database, f"SELECT * FROM plain.{view}", role) == []
    for table in TABLES:
        assert asked(server, database, f"SELECT * FROM district.{table}", role) == []
    parts = [
        row[0]
        for row in asked(server, database, "SELECT relname FROM pg_class WHERE relname ~ '^(entry|disclosure)_[0-9]+$'")
    ]
    assert all(refused(server, database, role, f"SELECT * FROM district.{part}") for part in parts)
    assert len(parts) == 32


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM district.disclosure WHERE 1 / (length(body) - length(body)) = 1",
        "SELECT 1 FROM district.entry WHERE (header || 'x')::int = 1",
        "SELECT 1 FROM plain.facts f WHERE (f::text || 'x')::int = 1",
        "SELECT 1 FROM plain.encounters e WHERE (e::text || 'x')::int = 1",
    ],
)
def test_an_error_shows_a_reader_nothing_of_another_school(
    server: PrivateServer, database: str, stranger: str, statement: str
) -> None:
    """A condition that would fail on a row is asked only of the rows that the reader may see: here none."""
    with pytest.raises(psycopg.Error):
        asked(server, database, statement)
    assert asked(server, database, statement, stranger) == []


def test_the_statistics_of_the_server_keep_no_value(server: PrivateServer, database: str, desk: Desk) -> None:
    """The planner's common values would outlast the values; a superuser is shown none either."""
    asked(server, database, "ANALYZE")
    kept = "SELECT 1 FROM pg_stats WHERE schemaname = 'district' AND attname IN ('body', 'header', 'words')"
    assert asked(server, database, kept) == []


def test_an_auditor_reads_everything_and_changes_nothing(
    server: PrivateServer, database: str, desk: Desk, auditor: str
) -> None:
    """Also what is only for the district."""
    assert len(asked(server, database, "SELECT * FROM plain.encounters", auditor)) == 3
    assert asked(server, database, "SELECT count(*) FROM district.disclosure", auditor)[0][0] > 50
    for table in ("hold", "district_hold", "destruction", "reader"):
        asked(server, database, f"SELECT * FROM district.{table}", auditor)
    for table in TABLES:
        assert refused(server, database, auditor, f"DELETE FROM district.{table}")


@pytest.mark.parametrize("always", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE district.entry SET header = header",
        "DELETE FROM district.entry",
        "TRUNCATE district.entry",
        "TRUNCATE district.disclosure CASCADE",
        "UPDATE district.disclosure SET body = ''",
        "DELETE FROM district.disclosure",
        "UPDATE district.checkpoint SET note = ''",
        "DELETE FROM district.conflict",
    ],
)
def test_not_even_a_superuser_changes_evidence_by_a_plain_statement(
    server: PrivateServer, database: str, desk: Desk, statement: str, always: bool
) -> None:
    """Only one who takes the guards off first; also the parts and the mode of replication have them."""
    with connected(server.address(database)) as store:
        if always:
            store.connection.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            store.connection.execute(statement)


def test_a_keeper_deletes_after_the_rest_of_the_owner_and_no_earlier(
    server: PrivateServer, database: str, desk: Desk
) -> None:
    """And reads nothing."""
    asked(server, database, f"CREATE ROLE {database}_keeper LOGIN IN ROLE district_keeper")
    assert not refused(server, database, f"{database}_keeper", "SELECT district.destroy_due()")
    for statement in (
        "SELECT district.destroy_due('0')",
        "UPDATE district.policy SET rest = '0'",
        "SELECT * FROM district.disclosure",
        "DELETE FROM district.disclosure",
    ):
        assert refused(server, database, f"{database}_keeper", statement), statement
    assert refused(server, database, desk.role, "SELECT district.destroy_due()")
