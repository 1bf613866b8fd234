"""Queries of lists and searches: pages that continue after the last row read, each found by an index.

A page takes the same time in a log of any length. Results are entry numbers and record ids; a list reads the entries
themselves to show them. The search index only locates them.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from db.connections import at_once, bare
from db.error_mapping import translating
from db.rows import Row, SearchRow

NEWEST: Final = 2**63 - 1
"""A number above all entry numbers, and a time after all others."""

_PAGE: Final = 64
_MANY: Final = 1024  # page size for small rows

Values = tuple[tuple[str, bytes], ...]
NO_VALUES: Final[tuple[Values, Values]] = ((), ())

# A plus in front of a column prevents use of its index: of two possible indexes, the one by record is always faster.
_ROWS: Final = "SELECT seq, header, leaf FROM entry WHERE seq < :before"
_NEWEST_FIRST: Final = "ORDER BY seq DESC LIMIT :count"
_NEWEST_OF: Final = {
    "all": f"{_ROWS} {_NEWEST_FIRST}",
    "kind": f"{_ROWS} AND kind=:kind {_NEWEST_FIRST}",
    "outside": f"{_ROWS} AND encounter_id IS NULL {_NEWEST_FIRST}",
}
_COUNT: Final = "SELECT count(*) FROM entry WHERE kind=?"
_LACKING: Final = """SELECT seq, encounter_id, EXISTS(
    SELECT 1 FROM entry o WHERE o.encounter_id=e.encounter_id AND +o.kind=:other)
  FROM entry e WHERE kind=:kind AND encounter_id IS NOT NULL AND seq < :before ORDER BY seq DESC LIMIT :count"""
_OPENED: Final = """SELECT seq, encounter_id FROM entry WHERE kind=:kind AND encounter_id IS NOT NULL
  AND seq < :before AND wall_us >= :since AND wall_us < :until ORDER BY seq DESC LIMIT :count"""
_OF_ENCOUNTERS: Final = """SELECT encounter_id, seq, header, leaf FROM entry
  WHERE encounter_id IN (SELECT value FROM json_each(:ids)) {of_kinds} ORDER BY seq"""
_OF_KINDS: Final = "AND +kind IN (SELECT value FROM json_each(:kinds))"
_VALUES: Final = """SELECT seq, name, body, encrypted FROM disclosure
  WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq, name"""
_VALUES_BETWEEN: Final = (
    "SELECT seq, name, body, encrypted FROM disclosure WHERE seq >= ? AND seq <= ? ORDER BY seq, name"
)
_HITS: Final = """SELECT opened_seq, encounter_id FROM search_index
  WHERE opened_seq < :before AND opened_us >= :since AND opened_us < :until {has}
    AND EXISTS(SELECT 1 FROM entry e
      WHERE e.seq=opened_seq AND e.encounter_id=search_index.encounter_id AND e.kind=:kind)
  ORDER BY opened_seq DESC LIMIT :count"""
# SQLite looks for a word in the shared texts once for a page, not once for each record.
_HAS: Final = """ AND (instr(words, :word{n}) > 0
    OR shared IN (SELECT id FROM search_text t WHERE instr(t.words, :word{n}) > 0))"""
_MOST_WORDS: Final = 16  # maximum number of search words here; the caller checks all words in the entries
_NUMBERED: Final = """SELECT encounter_id FROM search_index WHERE no=? AND EXISTS(
    SELECT 1 FROM entry e WHERE e.encounter_id=search_index.encounter_id AND +e.kind=?) ORDER BY opened_seq"""
_LAST_INDEXED: Final = "SELECT encounter_id FROM search_index ORDER BY last_seq DESC LIMIT 1"
_STRAY: Final = """SELECT count(*) FROM search_index s WHERE NOT EXISTS(
    SELECT 1 FROM entry e WHERE e.seq=s.opened_seq AND e.encounter_id=s.encounter_id)"""
_NEXT: Final = """SELECT seq, encounter_id FROM entry
  WHERE seq > (SELECT coalesce(max(last_seq), -1) FROM search_index) AND encounter_id IS NOT NULL
  ORDER BY seq LIMIT ?"""
_INDEXED: Final = "SELECT count(*) FROM search_index WHERE opened_us IS NOT NULL"
_BEHIND: Final = """SELECT DISTINCT encounter_id FROM entry NOT INDEXED
  WHERE seq > (SELECT coalesce(max(last_seq), -1) FROM search_index) AND +encounter_id IS NOT NULL"""
_WITHOUT_ROW: Final = """SELECT encounter_id FROM entry e
  WHERE kind=? AND encounter_id NOT IN (SELECT encounter_id FROM search_index)"""
_OPENINGS: Final = """SELECT seq, encounter_id FROM entry
  WHERE encounter_id IN (SELECT value FROM json_each(?)) AND +kind=? ORDER BY seq DESC"""
_VALUES_NAMED: Final = """SELECT e.seq, e.encounter_id, d.body FROM entry e
  LEFT JOIN disclosure d ON d.seq=e.seq AND d.name=:name AND d.encrypted=0
  WHERE e.kind=:kind AND e.encounter_id IS NOT NULL AND e.seq < :before ORDER BY e.seq DESC LIMIT :count"""
_ELSEWHERE: Final = f"SELECT encounter_id FROM search_index WHERE opened_us IS NULL UNION {_BEHIND}"  # noqa: S608 - our own
_ROW: Final = """SELECT opened_seq, encounter_id, last_seq, no, opened_us, s.words, coalesce(t.words, '')
  FROM search_index s LEFT JOIN search_text t ON t.id=s.shared WHERE encounter_id=?"""


class Lists:
    """Pages of entries and records, newest first. All methods raise the errors of `db.errors`."""

    def __init__(self, log: Path, engine: Engine) -> None:
        self._log, self._reading = log, engine

    def newest(self, kind: str | None = None, before: int = NEWEST) -> Iterator[Row]:
        """Yield entries, or those of one kind, newest first, numbered below `before`."""
        return self._backwards(_NEWEST_OF["kind" if kind else "all"], before, {"kind": kind} if kind else {})

    def outside_records(self, before: int = NEWEST) -> Iterator[Row]:
        """Yield the entries that belong to no record, newest first, numbered below `before`."""
        return self._backwards(_NEWEST_OF["outside"], before, {})

    def count(self, kind: str) -> int:
        """Return the number of entries of this kind."""
        return int(self._all(_COUNT, (kind,))[0][0])

    def lacking(self, kind: str, other: str, before: int = NEWEST) -> Iterator[str]:
        """Yield the ids of records with an entry of `kind`, numbered below `before`, and none of `other`, newest first.

        Checks the newest 64, and older ones only until the number found equals the difference of the two counts.
        """
        left = self.count(kind) - self.count(other)
        while page := self._all(_LACKING, {"kind": kind, "other": other, "before": before, "count": _PAGE}):
            found = [encounter_id for _, encounter_id, has in page if not has]
            yield from found
            before, left = page[-1][0], left - len(found)
            if left <= 0:
                return

    def opened(
        self, kind: str, before: int = NEWEST, since_us: int = -NEWEST, until_us: int = NEWEST
    ) -> Iterator[tuple[int, str]]:
        """Yield (entry number, record id) of all entries of this kind, newest first, numbered below `before`.

        since_us, until_us: time range, the end exclusive, in microseconds since 1970 UTC.
        """
        yield from self._paged(_OPENED, before, {"kind": kind, "since": since_us, "until": until_us, "count": _PAGE})

    def of_encounters(self, encounter_ids: Sequence[str], kinds: Sequence[str] = ()) -> dict[str, list[Row]]:
        """Return the entries of these records, in order. One call for many records is faster than many calls.

        kinds: only entries of these kinds; empty for all.
        """
        wanted = {"ids": json.dumps(encounter_ids), "kinds": json.dumps(kinds)}
        statement = _OF_ENCOUNTERS.format(of_kinds=_OF_KINDS if kinds else "")
        with translating(self._log), at_once(self._reading) as connection:
            found = connection.execute(statement, wanted).fetchall()
            values = _values(connection, [seq for _, seq, _, _ in found])
        rows: dict[str, list[Row]] = {encounter_id: [] for encounter_id in encounter_ids}
        for encounter_id, seq, header, leaf in found:
            rows[encounter_id].append(Row(seq, header, leaf, *values.get(seq, NO_VALUES)))
        return rows

    def values(self, kind: str, name: str) -> Iterator[tuple[int, str, bytes | None]]:
        """Yield (entry number, record id, value with this name or None) of all entries of this kind, newest first."""
        yield from self._paged(_VALUES_NAMED, NEWEST, {"kind": kind, "name": name, "count": _MANY})

    # -- the search index ------------------------------------------------------------------------------------------

    def hits(
        self, kind: str, words: Sequence[str], before: int = NEWEST, since_us: int = -NEWEST, until_us: int = NEWEST
    ) -> Iterator[tuple[int, str]]:
        """Do the same as `opened`, only for records whose index row contains all these words."""
        values = {f"word{n}": word for n, word in enumerate(words[:_MOST_WORDS])}
        statement = _HITS.format(has="".join(_HAS.format(n=n) for n in range(len(values))))
        yield from self._paged(
            statement, before, {"kind": kind, "since": since_us, "until": until_us, "count": _PAGE, **values}
        )

    def numbered(self, kind: str, no: str) -> list[str]:
        """Return the ids of records with an entry of this kind whose index row has this record number."""
        return [encounter_id for (encounter_id,) in self._all(_NUMBERED, (no, kind))]

    def search_row(self, encounter_id: str) -> SearchRow | None:
        """Return a record's index row, or None."""
        found = self._all(_ROW, (encounter_id,))
        return SearchRow(*found[0]) if found else None

    def last_indexed(self) -> list[str]:
        """Return the id of the record whose row covers the newest entry; empty when there are no rows."""
        return [encounter_id for (encounter_id,) in self._all(_LAST_INDEXED, ())]

    def stray_rows(self) -> int:
        """Return the number of rows that name a missing entry, or an entry of another record."""
        return int(self._all(_STRAY, ())[0][0])

    def next_to_index(self, limit: int) -> list[tuple[int, str]]:
        """Return (entry number, record id) of the oldest entries not indexed yet, at most `limit`."""
        return [(seq, encounter_id) for seq, encounter_id in self._all(_NEXT, (limit,))]

    def unindexed(self, kind: str, also: Iterable[str] = ()) -> list[tuple[int, str]]:
        """Return (entry number, record id) of entries of this kind in records without a current row, newest first.

        also: ids of further records to include.
        """
        behind = {encounter_id for (encounter_id,) in self._all(_BEHIND, ())} | set(also)
        if self._all(_INDEXED, ())[0][0] != self.count(kind):
            behind.update(encounter_id for (encounter_id,) in self._all(_WITHOUT_ROW, (kind,)))
        return self.openings(kind, sorted(behind)) if behind else []

    def openings(self, kind: str, encounter_ids: Sequence[str]) -> list[tuple[int, str]]:
        """Return (entry number, record id) of all entries of this kind in these records, newest first."""
        return self._all(_OPENINGS, (json.dumps(encounter_ids), kind))

    def opened_elsewhere(self) -> list[str]:
        """Return the ids of records with entries here that may have been opened in a previous log."""
        return [encounter_id for (encounter_id,) in self._all(_ELSEWHERE, ())]

    # -- private -----------------------------------------------------------------------------------------------------

    def _all(self, statement: str, values: dict[str, Any] | tuple[Any, ...]) -> list[Any]:
        with translating(self._log), bare(self._reading) as connection:
            return connection.execute(statement, values).fetchall()

    def _paged(self, statement: str, before: int, values: dict[str, Any]) -> Iterator[Any]:
        """Yield the rows of all pages; each page continues below the last number of the previous one.

        values: those of the statement; `count` is the size of a page. A page that is not full is the last.
        """
        full = True
        while full and (page := self._all(statement, {"before": before, **values})):
            yield from page
            before, full = page[-1][0], len(page) == values["count"]

    def _backwards(self, statement: str, before: int, values: dict[str, Any]) -> Iterator[Row]:
        count = 1  # the first page is one entry, for callers that need only the newest
        while page := self._page(statement, {"before": before, "count": count, **values}):
            yield from page
            before, count = page[-1].seq, min(4 * count, _PAGE)

    def _page(self, statement: str, values: dict[str, Any]) -> list[Row]:
        with translating(self._log), at_once(self._reading) as connection:
            return rows_of(connection, statement, values)


def rows_of(connection: sqlite3.Connection, statement: str, parameters: Mapping[str, Any]) -> list[Row]:
    """Return the entries that a statement selects as (seq, header, leaf), with their values."""
    found = connection.execute(statement, parameters).fetchall()
    values = _values(connection, [seq for seq, _, _ in found])
    return [Row(seq, header, leaf, *values.get(seq, NO_VALUES)) for seq, header, leaf in found]


def _values(connection: sqlite3.Connection, numbers: Sequence[int]) -> Mapping[int, tuple[Values, Values]]:
    """Return (readable values, encrypted values) of each of these entries that has any."""
    if numbers and max(numbers) - min(numbers) < 2 * len(numbers):  # few others are between them
        return by_entry(connection.execute(_VALUES_BETWEEN, (min(numbers), max(numbers))))
    return by_entry(connection.execute(_VALUES, (json.dumps(numbers),)))


def by_entry(values: Iterable[Sequence[Any]]) -> dict[Any, tuple[Values, Values]]:
    """Return (readable values, encrypted values) of each entry that has any.

    values: rows of (seq, name, body, encrypted or not); those of an entry follow each other. In place of seq there may
    be anything that names an entry.
    """
    if not (rows := list(values)):
        return {}
    numbers, names, bodies, encrypted = zip(*rows, strict=True)
    pairs = tuple(zip(names, bodies, strict=True))
    found, at = dict[Any, tuple[Values, Values]](), 0
    for seq, count in Counter(numbers).items():
        end = at + count
        found[seq] = pairs[at:end], ()
        if any(encrypted[at:end]):
            kinds = [
                (pair, bool(is_encrypted)) for pair, is_encrypted in zip(pairs[at:end], encrypted[at:end], strict=True)
            ]
            found[seq] = (
                tuple(pair for pair, hidden in kinds if not hidden),
                tuple(pair for pair, hidden in kinds if hidden),
            )
        at = end
    return found
