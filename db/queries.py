"""What lists and searches ask of a log: pages that begin after what was read last, each found by an index.

However long the log is, a page costs the same. Entries are named by their numbers and encounters by their ids; what a
list shows is read from the entries themselves. The search index only says where to look.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from db.connections import at_once, bare
from db.error_mapping import translating
from db.rows import Row, SearchRow

NEWEST: Final = 2**63 - 1
"""A number after that of every entry, and a time after every other."""

_PAGE: Final = 64
_MANY: Final = 1024  # of what is small

Values = tuple[tuple[str, bytes], ...]
NO_VALUES: Final[tuple[Values, Values]] = ((), ())

# A plus keeps an index from being chosen: of the two that fit, the one by encounter is always the shorter way.
_ROWS: Final = "SELECT seq, header, leaf FROM entry WHERE seq < :before"
_NEWEST_FIRST: Final = "ORDER BY seq DESC LIMIT :count"
_NEWEST_OF: Final = {
    "all": f"{_ROWS} {_NEWEST_FIRST}",
    "kind": f"{_ROWS} AND kind=:kind {_NEWEST_FIRST}",
    "beside": f"{_ROWS} AND encounter_id IS NULL {_NEWEST_FIRST}",
}
_COUNT: Final = "SELECT count(*) FROM entry WHERE kind=?"
_LACKING: Final = """SELECT seq, encounter_id, EXISTS(
    SELECT 1 FROM entry o WHERE o.encounter_id=e.encounter_id AND +o.kind=:other)
  FROM entry e WHERE kind=:kind AND encounter_id IS NOT NULL AND seq < :before ORDER BY seq DESC LIMIT :count"""
_OPENED: Final = """SELECT seq, encounter_id FROM entry WHERE kind=:kind AND encounter_id IS NOT NULL
  AND seq < :before AND wall_us >= :since AND wall_us < :until ORDER BY seq DESC LIMIT :count"""
_OF_ENCOUNTERS: Final = """SELECT encounter_id, seq, header, leaf FROM entry
  WHERE encounter_id IN (SELECT value FROM json_each(?)) ORDER BY seq"""
_VALUES_OF_ENCOUNTERS: Final = """SELECT seq, name, body, sealed FROM disclosure WHERE seq IN (
    SELECT seq FROM entry WHERE encounter_id IN (SELECT value FROM json_each(?))) ORDER BY seq, name"""
_VALUES: Final = """SELECT seq, name, body, sealed FROM disclosure
  WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq, name"""
_VALUES_BETWEEN: Final = "SELECT seq, name, body, sealed FROM disclosure WHERE seq >= ? AND seq <= ? ORDER BY seq, name"
_HITS: Final = """SELECT opened_seq, encounter_id FROM search_index
  WHERE opened_seq < :before AND opened_us >= :since AND opened_us < :until {has}
    AND EXISTS(SELECT 1 FROM entry e
      WHERE e.seq=opened_seq AND e.encounter_id=search_index.encounter_id AND e.kind=:kind)
  ORDER BY opened_seq DESC LIMIT :count"""
_HAS: Final = " AND instr(words, :word{n}) > 0"
_MOST_WORDS: Final = 16  # of a search are looked for here; whoever reads the encounters looks for all of them
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
  LEFT JOIN disclosure d ON d.seq=e.seq AND d.name=:name AND d.sealed=0
  WHERE e.kind=:kind AND e.encounter_id IS NOT NULL AND e.seq < :before ORDER BY e.seq DESC LIMIT :count"""
_ELSEWHERE: Final = f"SELECT encounter_id FROM search_index WHERE opened_us IS NULL UNION {_BEHIND}"  # noqa: S608 - our own
_ROW: Final = "SELECT opened_seq, encounter_id, last_seq, no, opened_us, words FROM search_index WHERE encounter_id=?"


class Lists:
    """Pages of entries and encounters, the newest first. Every method raises the errors of `db.errors`."""

    def __init__(self, log: Path, engine: Engine) -> None:
        self._log, self._reading = log, engine

    def newest(self, kind: str | None = None, before: int = NEWEST) -> Iterator[Row]:
        """Entries, or those of one kind, the newest first, numbered below `before`."""
        return self._backwards(_NEWEST_OF["kind" if kind else "all"], before, {"kind": kind} if kind else {})

    def beside(self, before: int = NEWEST) -> Iterator[Row]:
        """The entries of no encounter, the newest first, numbered below `before`."""
        return self._backwards(_NEWEST_OF["beside"], before, {})

    def count(self, kind: str) -> int:
        """How many entries there are of this kind."""
        return int(self._all(_COUNT, (kind,))[0][0])

    def lacking(self, kind: str, other: str) -> Iterator[str]:
        """The encounters that have an entry of one kind and none of the other, the newest first.

        The newest 64 are all looked at; the older ones only until as many were found as the two counts differ by.
        """
        before, left = NEWEST, self.count(kind) - self.count(other)
        while page := self._all(_LACKING, {"kind": kind, "other": other, "before": before, "count": _PAGE}):
            found = [encounter_id for _, encounter_id, has in page if not has]
            yield from found
            before, left = page[-1][0], left - len(found)
            if left <= 0:
                return

    def opened(
        self, kind: str, before: int = NEWEST, since_us: int = -NEWEST, until_us: int = NEWEST
    ) -> Iterator[tuple[int, str]]:
        """(entry, encounter) of every entry of this kind, the newest first, numbered below `before`.

        since_us, until_us: only those written in this time, the end not counted, in microseconds since 1970 UTC.
        """
        yield from self._paged(_OPENED, before, {"kind": kind, "since": since_us, "until": until_us, "count": _PAGE})

    def of_encounters(self, encounter_ids: Sequence[str]) -> dict[str, list[Row]]:
        """The entries of these encounters, in order: what is wanted together should be asked for together."""
        wanted = json.dumps(encounter_ids)
        with translating(self._log), at_once(self._reading) as connection:
            found = connection.execute(_OF_ENCOUNTERS, (wanted,)).fetchall()
            values = by_entry(connection.execute(_VALUES_OF_ENCOUNTERS, (wanted,)))
        rows: dict[str, list[Row]] = {encounter_id: [] for encounter_id in encounter_ids}
        for encounter_id, seq, header, leaf in found:
            rows[encounter_id].append(Row(seq, header, leaf, *values.get(seq, NO_VALUES)))
        return rows

    def values(self, kind: str, name: str) -> Iterator[tuple[int, str, bytes | None]]:
        """(entry, encounter, what is kept under that name) of every entry of this kind; newest first."""
        yield from self._paged(_VALUES_NAMED, NEWEST, {"kind": kind, "name": name, "count": _MANY})

    # -- the search index ------------------------------------------------------------------------------------------

    def hits(
        self, kind: str, words: Sequence[str], before: int = NEWEST, since_us: int = -NEWEST, until_us: int = NEWEST
    ) -> Iterator[tuple[int, str]]:
        """As `opened`, but only of the encounters whose row has these words, as they are written there."""
        asked = {f"word{n}": word for n, word in enumerate(words[:_MOST_WORDS])}
        statement = _HITS.format(has="".join(_HAS.format(n=n) for n in range(len(asked))))
        yield from self._paged(
            statement, before, {"kind": kind, "since": since_us, "until": until_us, "count": _PAGE, **asked}
        )

    def numbered(self, kind: str, no: str) -> list[str]:
        """The encounters with an entry of this kind whose row has this number."""
        return [encounter_id for (encounter_id,) in self._all(_NUMBERED, (no, kind))]

    def search_row(self, encounter_id: str) -> SearchRow | None:
        """The row of an encounter."""
        found = self._all(_ROW, (encounter_id,))
        return SearchRow(*found[0]) if found else None

    def last_indexed(self) -> list[str]:
        """The encounter whose row tells of the newest entry; none when there is no row."""
        return [encounter_id for (encounter_id,) in self._all(_LAST_INDEXED, ())]

    def stray_rows(self) -> int:
        """How many rows name an entry that is not there, or is not that encounter's."""
        return int(self._all(_STRAY, ())[0][0])

    def next_to_index(self, limit: int) -> list[tuple[int, str]]:
        """(entry, encounter) of the oldest entries that no row tells of yet, at most `limit`."""
        return [(seq, encounter_id) for seq, encounter_id in self._all(_NEXT, (limit,))]

    def unindexed(self, kind: str, also: Iterable[str] = ()) -> list[tuple[int, str]]:
        """(entry, encounter) of every entry of this kind whose encounter's row is missing or behind; newest first.

        also: encounters that are counted among them whatever their rows say.
        """
        behind = {encounter_id for (encounter_id,) in self._all(_BEHIND, ())} | set(also)
        if self._all(_INDEXED, ())[0][0] != self.count(kind):
            behind.update(encounter_id for (encounter_id,) in self._all(_WITHOUT_ROW, (kind,)))
        return self.openings(kind, sorted(behind)) if behind else []

    def openings(self, kind: str, encounter_ids: Sequence[str]) -> list[tuple[int, str]]:
        """(entry, encounter) of every entry of this kind that belongs to one of these encounters; newest first."""
        return self._all(_OPENINGS, (json.dumps(encounter_ids), kind))

    def opened_elsewhere(self) -> list[str]:
        """The encounters with entries here that an earlier log may have opened."""
        return [encounter_id for (encounter_id,) in self._all(_ELSEWHERE, ())]

    # -- inside ------------------------------------------------------------------------------------------------------

    def _all(self, statement: str, values: dict[str, Any] | tuple[Any, ...]) -> list[Any]:
        with translating(self._log), bare(self._reading) as connection:
            return connection.execute(statement, values).fetchall()

    def _paged(self, statement: str, before: int, values: dict[str, Any]) -> Iterator[Any]:
        """The rows of all pages; each begins below the number that the one before ended with."""
        while page := self._all(statement, {"before": before, **values}):
            yield from page
            before = page[-1][0]

    def _backwards(self, statement: str, before: int, values: dict[str, Any]) -> Iterator[Row]:
        count = 1  # whoever wants only the newest one reads only that
        while page := self._page(statement, {"before": before, "count": count, **values}):
            yield from page
            before, count = page[-1].seq, min(4 * count, _PAGE)

    def _page(self, statement: str, values: dict[str, Any]) -> list[Row]:
        with translating(self._log), at_once(self._reading) as connection:
            return rows_of(connection, statement, values)


def rows_of(connection: sqlite3.Connection, statement: str, asked: Mapping[str, Any]) -> list[Row]:
    """The entries that a statement finds by (seq, header, leaf), with their values."""
    found = connection.execute(statement, asked).fetchall()
    numbers = [seq for seq, _, _ in found]
    if numbers and max(numbers) - min(numbers) < len(numbers):  # nothing lies between them
        kept = by_entry(connection.execute(_VALUES_BETWEEN, (min(numbers), max(numbers))))
    else:
        kept = by_entry(connection.execute(_VALUES, (json.dumps(numbers),)))
    return [Row(seq, header, leaf, *kept.get(seq, NO_VALUES)) for seq, header, leaf in found]


def by_entry(values: Iterable[Sequence[Any]]) -> dict[int, tuple[Values, Values]]:
    """(values that can be read, sealed ones) of each entry that has any; `values` are (seq, name, body, sealed)."""
    found: dict[int, tuple[list[tuple[str, bytes]], list[tuple[str, bytes]]]] = {}
    for seq, name, body, sealed in values:
        found.setdefault(seq, ([], []))[1 if sealed else 0].append((name, body))
    return {seq: (tuple(plain), tuple(shut)) for seq, (plain, shut) in found.items()}
