"""What the tables of holds and destructions say, to be compared with the entries of a log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from db.district.connection import Store
from db.district.reading import LogPlace, rows

_HOLDS: Final = """SELECT encounter_id::text, placed_by::text, released_by::text FROM district.hold
  WHERE desk_id = %(desk)s"""
_DESTRUCTIONS: Final = "SELECT log_id, encounter_id::text, seq FROM district.destruction WHERE desk_id = %(desk)s"
_RELEASES: Final = """SELECT e.event_id::text FROM district.entry e JOIN district.log l USING (log_id)
  WHERE l.desk_id = %(desk)s AND e.kind = 'hold.released'"""
_DESTROYED: Final = """SELECT DISTINCT e.encounter_id::text FROM district.entry e JOIN district.log l USING (log_id)
  WHERE l.desk_id = %(desk)s AND e.log_id > %(log)s AND e.kind = 'record.destroyed'"""
_CONFLICTS: Final = """SELECT reason, seq, at FROM district.conflict WHERE log_id = %(log)s AND conflict_id >
    coalesce((SELECT max(up_to_conflict) FROM district.acknowledgement WHERE desk_id = %(desk)s), 0)
  ORDER BY conflict_id"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database says about a log and the others of its desk.

    holds: (record, the entry that placed it) of each legal hold. released_by: the entries by which holds are released.
    entered: the entries about releases, in all logs of the desk. by_log: (record, entry) of each destruction, by log.
    destroyed_later: the records that a later log of the desk destroyed. conflicts: (reason, entry) of what was refused
    and nobody acknowledged.
    """

    holds: frozenset[tuple[str, str]]
    released_by: frozenset[str]
    entered: frozenset[str]
    by_log: dict[int, frozenset[tuple[str, int]]]
    destroyed_later: frozenset[str]
    conflicts: tuple[tuple[str, int], ...]

    def destructions(self, log_id: int) -> frozenset[tuple[str, int]]:
        """Return (record, entry) of each destruction that the table has for this log."""
        return self.by_log.get(log_id, frozenset())


def standing_of(store: Store, place: LogPlace) -> Standing:
    """Return what the tables say about a log. The role is an auditor's. Raises DistrictError."""
    wanted = {"desk": place.desk_id, "log": place.log_id}
    holds = rows(store, _HOLDS, wanted)
    destructions = rows(store, _DESTRUCTIONS, wanted)
    by_log = {
        log_id: frozenset((about, seq) for of, about, seq in destructions if of == log_id)
        for log_id in {of for of, _, _ in destructions}
    }
    return Standing(
        frozenset((about, placed) for about, placed, _ in holds),
        frozenset(released for _, _, released in holds if released),
        frozenset(found for (found,) in rows(store, _RELEASES, wanted)),
        by_log,
        frozenset(found for (found,) in rows(store, _DESTROYED, wanted)),
        tuple((reason, seq) for reason, seq, _ in rows(store, _CONFLICTS, wanted)),
    )
