"""Queries over many logs of the district at once. `of_logs` are the logs to read; the role's rights apply besides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from db.district.connection import Store
from db.district.reading import rows
from db.queries import NO_VALUES, by_entry
from db.rows import Row

_PAGE: Final = 64

# A record is of the desk whose opening came first; another desk that sends the same id changes nothing in it.
_OWN: Final = """SELECT DISTINCT ON (r.encounter_id) r.encounter_id, m.desk_id, m.school, m.desk
  FROM district.record r JOIN district.my_desks() m USING (log_id)
  WHERE r.encounter_id = ANY (%(ids)s::uuid[]) AND r.log_id = ANY (%(logs)s) AND r.opened_us IS NOT NULL
  ORDER BY r.encounter_id, r.log_id"""
_ROWS: Final = f"""WITH own AS MATERIALIZED ({_OWN}), parts AS MATERIALIZED (
    SELECT own.encounter_id, r.log_id FROM own JOIN district.record r USING (encounter_id)
    JOIN district.my_desks() m ON m.log_id = r.log_id AND m.desk_id = own.desk_id)
  SELECT p.encounter_id::text, p.log_id, e.seq, e.header, e.leaf FROM parts p
  CROSS JOIN LATERAL (SELECT q.seq, q.header, q.leaf FROM district.entry q
    WHERE q.log_id = p.log_id AND q.encounter_id = p.encounter_id
      AND (%(kinds)s::text[] = '{{}}' OR q.kind = ANY (%(kinds)s::text[]))) e
  ORDER BY p.log_id, e.seq"""  # noqa: S608 - our own
_VALUES: Final = """SELECT v.log_id, v.seq, v.name, v.body, v.encrypted
  FROM unnest(%(logs)s::int[], %(seqs)s::bigint[]) w(log_id, seq)
  CROSS JOIN LATERAL (SELECT * FROM district.disclosure d WHERE d.log_id = w.log_id AND d.seq = w.seq) v
  ORDER BY v.log_id, v.seq, v.name"""
_OPENED: Final = """SELECT encounter_id::text, opened_us, log_id, opened_seq FROM district.newest_records(
    %(logs)s, %(before)s, %(count)s, %(log)s, %(seq)s, %(since)s, %(until)s)"""
_PLACE: Final = """SELECT opened_us, log_id, opened_seq FROM district.record
  WHERE encounter_id = %(id)s AND log_id = ANY (%(logs)s) AND opened_us IS NOT NULL ORDER BY log_id LIMIT 1"""
_NUMBERED: Final = """SELECT r.encounter_id::text, m.school, m.desk
  FROM district.record r JOIN district.my_desks() m USING (log_id)
  WHERE r.no = %(no)s AND r.log_id = ANY (%(logs)s) AND r.opened_us IS NOT NULL ORDER BY r.log_id"""
_WITH_KIND: Final = """SELECT e.encounter_id::text FROM district.entry e
  WHERE e.kind = %(kind)s AND e.log_id = ANY (%(logs)s) AND e.encounter_id IS NOT NULL
  GROUP BY e.encounter_id ORDER BY min(e.wall_us), e.encounter_id"""
_VALUES_OF: Final = """SELECT e.encounter_id::text, v.body FROM district.entry e
  LEFT JOIN district.disclosure v
    ON v.log_id = e.log_id AND v.seq = e.seq AND v.name = %(name)s AND NOT v.encrypted
  WHERE e.kind = %(kind)s AND e.log_id = ANY (%(logs)s) AND e.encounter_id IS NOT NULL
  ORDER BY e.wall_us DESC, e.log_id, e.seq"""
_OF_KIND: Final = """SELECT {one} e.log_id, e.seq, e.header, e.leaf FROM district.entry e
  WHERE e.kind = %(kind)s AND e.log_id = ANY (%(logs)s) ORDER BY {by} e.log_id, e.seq"""
_COUNT: Final = "SELECT count(*) FROM district.entry WHERE kind = %(kind)s AND log_id = ANY (%(logs)s)"


@dataclass(frozen=True, slots=True)
class Owner:
    """The desk that opened a record first."""

    desk_id: int
    school: str
    desk: str


def rows_of(
    store: Store, of_logs: Sequence[int], ids: Sequence[str], kinds: Collection[str] = ()
) -> dict[str, list[Row]]:
    """Return the entries of each of these records, oldest first, from all logs of its desk. Raises DistrictError.

    kinds: only entries of these kinds; empty for all.
    """
    found = rows(store, _ROWS, {"logs": [*of_logs], "ids": [*ids], "kinds": [*kinds]})
    made: dict[str, list[Row]] = {encounter_id: [] for encounter_id in ids}
    for (encounter_id, *_), row in zip(found, _with_values(store, [one[1:] for one in found]), strict=True):
        made[encounter_id].append(row)
    return made


def owners_of(store: Store, of_logs: Sequence[int], ids: Sequence[str]) -> dict[str, Owner]:
    """Return the desk of each of these records that one opened. Raises DistrictError."""
    return {str(found): Owner(*who) for found, *who in rows(store, _OWN, {"logs": [*of_logs], "ids": [*ids]})}


def opened(store: Store, of_logs: Sequence[int], between_us: tuple[int, int], before: str | None) -> Iterator[str]:
    """Yield the ids of the records opened between these times, newest first, older than `before`."""
    since, until = between_us
    asked: dict[str, Any] = {"logs": [*of_logs], "since": since, "until": until, "count": _PAGE}
    place: Sequence[int | None] = (None, None, None)
    if before is not None:
        at = rows(store, _PLACE, {"id": before, "logs": [*of_logs]})
        if not at:
            return
        place = at[0]
    while True:
        page = rows(store, _OPENED, asked | dict(zip(("before", "log", "seq"), place, strict=True)))
        yield from (encounter_id for encounter_id, *_ in page)
        if len(page) < _PAGE:
            return
        place = page[-1][1:]


def numbered(store: Store, of_logs: Sequence[int], no: str) -> list[tuple[str, str, str]]:
    """Return (record id, school, desk) of each record with this number. Raises DistrictError."""
    return rows(store, _NUMBERED, {"logs": [*of_logs], "no": no})


def with_kind(store: Store, of_logs: Sequence[int], kind: str) -> list[str]:
    """Return the ids of the records with an entry of this kind, by the time of the first one, oldest first."""
    return [found for (found,) in rows(store, _WITH_KIND, {"logs": [*of_logs], "kind": kind})]


def values_of(store: Store, of_logs: Sequence[int], kind: str, name: str) -> list[tuple[str, bytes | None]]:
    """Return (record id, value with this name or None) of all entries of this kind, newest first."""
    return rows(store, _VALUES_OF, {"logs": [*of_logs], "kind": kind, "name": name})


def of_kind(store: Store, of_logs: Sequence[int], kind: str, *, one_for_each: bool = False) -> list[Row]:
    """Return all entries of this kind, one log after the other. one_for_each: one for each protocol that they name."""
    pack = "e.header::json->>'pack'"
    one, by = (f"DISTINCT ON ({pack})", f"{pack},") if one_for_each else ("", "")
    statement = _OF_KIND.format(one=one, by=by)
    return _with_values(store, rows(store, statement, {"logs": [*of_logs], "kind": kind}))


def count(store: Store, of_logs: Sequence[int], kind: str) -> int:
    """Return the number of entries of this kind."""
    return int(rows(store, _COUNT, {"logs": [*of_logs], "kind": kind})[0][0])


def _with_values(store: Store, entries: Sequence[Sequence[Any]]) -> list[Row]:
    """Return these entries, given as (log, seq, header, leaf), with the values that the role may see."""
    if not entries:
        return []
    wanted = {"logs": [log for log, *_ in entries], "seqs": [seq for _, seq, *_ in entries]}
    found = rows(store, _VALUES, wanted)
    values = by_entry(((log, seq), name, body, hidden) for log, seq, name, body, hidden in found)
    return [Row(seq, header, leaf, *values.get((log, seq), NO_VALUES)) for log, seq, header, leaf in entries]
