"""The two calls with which a desk adds to the district's store, and what the store answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from db.district.connection import Store, translating
from db.district.errors import Unreachable

MOST_ENTRIES: Final = 500
"""Entries in one call. The server takes 2,000 at most; more make no call quicker."""

MOST_BYTES: Final = 4_000_000
"""Bytes of the headers, or of the values, in one call; one entry may have more."""


class Word(StrEnum):
    """What became of a call."""

    OK = "ok"
    GAP = "gap"
    """Entries between those of the server and these are missing: send them first."""

    FORKED = "forked"
    """The server has other entries with the same numbers."""

    ROOT_MISMATCH = "root-mismatch"
    """The entries are not those of the root hash, or an earlier entry was altered."""

    MALFORMED = "malformed"
    NOT_COMMITTED = "not-committed"
    """A value is not the one whose hash is in the header."""

    TOO_WIDE = "too-wide"
    """A value is of a wider disclosure level than the district chose for the desk."""

    QUARANTINED = "quarantined"
    """An earlier call was one of the five above: nothing is taken until the district has looked."""

    REPLACED = "replaced"
    """Another log took the place of this one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says. size, root: of the log as it has it. disclosed_to: it has the values before this entry."""

    word: Word
    size: int
    root: bytes
    disclosed_to: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries to send. first: the number of the first one. headers: the exact hashed texts.

    size, root: of the tree after them. note: the signed checkpoint of that size, if it is a permanent one. head: the
    size of the whole log.
    """

    origin: str
    vkey: str
    first: int
    headers: Sequence[str]
    size: int
    root: bytes
    head: int
    note: str | None = None


class Value(NamedTuple):
    """A value to send. level: the first disclosure level that shows it, from 0 for statistics to 3 for full."""

    seq: int
    name: str
    encrypted: bool
    level: int
    body: bytes


_INGEST: Final = (
    "SELECT word, size, root, disclosed_to "
    "FROM district.ingest(%b::text, %b::text, %b::bigint, %b::text[], %b::text, %b::bigint, %b::bytea, %b::bigint)"
)
_DISCLOSE: Final = (
    "SELECT word, size, root, disclosed_to "
    "FROM district.disclose(%b::text, %b::bigint[], %b::text[], %b::bool[], %b::smallint[], %b::bytea[], %b::bigint)"
)


def ingest(store: Store, batch: Batch) -> Answer:
    """Send entries. Raises Unreachable also when the server warned: then it is not known whether they are safe."""
    given = (batch.origin, batch.vkey, batch.first, list(batch.headers), batch.note, batch.size, batch.root, batch.head)
    return _called(store, _INGEST, given)


def disclose(store: Store, origin: str, values: Sequence[Value], upto: int) -> Answer:
    """Send values of entries that the server has. upto: the number after the last entry whose values are sent.

    All values of an entry go in one call. Raises as `ingest`.
    """
    columns: tuple[list[Any], ...] = tuple([*column] for column in zip(*values, strict=True)) or ([], [], [], [], [])
    seqs, names, encrypted, levels, bodies = columns
    return _called(store, _DISCLOSE, (origin, seqs, names, encrypted, levels, bodies, upto))


def _called(store: Store, statement: str, given: tuple[Any, ...]) -> Answer:
    store.notices.clear()
    with translating():
        row = store.connection.execute(statement, given).fetchone()
    if store.notices or row is None:
        # A server that waits for its standby answers “ok” to a cancelled call, and warns that the standby lacks it.
        said = store.notices[0] if store.notices else "no row"
        raise Unreachable(f"The district's store warned: {said}", "The kiosk sends it again.")
    word, size, root, disclosed_to = row
    return Answer(Word(word), size, bytes(root), disclosed_to)
