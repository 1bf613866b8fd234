"""Bulk reads of a log's stored rows for verification, without decoding and without trusting any index.

Rows are read in pages, so memory use does not grow with the log. Texts are returned as the bytes on the disk, because
the hash covers those bytes. An invalid byte must be found by the check, not stop the reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from db.connections import at_once, bare
from db.error_mapping import translating
from db.rows import Outline, Page, StoredCheckpoint

PAGE: Final = 1024  # entries in one read; about two megabytes

_ENTRIES: Final = """SELECT seq, header, leaf, event_id, encounter_id, kind, wall_us FROM entry NOT INDEXED
  WHERE seq >= ? AND seq < ? ORDER BY seq"""
_VALUES: Final = "SELECT seq, name, encrypted, body FROM disclosure WHERE seq >= ? AND seq < ? ORDER BY seq, name"
_CHECKPOINTS: Final = "SELECT size, root, note FROM checkpoint WHERE size > ? AND size <= ? ORDER BY size"
# A forged number of an entry may be any, but a file has no room for more entries than one for each 64 bytes.
_SIZE: Final = """SELECT min(coalesce(max(seq) + 1, 0), (SELECT page_count * page_size / 64
  FROM pragma_page_count, pragma_page_size)) FROM entry NOT INDEXED"""
_NEWEST: Final = "SELECT size, root, note, peaks FROM newest_checkpoint"
_OUTSIDE: Final = """SELECT (SELECT count(*) FROM entry NOT INDEXED WHERE seq < 0 OR seq >= :size)
  + (SELECT count(*) FROM disclosure WHERE seq < 0 OR seq >= :size)
  + (SELECT count(*) FROM checkpoint WHERE size < 1 OR size > :size)
  + max((SELECT count(*) FROM newest_checkpoint) - 1, 0) + (SELECT count(*) FROM log) - 1"""
_KINDS: Final = "SELECT kind, count(*) FROM entry WHERE seq >= ? GROUP BY kind"
_HOLDS: Final = "SELECT encounter_id, placed_seq, released_seq, released_origin FROM hold"
_DESTRUCTIONS: Final = "SELECT encounter_id, origin, seq FROM destruction"


def outline(engine: Engine, log: Path) -> Outline:
    """Return a consistent outline of the log. Raises StoreError."""
    with translating(log), at_once(engine) as connection:
        (size,) = connection.execute(_SIZE).fetchone()
        newest = connection.execute(_NEWEST).fetchone()
        (outside,) = connection.execute(_OUTSIDE, {"size": size}).fetchone()
        holds = connection.execute(_HOLDS).fetchall()
        destructions = connection.execute(_DESTRUCTIONS).fetchall()
    return Outline(size, StoredCheckpoint(*newest) if newest else None, outside, holds, destructions)


def pages(engine: Engine, log: Path, first: int, end: int) -> Iterator[Page]:
    """Yield the rows of the entries numbered from `first` up to `end` (exclusive), in pages. Raises StoreError."""
    for start in range(first, end, PAGE):
        within = (start, min(end, start + PAGE))
        with translating(log), bare(engine) as connection, _as_bytes(connection):
            entries = connection.execute(_ENTRIES, within).fetchall()
            values = connection.execute(_VALUES, within).fetchall()
            checkpoints = connection.execute(_CHECKPOINTS, within).fetchall()
        yield Page(entries, values, checkpoints)


def kinds(engine: Engine, log: Path, first: int) -> dict[str, int]:
    """Return the number of entries of each kind, from number `first` on. Raises StoreError."""
    with translating(log), bare(engine) as connection:
        return dict(connection.execute(_KINDS, (first,)).fetchall())


@contextmanager
def _as_bytes(connection: sqlite3.Connection) -> Iterator[None]:
    connection.text_factory = bytes
    try:
        yield
    finally:
        connection.text_factory = str
