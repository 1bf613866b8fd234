"""Desks with real logs, and what they send."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Self

from db.district.calls import Answer, Batch, Value, disclose, ingest
from db.district.connection import Store, connected
from db.district.install import install
from db.district.private_server import PrivateServer, private_server
from db.reader import Reader
from db.rows import Row
from kiosk.errors import ReplaceReason
from kiosk.log.replace import replace_log
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home
from kiosk.system.clock import FixedClock

FULL = 3
TEMPLATE = "template_store"
"""The database with an empty store, from which those of tests are copied."""

_NUMBERS = count()


@dataclass(frozen=True)
class Sent:
    """A log as its desk sends it: its rows, and the key of its checkpoints."""

    origin: str
    vkey: str
    rows: Sequence[Row]

    @classmethod
    def of(cls, home: Home) -> Self:
        """The live log of a home."""
        with closing(Reader.open(home.log("live"))) as log:
            return cls(log.origin, log.log_vkey, [*log.entries()])

    def root(self, size: int) -> bytes:
        """The root hash at this size."""
        return Tree().grown(row.leaf for row in self.rows[:size]).root

    def batch(self, first: int = 0, end: int | None = None, **other: Any) -> Batch:
        """The entries from `first`, without `end`."""
        end = len(self.rows) if end is None else end
        headers = [row.header for row in self.rows[first:end]]
        return replace(Batch(self.origin, self.vkey, first, headers, end, self.root(end), len(self.rows)), **other)

    def values(self, first: int = 0, end: int | None = None, level: int = FULL) -> list[Value]:
        """Their values, each of this level."""
        return [
            Value(row.seq, name, encrypted, level, body)
            for row in self.rows[first:end]
            for encrypted, some in ((False, row.disclosures), (True, row.encrypted))
            for name, body in some
        ]


@dataclass(frozen=True)
class Desk:
    """An enrolled desk: its role in a database of the private server."""

    server: PrivateServer
    database: str
    role: str

    @contextmanager
    def connected(self) -> Iterator[Store]:
        """A connection of its role."""
        with connected(self.server.address(self.database, self.role)) as store:
            yield store

    def ingest(self, batch: Batch) -> Answer:
        """Send entries."""
        with self.connected() as store:
            return ingest(store, batch)

    def disclose(self, sent: Sent, values: Sequence[Value] | None = None, upto: int | None = None) -> Answer:
        """Send values, by default all."""
        with self.connected() as store:
            values = sent.values() if values is None else values
            return disclose(store, sent.origin, values, len(sent.rows) if upto is None else upto)

    def send(self, sent: Sent) -> Answer:
        """Send everything."""
        answer = self.ingest(sent.batch())
        assert answer.word == "ok", answer
        return self.disclose(sent)


@contextmanager
def a_server(*, durable: bool = False) -> Iterator[PrivateServer]:
    """A server with the template of a store, for a block. durable: whether what is committed survives a crash."""
    with private_server(durable=durable) as found:
        with connected(found.address()) as store:
            store.connection.execute(f"CREATE DATABASE {TEMPLATE}")
        with connected(found.address(TEMPLATE)) as store:
            install(store)
        yield found


@contextmanager
def a_store(server: PrivateServer) -> Iterator[str]:
    """A database with an empty store, for a block; its name."""
    name = f"store_{next(_NUMBERS)}"
    with connected(server.address()) as store:
        store.connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        store.connection.execute(f"REVOKE TEMP, CREATE ON DATABASE {name} FROM PUBLIC")  # a copy does not have it
    yield name
    with connected(server.address()) as store:
        store.connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def a_desk(
    server: PrivateServer, database: str, name: str = "front", school: str = "Lincoln", level: int = FULL
) -> Desk:
    """A desk that was enrolled; roles belong to the whole server, so its name has the database's."""
    role = f"desk_{database}_{name}"
    asked(server, database, f"CREATE ROLE {role} LOGIN IN ROLE district_desk")
    asked(server, database, f"INSERT INTO district.school (name) VALUES ('{school}') ON CONFLICT DO NOTHING")
    asked(
        server,
        database,
        "INSERT INTO district.desk (school_id, name, db_role, level) "
        f"SELECT school_id, '{name}', '{role}', {level} FROM district.school WHERE name = '{school}'",
    )
    return Desk(server, database, role)


def an_auditor(server: PrivateServer, database: str) -> str:
    """The role of an auditor."""
    role = f"auditor_{database}"
    asked(server, database, f"CREATE ROLE {role} LOGIN IN ROLE district_auditor")
    return role


def a_reader(server: PrivateServer, database: str, name: str, school: str, level: int) -> str:
    """The role of a reader of a school, up to a level."""
    role = f"{name}_{database}"
    asked(server, database, f"CREATE ROLE {role} LOGIN IN ROLE district_reader")
    asked(
        server,
        database,
        f"INSERT INTO district.reader SELECT '{role}', school_id, {level} FROM district.school WHERE name = '{school}'",
    )
    return role


def asked(server: PrivateServer, database: str, statement: str, role: str = "postgres") -> list[tuple[Any, ...]]:
    """Run a statement as a role, by default the superuser; return its rows."""
    with connected(server.address(database, role)) as store:
        done = store.connection.execute(statement)
        return done.fetchall() if done.description else []


def replaced(home: Home) -> FixedClock:
    """Replace the log of a home a minute later; return the clock of that moment."""
    clock = FixedClock()
    clock.advance(60)
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    return clock
