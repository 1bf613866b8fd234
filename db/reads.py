"""Queries that the writer and a reader share.

Long results are read in pages, each in its own short transaction. So a slow consumer holds no lock, and memory use does
not grow with the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import Engine, Select, bindparam, func, select

from db import checkpoints
from db.connections import at_once, bare
from db.error_mapping import translating
from db.models import disclosure, entry
from db.queries import Lists, rows_of
from db.rows import Row, StoredCheckpoint
from db.validate import Identity, require_intact_pages, require_schema

_PAGE: Final = 256  # entries in one read; about half a megabyte
_LEAF_PAGE: Final = 10_000  # leaves in one read; they are small

_ENTRIES: Final = "SELECT seq, header, leaf FROM entry WHERE seq > :after ORDER BY seq LIMIT :count"
_OF_ENCOUNTER: Final = _ENTRIES.replace("WHERE", "WHERE encounter_id=:encounter AND")
_OF_KIND: Final = _ENTRIES.replace("WHERE", "WHERE kind=:kind AND")

# Built once, so that SQLAlchemy can look up the statement's text instead of rendering it on each call.
_LEAVES: Final = (
    select(entry.c.seq, entry.c.leaf)
    .where(entry.c.seq > bindparam("after"))
    .order_by(entry.c.seq)
    .limit(bindparam("count"))
)
_LAST_SEQ: Final = select(func.max(entry.c.seq))
_LATEST: Final = select(func.max(entry.c.wall_us))
_NUMBER: Final = select(entry.c.seq).where(entry.c.event_id == bindparam("id"))
_VALUE_NAMES: Final = select(disclosure.c.name).distinct().order_by(disclosure.c.name)

_ENCOUNTERS: Final = (
    select(entry.c.encounter_id)
    .where(entry.c.kind == bindparam("kind"), entry.c.encounter_id.is_not(None))
    .order_by(entry.c.seq)
)


class Reads:
    """A readable log. All methods raise the errors of `db.errors`."""

    def __init__(self, log: Path, engine: Engine, identity: Identity) -> None:
        self._log = log
        self._reading = engine
        self._identity = identity
        self.lists = Lists(log, engine)

    def __enter__(self) -> Self:
        """Return the log, which is closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the log."""
        self.close()

    @property
    def origin(self) -> str:
        """The origin of this log, unique among all logs."""
        return self._identity.origin

    @property
    def created_us(self) -> int:
        """Creation time, in microseconds since 1970 UTC."""
        return self._identity.created_us

    @property
    def log_vkey(self) -> str:
        """The public key of its checkpoints, as `name+id+base64`."""
        return self._identity.log_vkey

    def newest_checkpoint(self) -> StoredCheckpoint | None:
        """Return the newest checkpoint; None when it was removed from the file."""
        with translating(self._log), self._reading.connect() as connection:
            return checkpoints.newest(connection)

    def root_at(self, size: int) -> bytes | None:
        """Return the root hash of the first `size` entries; None unless a permanent checkpoint of that size exists."""
        with translating(self._log), self._reading.connect() as connection:
            return checkpoints.root_at(connection, size)

    def size(self) -> int:
        """Return the number of entries, which is the next entry's number."""
        last: int | None = self._scalar(_LAST_SEQ)
        return 0 if last is None else last + 1

    def latest_us(self) -> int | None:
        """Return the latest time of any entry, in microseconds since 1970 UTC; None for an empty log.

        Reads all of an index: 50 ms for a million entries.
        """
        latest: int | None = self._scalar(_LATEST)
        return latest

    def number_of(self, event_id: str) -> int | None:
        """Return the number of the entry with this id; None if there is none."""
        found = self._scalar(_NUMBER, id=event_id)
        return None if found is None else int(found)

    def last(self) -> Row | None:
        """Return the newest entry; None for an empty log."""
        return next(self.entries(after=self.size() - 2), None)

    def entries(self, encounter_id: str | None = None, *, after: int = -1, limit: int | None = None) -> Iterator[Row]:
        """Yield entries in order, of one record or of all, numbered above `after`, at most `limit`."""
        if encounter_id is None:
            return self._pages(_ENTRIES, after, limit)
        return self._pages(_OF_ENCOUNTER, after, limit, encounter=encounter_id)

    def note_at(self, size: int) -> str | None:
        """Return the signed checkpoint of the first `size` entries; None unless a permanent one is stored."""
        with translating(self._log), self._reading.connect() as connection:
            return checkpoints.note_at(connection, size)

    def leaves(self, first: int = 0) -> Iterator[bytes]:
        """Yield the leaf hashes of all entries from number `first` on, in order."""
        after, count = first - 1, _LEAF_PAGE
        while count == _LEAF_PAGE:
            with translating(self._log), self._reading.connect() as connection:
                page = connection.execute(_LEAVES, {"after": after, "count": _LEAF_PAGE}).all()
            yield from (leaf for _, leaf in page)
            count, after = len(page), page[-1][0] if page else after

    def of_kind(self, kind: str) -> Iterator[Row]:
        """Yield all entries of this kind, in order."""
        return self._pages(_OF_KIND, -1, None, kind=kind)

    def encounter_ids(self, kind: str) -> list[str]:
        """Return the ids of records with an entry of this kind, each once, in the order of their first such entry."""
        with translating(self._log), self._reading.connect() as connection:
            return list(dict.fromkeys(connection.scalars(_ENCOUNTERS, {"kind": kind})))

    def value_names(self) -> list[str]:
        """Return the names of all values in the log, sorted; those of destroyed values only if another has the name."""
        with translating(self._log), self._reading.connect() as connection:
            return list(connection.scalars(_VALUE_NAMES))

    def require_schema(self) -> None:
        """Raise Damaged when the file has other tables, indexes or triggers than the migrations make."""
        with translating(self._log), bare(self._reading) as connection:
            require_schema(connection, self._log)

    def require_intact(self) -> None:
        """Raise Damaged when the schema was changed or SQLite finds a damaged page in the file."""
        with translating(self._log), bare(self._reading) as connection:
            require_schema(connection, self._log)
            require_intact_pages(connection, self._log)

    def close(self) -> None:
        """Close the file. A second call does nothing."""
        self._reading.dispose()

    def _scalar(self, statement: Select[Any], **values: object) -> Any:
        with translating(self._log), self._reading.connect() as connection:
            return connection.scalar(statement, values)

    def _pages(self, statement: str, after: int, limit: int | None, **values: object) -> Iterator[Row]:
        left = limit
        while left is None or left > 0:
            count = _PAGE if left is None else min(left, _PAGE)
            page = self._page(statement, {"after": after, "count": count, **values})
            yield from page
            if len(page) < count:
                return
            after = page[-1].seq
            left = None if left is None else left - count

    def _page(self, statement: str, values: dict[str, object]) -> list[Row]:
        with translating(self._log), at_once(self._reading) as connection:
            return rows_of(connection, statement, values)
