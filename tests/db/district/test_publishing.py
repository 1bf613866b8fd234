"""Publications: the newest part for each school, and what nobody may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from db.district.connection import connected
from db.district.errors import NotAllowed, Refused
from db.district.private_server import PrivateServer
from db.district.publishing import Part, Publication, publish, published
from tests.db.district.desks import Desk, a_desk, asked

MADE = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)


def publication(number: int, **parts: bytes) -> Publication:
    """The publication with this number, made as many minutes after the first. The part for every school is `all`."""
    of = {name.replace("all", ""): body for name, body in parts.items()}
    made = MADE + timedelta(minutes=number)
    return Publication(made, f"{number:064x}", "small", f"2026.{number}", "a" * 64, of)


@pytest.fixture
def publisher(server: PrivateServer, database: str) -> str:
    """The role of a publisher."""
    role = f"publisher_{database}"
    asked(server, database, f"CREATE ROLE {role} LOGIN IN ROLE district_publisher")
    return role


def add(server: PrivateServer, database: str, role: str, made: Publication) -> list[str]:
    """Publish it as this role."""
    with connected(server.address(database, role)) as store:
        return publish(store, made)


def newest(desk: Desk, known: bytes = b"") -> Part | None:
    """What a desk gets."""
    with desk.connected() as store:
        return published(store, known)


def test_each_school_gets_its_own_part_of_the_newest_publication(
    server: PrivateServer, database: str, publisher: str
) -> None:
    """Or that of every school; what it has already is not sent again."""
    lincoln, elm = a_desk(server, database), a_desk(server, database, "elm", "Elm")
    assert newest(lincoln) is None
    assert add(server, database, publisher, publication(1, all=b"common", Lincoln=b"of Lincoln", Oak=b"of Oak")) == [
        "Oak"
    ]
    part = newest(lincoln)
    assert part == Part(sha256(b"of Lincoln").digest(), b"of Lincoln")
    assert newest(elm) == Part(sha256(b"common").digest(), b"common")
    assert newest(lincoln, part.hash) == Part(part.hash, None)
    add(server, database, publisher, publication(2, Elm=b"only of Elm"))
    assert newest(lincoln, part.hash) == Part(part.hash, None)
    assert newest(elm, b"x").body == b"only of Elm"  # type: ignore[union-attr]
    assert newest(a_desk(server, database, "oak", "Oak")).body == b"of Oak"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wrong",
    [
        publication(1, all=b"the same again"),
        publication(0, all=b"older"),
        publication(3 * 1440, all=b"of a day to come"),
        publication(2),
        publication(2, all=b""),
        publication(2, all=bytes((8 << 20) + 1)),
        replace(publication(2, all=b"x"), name="no hash"),
        replace(publication(2, all=b"x"), content_hash="no hash"),
        replace(publication(2, all=b"x"), version=""),
        replace(publication(2, all=b"x"), name=publication(1).name),
    ],
)
def test_what_is_not_a_newer_publication_is_refused_whole(
    server: PrivateServer, database: str, publisher: str, wrong: Publication
) -> None:
    """No row of it is left."""
    add(server, database, publisher, publication(1, all=b"first"))
    with pytest.raises(Refused):
        add(server, database, publisher, wrong)
    assert asked(server, database, "SELECT count(*) FROM district.publication_part") == [(1,)]
    assert asked(server, database, "SELECT count(*) FROM district.publication") == [(1,)]


def test_only_a_publisher_publishes_and_only_a_desk_fetches(
    server: PrivateServer, database: str, publisher: str
) -> None:
    """A desk publishes nothing, and a publisher reads nothing; a retired desk gets nothing."""
    desk = a_desk(server, database)
    with pytest.raises(NotAllowed):
        add(server, database, desk.role, publication(1, all=b"x"))
    add(server, database, publisher, publication(1, all=b"x"))
    for statement in (
        "SELECT * FROM district.published('')",
        "SELECT * FROM district.publication_part",
        "SELECT * FROM district.desk",
        "SELECT * FROM district.entry",
        "INSERT INTO district.publication_part VALUES (1, 'Elm', 'x')",
        "SELECT district.newest_publication('Lincoln')",
        "SET ROLE district_owner",
    ):
        with pytest.raises(Exception, match="permission denied"):
            asked(server, database, statement, publisher)
    asked(server, database, "UPDATE district.desk SET state = 'retired'")
    with pytest.raises(NotAllowed):
        newest(desk)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM district.publication_part",
        "SELECT * FROM district.publication",
        "SELECT district.newest_publication('Elm')",
        "INSERT INTO district.publication_part VALUES (1, 'Lincoln', 'x')",
    ],
)
@pytest.mark.parametrize("group", ["district_desk", "district_reader", "district_keeper"])
def test_no_desk_reads_what_another_school_gets(
    server: PrivateServer, database: str, statement: str, group: str
) -> None:
    """Nor does a reader: contacts are no records."""
    role = f"{group}_{database}"
    asked(server, database, f"CREATE ROLE {role} LOGIN IN ROLE {group}")
    with pytest.raises(Exception, match="permission denied"):
        asked(server, database, statement, role)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE district.publication SET version = 'x'",
        "UPDATE district.publication_part SET school = 'x'",
        "DELETE FROM district.publication",
        "DELETE FROM district.publication_part",
        "TRUNCATE district.publication CASCADE",
        "TRUNCATE district.publication_part",
    ],
)
def test_what_was_published_stays(server: PrivateServer, database: str, publisher: str, statement: str) -> None:
    """Not even the superuser changes it while the triggers are on."""
    add(server, database, publisher, publication(1, all=b"x"))
    with pytest.raises(Exception, match="append-only"):
        asked(server, database, statement)
