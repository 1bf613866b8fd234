"""Changes of holds and destructions in the tables: the rows that protect values, and the destroyed values.

Each runs inside a transaction of the store. The triggers check each deleted row, so a hold prevents a destruction here
too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from db.rows import RetentionEffects

REASONS: Final = ("hold.placed", "hold.released", "record.destroyed", "destruction.refused")
"""The kinds of entries about retention; their values are never destroyed."""

_NAMES: Final = ",".join(f"'{kind}'" for kind in REASONS)
_HOLD: Final = "INSERT INTO hold (encounter_id, placed_seq) VALUES (?, ?)"
# A hold that was already released, or that is in a previous log, has no row to update; that is no error.
_RELEASE: Final = """UPDATE hold SET released_seq=?, released_origin=?
WHERE encounter_id=? AND released_seq IS NULL
  AND placed_seq=(SELECT seq FROM entry WHERE event_id=? AND kind='hold.placed')"""
_RELEASE_ALL: Final = "UPDATE hold SET released_seq=?, released_origin=? WHERE encounter_id=? AND released_seq IS NULL"
_DESTROY: Final = "INSERT INTO destruction (encounter_id, origin, seq) VALUES (?, ?, ?)"
_DESTROYED: Final = "SELECT 1 FROM destruction WHERE encounter_id=? AND origin=? AND seq=?"
_EMPTY: Final = f"""DELETE FROM disclosure
WHERE seq IN (SELECT seq FROM entry WHERE encounter_id=? AND seq<? AND kind NOT IN ({_NAMES}))"""  # noqa: S608 - our own words
# A search index row contains destroyed values. The record number stays; the destruction's entry has it too.
_UNINDEX: Final = "UPDATE search_index SET words='', shared=NULL WHERE encounter_id=?"
_UNSHARE: Final = "DELETE FROM search_text WHERE id NOT IN (SELECT shared FROM search_index WHERE shared IS NOT NULL)"
_LARGEST: Final = 2**63 - 1


def write_effects(connection: Connection, effects: RetentionEffects, origin: str) -> None:
    """Place holds, release holds and destroy values for new entries of this log. Raises IntegrityError under a hold.

    origin: the origin of this log.
    """
    _each(connection, _HOLD, effects.held)
    _each(connection, _RELEASE, [(seq, origin, enc, placed) for enc, placed, seq in effects.released])
    for encounter_id, seq in effects.destroyed:
        _each(connection, _DESTROY, [(encounter_id, origin, seq)])
        _empty(connection, encounter_id, before=seq)


def destroy_in_previous_log(connection: Connection, encounter_id: str, origin: str, seq: int) -> None:
    """Destroy a record's values in a previous log, by entry `seq` of the later log `origin`.

    Repeating is harmless. The later log must have released the record's holds.
    """
    if connection.exec_driver_sql(_DESTROYED, (encounter_id, origin, seq)).first() is None:
        _each(connection, _RELEASE_ALL, [(seq, origin, encounter_id)])
        _each(connection, _DESTROY, [(encounter_id, origin, seq)])
    _empty(connection, encounter_id, before=_LARGEST)


def _empty(connection: Connection, encounter_id: str, before: int) -> None:
    _each(connection, _EMPTY, [(encounter_id, before)])
    _each(connection, _UNINDEX, [(encounter_id,)])
    _each(connection, _UNSHARE, [()])  # a text that only this record had shows its answers


def _each(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for row in rows:
        connection.exec_driver_sql(statement, row)
