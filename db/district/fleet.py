"""How each desk of the district is, as the store knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from db.district.connection import Store, translating


@dataclass(frozen=True, slots=True)
class LogStatus:
    """The newest log of a desk.

    size: the entries that the server has; head: those that the desk said it has; disclosed_to: it has the values before
    this entry. state, succession: as in the tables. conflicts: why it was quarantined, or what a later log said, newest
    first; neither these nor the succession once they are acknowledged. newest: the time of the newest entry of each
    kind about the desk itself, by the desk's clock. protocol: the id and version that was installed last; empty if this
    log does not say.
    """

    origin: str
    size: int
    head: int
    disclosed_to: int
    state: str
    succession: str | None
    last_contact: datetime
    newest_entry_at: datetime | None
    conflicts: tuple[str, ...]
    newest: Mapping[str, datetime]
    protocol: str = ""


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """A desk. log: None until it has sent something. enrolled_at: by the server's clock."""

    school: str
    desk: str
    retired: bool
    enrolled_at: datetime
    log: LogStatus | None


_DESKS = """
SELECT s.name, d.name, d.state, d.enrolled_at, l.origin, l.size, l.head_size, l.disclosed_to, l.state,
  CASE WHEN l.log_id > coalesce(a.up_to_log, 0) THEN l.succession END,
  l.last_contact, to_timestamp(l.last_wall_us / 1e6),
  ARRAY(SELECT c.reason FROM district.conflict c JOIN district.log o USING (log_id)
    WHERE o.desk_id = d.desk_id AND c.conflict_id > coalesce(a.up_to_conflict, 0) ORDER BY c.conflict_id DESC LIMIT 5),
  (SELECT jsonb_object_agg(n.kind, n.wall_us) FROM district.newest n WHERE n.log_id = l.log_id),
  (SELECT jsonb_object_agg(v.name, district.said_text(v.body))
    FROM district.newest n JOIN district.disclosure v USING (log_id, seq)
    WHERE n.log_id = l.log_id AND n.kind = 'pack.activated' AND v.name IN ('id', 'version') AND NOT v.encrypted)
FROM district.desk d
JOIN district.school s USING (school_id)
LEFT JOIN LATERAL (
  SELECT * FROM district.log q WHERE q.desk_id = d.desk_id ORDER BY q.log_id DESC LIMIT 1
) l ON true
LEFT JOIN LATERAL (
  SELECT max(q.up_to_conflict) AS up_to_conflict, max(q.up_to_log) AS up_to_log
  FROM district.acknowledgement q WHERE q.desk_id = d.desk_id
) a ON true
ORDER BY s.name, d.name
"""


def desks(store: Store) -> list[DeskStatus]:
    """Return every desk, by school and name. The connection's role is an auditor. Raises as `translating`."""
    with translating():
        return [_desk(row) for row in store.connection.execute(_DESKS)]


def server_time(store: Store) -> datetime:
    """Return the time by the server's clock, by which contacts are dated. Raises as `translating`."""
    with translating():
        (found,) = store.connection.execute("SELECT clock_timestamp()").fetchone() or (None,)
    assert isinstance(found, datetime)  # noqa: S101 - what PostgreSQL returns
    return found


def _desk(row: tuple) -> DeskStatus:  # type: ignore[type-arg]  # the columns of _DESKS
    school, desk, state, enrolled_at, origin, *rest = row
    if origin is None:
        return DeskStatus(school, desk, state == "retired", enrolled_at, None)
    size, head, disclosed_to, log_state, succession, last_contact, newest_entry_at, conflicts, newest, pack = rest
    times = {kind: datetime.fromtimestamp(us / 1e6, last_contact.tzinfo) for kind, us in (newest or {}).items()}
    log = LogStatus(
        origin,
        size,
        head,
        disclosed_to,
        log_state,
        succession,
        last_contact,
        newest_entry_at,
        tuple(conflicts),
        times,
        " ".join(pack[name] or "" for name in ("id", "version") if name in pack) if pack else "",
    )
    return DeskStatus(school, desk, state == "retired", enrolled_at, log)
