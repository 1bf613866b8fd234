"""Bundles for the desks: a publisher adds one, and each desk gets the newest part that is for its school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from db.district.connection import Store, translating

_PUBLISH: Final = (
    "SELECT district.publish(%s::timestamptz, %s::text, %s::text, %s::text, %s::text, %s::text[], %b::bytea[])"
)
_PUBLISHED: Final = "SELECT hash, body FROM district.published(%b::bytea)"


@dataclass(frozen=True, slots=True)
class Publication:
    """A bundle to publish.

    made: by its manifest. name: the hash of the manifest, in hex. protocol, version, content_hash: of its protocol.
    parts: the file for each school, by its name; of no name for every school that has none of its own.
    """

    made: datetime
    name: str
    protocol: str
    version: str
    content_hash: str
    parts: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Part:
    """The newest part for a desk. hash: its SHA-256. body: its bytes; None if the desk has them."""

    hash: bytes
    body: bytes | None


def publish(store: Store, made: Publication) -> list[str]:
    """Publish a bundle; return the schools in it that have no desk yet.

    The role is a publisher's. Raises Refused, also for one that is not newer than all others, and as `translating`.
    """
    about = (made.made, made.name, made.protocol, made.version, made.content_hash)
    with translating():
        row = store.connection.execute(_PUBLISH, (*about, [*made.parts], [*made.parts.values()])).fetchone()
    return [*row[0]] if row else []


def published(store: Store, known: bytes) -> Part | None:
    """Return the newest part that is for the desk's school; None for none. known: the SHA-256 of what the desk has.

    The role is a desk's. Raises as `translating`.
    """
    with translating():
        row = store.connection.execute(_PUBLISHED, (known,)).fetchone()
    return None if row is None else Part(bytes(row[0]), None if row[1] is None else bytes(row[1]))
