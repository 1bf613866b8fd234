"""What the writer and a reader both answer.

Long answers come page by page, each in its own short transaction: a slow consumer holds no lock, and the memory used
does not grow with the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self

from sqlalchemy import Engine, Select, bindparam, exists, func, select

from db.connections import at_once, bare
from db.error_mapping import translating
from db.models import checkpoint, event, head
from db.queries import Lists, rows_of
from db.rows import Head, Row
from db.validate import Identity, require_whole_pages

_PAGE: Final = 256  # entries in one read; about half a megabyte
_LEAF_PAGE: Final = 10_000  # leaves in one read; they are small

_ENTRIES: Final = "SELECT seq, header, leaf FROM event WHERE seq > :after ORDER BY seq LIMIT :count"
_OF_ENCOUNTER: Final = _ENTRIES.replace("WHERE", "WHERE encounter_id=:encounter AND")
_OF_KIND: Final = _ENTRIES.replace("WHERE", "WHERE kind=:kind AND")

# Built once: a statement's text is then looked up, not rendered, on every call.
_HEAD: Final = select(head.c.size, head.c.root, head.c.note, head.c.peaks)
_CHECKPOINTS: Final = select(checkpoint.c.size, checkpoint.c.root, checkpoint.c.note).order_by(checkpoint.c.size)
_LEAVES: Final = (
    select(event.c.seq, event.c.leaf)
    .where(event.c.seq > bindparam("after"))
    .order_by(event.c.seq)
    .limit(bindparam("count"))
)
_ROOT_AT: Final = select(checkpoint.c.root).where(checkpoint.c.size == bindparam("size"))
_LAST_SEQ: Final = select(func.max(event.c.seq))
_HAS: Final = select(exists().where(event.c.event_id == bindparam("id")))
_ENCOUNTERS: Final = (
    select(event.c.encounter_id)
    .where(event.c.kind == bindparam("kind"), event.c.encounter_id.is_not(None))
    .order_by(event.c.seq)
)


class Reads:
    """A log that can be read. Every method raises the errors of `db.errors`."""

    def __init__(self, log: Path, engine: Engine, identity: Identity) -> None:
        self._log = log
        self._reading = engine
        self._identity = identity
        self.lists = Lists(log, engine)

    def __enter__(self) -> Self:
        """Itself, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    @property
    def origin(self) -> str:
        """The name of this log, unique among all logs."""
        return self._identity.origin

    @property
    def created_us(self) -> int:
        """When it was created, in microseconds since 1970 UTC."""
        return self._identity.created_us

    @property
    def log_vkey(self) -> str:
        """The public key that signs its state, as `name+id+base64`."""
        return self._identity.log_vkey

    def head(self) -> Head | None:
        """The newest signed state; None when it was taken out of the file."""
        found = self._rows(_HEAD)
        return Head(*found[0]) if found else None

    def checkpoints(self) -> list[tuple[int, bytes, str]]:
        """(size, root, note) of every signed state that was kept for good, oldest first."""
        return [(size, root, note) for size, root, note in self._rows(_CHECKPOINTS)]

    def root_at(self, size: int) -> bytes | None:
        """The root over the first `size` entries, when a signed state of that size was kept for good."""
        root: bytes | None = self._scalar(_ROOT_AT, size=size)
        return root

    def size(self) -> int:
        """The number of entries, which is the number that the next one gets."""
        last: int | None = self._scalar(_LAST_SEQ)
        return 0 if last is None else last + 1

    def has(self, event_id: str) -> bool:
        """Whether an entry with this id is in the log."""
        return bool(self._scalar(_HAS, id=event_id))

    def last(self) -> Row | None:
        """The newest entry; None for an empty log."""
        return next(self.entries(after=self.size() - 2), None)

    def entries(self, encounter_id: str | None = None, *, after: int = -1, limit: int | None = None) -> Iterator[Row]:
        """Entries in order, of one encounter or of all: those numbered above `after`, at most `limit`."""
        if encounter_id is None:
            return self._pages(_ENTRIES, after, limit)
        return self._pages(_OF_ENCOUNTER, after, limit, encounter=encounter_id)

    def leaves(self) -> Iterator[bytes]:
        """The leaf hash of every entry, in order."""
        after, count = -1, _LEAF_PAGE
        while count == _LEAF_PAGE:
            with translating(self._log), self._reading.connect() as connection:
                page = connection.execute(_LEAVES, {"after": after, "count": _LEAF_PAGE}).all()
            yield from (leaf for _, leaf in page)
            count, after = len(page), page[-1][0] if page else after

    def of_kind(self, kind: str) -> Iterator[Row]:
        """All entries of this kind, in order."""
        return self._pages(_OF_KIND, -1, None, kind=kind)

    def encounter_ids(self, kind: str) -> list[str]:
        """The encounters that have an entry of this kind, each once, in order of the first."""
        with translating(self._log), self._reading.connect() as connection:
            return list(dict.fromkeys(connection.scalars(_ENCOUNTERS, {"kind": kind})))

    def require_whole(self) -> None:
        """Raise Damaged when SQLite finds a damaged page anywhere in the file."""
        with translating(self._log), bare(self._reading) as connection:
            require_whole_pages(connection, self._log)

    def close(self) -> None:
        """Let the file go. Doing it twice is fine."""
        self._reading.dispose()

    def _rows(self, statement: Select[Any]) -> Sequence[Any]:
        with translating(self._log), self._reading.connect() as connection:
            return connection.execute(statement).all()

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
