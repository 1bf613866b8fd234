"""One log of the district, as a log file is read (`db.reads`): the same rows, by the rights of the role.

A role sees the logs of its schools, and the values of its level; a value that it does not see is missing, as in a copy
of that level. Long results are read in pages, each in its own statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.district.connection import Store, translating
from db.queries import NEWEST, NO_VALUES, Lists, by_entry
from db.reads import Reads
from db.rows import Row, StoredCheckpoint

PAGE: Final = 256
_LEAF_PAGE: Final = 10_000
_BACKWARDS: Final = 64

_LOGS: Final = """
SELECT l.log_id, l.origin, l.vkey, l.size, l.root, l.disclosed_to, l.state, m.desk_id, m.school, m.desk, m.level
FROM district.log l JOIN district.my_desks() m USING (log_id) ORDER BY l.log_id"""
_ENTRIES: Final = "SELECT seq, header, leaf FROM district.entry WHERE log_id = %(log)s"
_VALUES: Final = """SELECT seq, name, body, encrypted FROM district.disclosure
  WHERE log_id = %(log)s AND seq = ANY (%(seqs)s) ORDER BY seq, name"""
_LACKING: Final = """SELECT e.seq, e.encounter_id::text, EXISTS (SELECT FROM district.entry o
    WHERE o.log_id = e.log_id AND o.encounter_id = e.encounter_id AND o.kind = %(other)s)
  FROM district.entry e WHERE e.log_id = %(log)s AND e.kind = %(kind)s AND e.encounter_id IS NOT NULL
    AND e.seq < %(before)s ORDER BY e.seq DESC LIMIT %(count)s"""
_OF_ENCOUNTERS: Final = """SELECT encounter_id::text, seq, header, leaf FROM district.entry
  WHERE log_id = %(log)s AND encounter_id = ANY (%(ids)s::uuid[])
    AND (%(kinds)s::text[] = '{}' OR kind = ANY (%(kinds)s::text[]))
  ORDER BY seq"""
_OPENINGS: Final = """SELECT seq, encounter_id::text FROM district.entry
  WHERE log_id = %(log)s AND encounter_id = ANY (%(ids)s::uuid[]) AND kind = %(kind)s ORDER BY seq DESC"""
_CHECKPOINT: Final = "SELECT size, root, note FROM district.checkpoint WHERE log_id = %(log)s"
_PEAKS: Final = """SELECT district.grown(0, '{}', coalesce(array_agg(leaf ORDER BY seq), '{}'))
  FROM district.entry WHERE log_id = %(log)s AND seq < %(size)s"""


@dataclass(frozen=True, slots=True)
class LogPlace:
    """A log of the district, and the desk that wrote it.

    size, root: as the server has them. disclosed_to: it has the values of the entries before this one. state: as in the
    tables. level: the widest disclosure level that the desk sends, from 0 to 3.
    """

    log_id: int
    origin: str
    vkey: str
    size: int
    root: bytes
    disclosed_to: int
    state: str
    desk_id: int
    school: str
    desk: str
    level: int


def places(store: Store) -> list[LogPlace]:
    """Return the logs that the role may read, in the order in which they came. Raises DistrictError."""
    return [LogPlace(*row) for row in rows(store, _LOGS)]


def rows(store: Store, statement: str, values: Mapping[str, Any] | None = None) -> list[Any]:
    """Return the rows of a statement. Raises DistrictError."""
    with translating():
        return store.connection.execute(statement, values).fetchall()


class DistrictLists(Lists):
    """Pages of entries and records of one log, newest first. The search index of a file has no place here."""

    def __init__(self, store: Store, log_id: int) -> None:
        self._store, self._log_id = store, log_id

    def newest(self, kind: str | None = None, before: int = NEWEST) -> Iterator[Row]:
        """Yield entries, or those of one kind, newest first, numbered below `before`."""
        yield from self._pages_back("AND kind = %(kind)s" if kind else "", before, kind=kind)

    def outside_records(self, before: int = NEWEST) -> Iterator[Row]:
        """Yield the entries that belong to no record, newest first, numbered below `before`."""
        yield from self._pages_back("AND encounter_id IS NULL", before)

    def count(self, kind: str) -> int:
        """Return the number of entries of this kind."""
        found = self._rows("SELECT count(*) FROM district.entry WHERE log_id = %(log)s AND kind = %(kind)s", kind=kind)
        return int(found[0][0])

    def lacking(self, kind: str, other: str, before: int = NEWEST) -> Iterator[str]:
        """Yield the ids of records with an entry of `kind`, numbered below `before`, and none of `other`."""
        while page := self._rows(_LACKING, kind=kind, other=other, before=before, count=_BACKWARDS):
            yield from (encounter_id for _, encounter_id, has in page if not has)
            before = page[-1][0]

    def of_encounters(self, encounter_ids: Sequence[str], kinds: Sequence[str] = ()) -> dict[str, list[Row]]:
        """Return the entries of these records, in order. kinds: only entries of these kinds; empty for all."""
        found = self._rows(_OF_ENCOUNTERS, ids=[*encounter_ids], kinds=[*kinds])
        made: dict[str, list[Row]] = {encounter_id: [] for encounter_id in encounter_ids}
        for (encounter_id, *_), row in zip(found, self.with_values(one[1:] for one in found), strict=True):
            made[encounter_id].append(row)
        return made

    def openings(self, kind: str, encounter_ids: Sequence[str]) -> list[tuple[int, str]]:
        """Return (entry number, record id) of all entries of this kind in these records, newest first."""
        return self._rows(_OPENINGS, kind=kind, ids=[*encounter_ids])

    def with_values(self, entries: Iterable[Sequence[Any]]) -> list[Row]:
        """Return these entries, given as (seq, header, leaf), with the values that the role may see."""
        found = list(entries)
        values = by_entry(self._rows(_VALUES, seqs=[seq for seq, _, _ in found])) if found else {}
        return [Row(seq, header, leaf, *values.get(seq, NO_VALUES)) for seq, header, leaf in found]

    def _pages_back(self, of: str, before: int, **values: object) -> Iterator[Row]:
        count = 1  # as in `db.queries`: a caller may need only the newest
        statement = f"{_ENTRIES} {of} AND seq < %(before)s ORDER BY seq DESC LIMIT %(count)s"
        while page := self.with_values(self._rows(statement, before=before, count=count, **values)):
            yield from page
            before, count = page[-1].seq, min(4 * count, _BACKWARDS)

    def _rows(self, statement: str, **values: object) -> list[Any]:
        return rows(self._store, statement, {"log": self._log_id, **values})


class DistrictLog(Reads):
    """One log, open for reading. All methods raise DistrictError."""

    def __init__(self, store: Store, place: LogPlace) -> None:
        self._store, self.place = store, place
        self.lists = self._lists = DistrictLists(store, place.log_id)

    @property
    def origin(self) -> str:
        """The origin of this log, unique among all logs."""
        return self.place.origin

    @property
    def log_vkey(self) -> str:
        """The public key of its checkpoints, as `name+id+base64`."""
        return self.place.vkey

    @property
    def created_us(self) -> int:
        """The time of its first entry, in microseconds since 1970 UTC; 0 for an empty log."""
        found = self._all("SELECT wall_us FROM district.entry WHERE log_id = %(log)s AND seq = 0")
        return int(found[0][0]) if found else 0

    def newest_checkpoint(self) -> StoredCheckpoint | None:
        """Return the newest signed checkpoint; None if the desk has sent none. It may cover not all entries yet."""
        found = self._all(f"{_CHECKPOINT} AND size <= %(size)s ORDER BY size DESC LIMIT 1", size=self.place.size)
        if not found:
            return None
        ((size, root, note),) = found
        ((peaks,),) = self._all(_PEAKS, size=size)
        return StoredCheckpoint(size, root, note, b"".join(peaks))

    def root_at(self, size: int) -> bytes | None:
        """Return the root hash of the first `size` entries; None unless a checkpoint of that size is here."""
        found = self._all(f"{_CHECKPOINT} AND size = %(size)s LIMIT 1", size=size)
        return found[0][1] if found else None

    def note_at(self, size: int) -> str | None:
        """Return the signed checkpoint of the first `size` entries; None unless one is here."""
        found = self._all(f"{_CHECKPOINT} AND size = %(size)s LIMIT 1", size=size)
        return found[0][2] if found else None

    def checkpoints(self) -> list[tuple[int, bytes, str]]:
        """Return (size, root, note) of each signed checkpoint, smallest first."""
        return self._all(f"{_CHECKPOINT} ORDER BY size")

    def size(self) -> int:
        """Return the number of entries when this was opened."""
        return self.place.size

    def latest_us(self) -> int | None:
        """Return the latest time of any entry, in microseconds since 1970 UTC; None for an empty log."""
        found: int | None = self._all("SELECT max(wall_us) FROM district.entry WHERE log_id = %(log)s")[0][0]
        return found

    def number_of(self, event_id: str) -> int | None:
        """Return the number of the entry with this id; None if there is none."""
        found = self._all("SELECT seq FROM district.entry WHERE log_id = %(log)s AND event_id = %(id)s", id=event_id)
        return int(found[0][0]) if found else None

    def last(self) -> Row | None:
        """Return the newest entry; None for an empty log."""
        return next(self.entries(after=self.size() - 2), None)

    def entries(self, encounter_id: str | None = None, *, after: int = -1, limit: int | None = None) -> Iterator[Row]:
        """Yield entries in order, of one record or of all, numbered above `after`, at most `limit`."""
        if encounter_id is None:
            return self._forwards("", after, limit)
        return self._forwards("AND encounter_id = %(encounter)s", after, limit, encounter=encounter_id)

    def leaves(self, first: int = 0) -> Iterator[bytes]:
        """Yield the leaf hashes of all entries from number `first` on, in order."""
        statement = (
            "SELECT leaf FROM district.entry WHERE log_id = %(log)s AND seq >= %(from)s AND seq < %(to)s ORDER BY seq"
        )
        for start in range(first, self.size(), _LEAF_PAGE):
            end = min(start + _LEAF_PAGE, self.size())
            yield from (leaf for (leaf,) in self._all(statement, **{"from": start, "to": end}))

    def of_kind(self, kind: str) -> Iterator[Row]:
        """Yield all entries of this kind, in order."""
        return self._forwards("AND kind = %(kind)s", -1, None, kind=kind)

    def encounter_ids(self, kind: str) -> list[str]:
        """Return the ids of records with an entry of this kind, each once, in the order of their first such entry."""
        statement = """SELECT encounter_id::text FROM district.entry
          WHERE log_id = %(log)s AND kind = %(kind)s AND encounter_id IS NOT NULL ORDER BY seq"""
        return list(dict.fromkeys(found for (found,) in self._all(statement, kind=kind)))

    def value_names(self) -> list[str]:
        """Return the names of all values here, sorted."""
        statement = "SELECT DISTINCT name FROM district.disclosure WHERE log_id = %(log)s"
        return sorted(name for (name,) in self._all(statement))

    def require_schema(self) -> None:
        """Do nothing: `kiosk district init` makes the tables, and its owner answers for them."""

    def require_intact(self) -> None:
        """Do nothing: PostgreSQL checks its own pages."""

    def close(self) -> None:
        """Do nothing: the connection belongs to who opened it."""

    def _forwards(self, of: str, after: int, limit: int | None, **values: object) -> Iterator[Row]:
        """Yield entries up to the size of the log when it was opened."""
        statement = f"{_ENTRIES} {of} AND seq > %(after)s AND seq < %(size)s ORDER BY seq LIMIT %(count)s"
        left = self.size() if limit is None else limit
        while left > 0:
            count = min(left, PAGE)
            page = self._lists.with_values(self._all(statement, after=after, size=self.size(), count=count, **values))
            yield from page
            if len(page) < count:
                return
            after, left = page[-1].seq, left - count

    def _all(self, statement: str, **values: object) -> list[Any]:
        return rows(self._store, statement, {"log": self.place.log_id, **values})
