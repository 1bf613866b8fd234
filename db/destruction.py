"""What holds and purges change in the tables: the rows that guard values, and the values that go.

Each runs inside a transaction of the store. The triggers look at every row that is deleted, so a hold stops a purge
here too, whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from db.rows import Beside

REASONS: Final = ("hold.placed", "hold.released", "retention.purged", "purge.refused")
"""The kinds of entries that say why a record was kept or let go; what they say never goes."""

_NAMES: Final = ",".join(f"'{kind}'" for kind in REASONS)
_HOLD: Final = "INSERT INTO hold (encounter_id, placed_seq) VALUES (?, ?)"
# One that was released already, or lies in an earlier log, is not there to be changed; that is no error.
_RELEASE: Final = """UPDATE hold SET released_seq=?, released_origin=?
WHERE encounter_id=? AND released_seq IS NULL
  AND placed_seq=(SELECT seq FROM event WHERE event_id=? AND kind='hold.placed')"""
_RELEASE_ALL: Final = "UPDATE hold SET released_seq=?, released_origin=? WHERE encounter_id=? AND released_seq IS NULL"
_PURGE: Final = "INSERT INTO purge (encounter_id, origin, seq) VALUES (?, ?, ?)"
_PURGED: Final = "SELECT 1 FROM purge WHERE encounter_id=? AND origin=? AND seq=?"
_EMPTY: Final = f"""DELETE FROM disclosure
WHERE seq IN (SELECT seq FROM event WHERE encounter_id=? AND seq<? AND kind NOT IN ({_NAMES}))"""  # noqa: S608 - our own words
# A line of the list is made from values that go; the number stays, as the purge entry says it too.
_LINE: Final = "UPDATE summary SET words='' WHERE encounter_id=?"
_LARGEST: Final = 2**63 - 1


def write_beside(connection: Connection, beside: Beside, origin: str) -> None:
    """Place, release and let go as new entries of this log, `origin`, say. Raises IntegrityError under a hold."""
    _each(connection, _HOLD, beside.held)
    _each(connection, _RELEASE, [(seq, origin, enc, placed) for enc, placed, seq in beside.released])
    for encounter_id, seq in beside.destroyed:
        _each(connection, _PURGE, [(encounter_id, origin, seq)])
        _empty(connection, encounter_id, before=seq)


def let_go_earlier(connection: Connection, encounter_id: str, origin: str, seq: int) -> None:
    """Let an encounter's values go from a log that has ended, by entry `seq` of the log `origin` that goes on for it.

    Doing it twice changes nothing. Its holds must have been released in the log that goes on.
    """
    if connection.exec_driver_sql(_PURGED, (encounter_id, origin, seq)).first() is None:
        _each(connection, _RELEASE_ALL, [(seq, origin, encounter_id)])
        _each(connection, _PURGE, [(encounter_id, origin, seq)])
    _empty(connection, encounter_id, before=_LARGEST)


def _empty(connection: Connection, encounter_id: str, before: int) -> None:
    _each(connection, _EMPTY, [(encounter_id, before)])
    _each(connection, _LINE, [(encounter_id,)])


def _each(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for row in rows:
        connection.exec_driver_sql(statement, row)
