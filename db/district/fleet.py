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
    kind about the desk itself, by the desk's clock. protocol: the id and version that ran when the kiosk was opened
    last, or that was installed in one that was not opened yet; only the start of its hash if the log does not say them.
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
class Published:
    """The newest bundle for a school. name: the hash that names it. at: when, by the server's clock."""

    name: str
    protocol: str
    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """A desk. log: None until it has sent something. enrolled_at: by the server's clock.

    published: None if nothing is for its school. installed: the name of the bundle that it installed last. refused: the
    reason for which it refused one since the newest was published; both are empty for none.
    """

    school: str
    desk: str
    retired: bool
    enrolled_at: datetime
    log: LogStatus | None
    published: Published | None = None
    installed: str = ""
    refused: str = ""

    @property
    def runs_published(self) -> bool:
        """Whether it installed the newest bundle, or there is none."""
        return self.published is None or self.installed == self.published.name


# Each LIMIT 1 makes the planner look up one entry for each desk; without it, it reads all entries of the district.
_DESKS = """
SELECT s.name, d.name, d.state, d.enrolled_at, l.origin, l.size, l.head_size, l.disclosed_to, l.state,
  CASE WHEN l.log_id > coalesce(a.up_to_log, 0) THEN l.succession END,
  l.last_contact, to_timestamp(l.last_wall_us / 1e6),
  ARRAY(SELECT c.reason FROM district.conflict c JOIN district.log o USING (log_id)
    WHERE o.desk_id = d.desk_id AND c.conflict_id > coalesce(a.up_to_conflict, 0) ORDER BY c.conflict_id DESC LIMIT 5),
  (SELECT jsonb_object_agg(n.kind, n.wall_us) FROM district.newest n WHERE n.log_id = l.log_id),
  coalesce(
    (SELECT x.protocol || ' ' || x.version FROM district.publication x WHERE x.content_hash = r.pack
      ORDER BY x.made_at DESC LIMIT 1),
    (SELECT string_agg(district.said_text(v.body), ' ' ORDER BY v.name) FROM district.disclosure v
      WHERE v.log_id = l.log_id AND v.name IN ('id', 'version') AND v.seq = (
        SELECT e.seq FROM district.entry e
        WHERE e.log_id = l.log_id AND e.kind = 'pack.kept' AND e.header::json->>'pack' = r.pack
        ORDER BY e.seq DESC LIMIT 1)),
    (SELECT string_agg(district.said_text(v.body), ' ' ORDER BY v.name)
      FROM district.newest n JOIN district.disclosure v USING (log_id, seq)
      WHERE r.pack IS NULL AND n.log_id = l.log_id AND n.kind = 'pack.activated' AND v.name IN ('id', 'version')),
    left(r.pack, 8)),
  p.name, p.protocol, p.version, p.published_at, i.bundle, f.why
FROM district.desk d
JOIN district.school s USING (school_id)
LEFT JOIN LATERAL (
  SELECT * FROM district.log q WHERE q.desk_id = d.desk_id ORDER BY q.log_id DESC LIMIT 1
) l ON true
LEFT JOIN LATERAL (
  SELECT max(q.up_to_conflict) AS up_to_conflict, max(q.up_to_log) AS up_to_log
  FROM district.acknowledgement q WHERE q.desk_id = d.desk_id
) a ON true
LEFT JOIN LATERAL (
  SELECT e.header::json->>'pack' AS pack FROM district.entry e
  WHERE e.log_id = l.log_id
    AND e.seq = (SELECT n.seq FROM district.newest n WHERE n.log_id = l.log_id AND n.kind = 'session.started')
  LIMIT 1
) r ON true
LEFT JOIN LATERAL (
  SELECT * FROM district.publication q
  WHERE EXISTS (
    SELECT FROM district.publication_part x WHERE x.publication_id = q.publication_id AND x.school IN ('', s.name))
  ORDER BY q.made_at DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (
  SELECT district.said_text(v.body) AS bundle
  FROM district.log o JOIN district.newest n USING (log_id) JOIN district.disclosure v USING (log_id, seq)
  WHERE o.desk_id = d.desk_id AND n.kind = 'bundle.installed' AND v.name = 'bundle' ORDER BY o.log_id DESC LIMIT 1
) i ON true
LEFT JOIN LATERAL (
  SELECT district.said_text(v.body) AS why FROM district.disclosure v
  WHERE i.bundle IS DISTINCT FROM p.name AND v.log_id = l.log_id AND v.name = 'why'
    AND v.seq = (SELECT n.seq FROM district.newest n WHERE n.log_id = l.log_id AND n.kind = 'bundle.refused')
    AND p.published_at <= (SELECT e.received_at FROM district.entry e WHERE e.log_id = l.log_id AND e.seq = v.seq)
  LIMIT 1
) f ON true
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
    school, desk, state, enrolled_at, *rest = row
    log, (name, of, version, at, installed, refused) = rest[:-6], rest[-6:]
    published = None if name is None else Published(name, of, version, at)
    return DeskStatus(
        school, desk, state == "retired", enrolled_at, _log(log), published, installed or "", refused or ""
    )


def _log(row: list) -> LogStatus | None:  # type: ignore[type-arg]  # likewise
    origin, size, head, disclosed_to, state, succession, last_contact, newest_entry_at, conflicts, newest, protocol = (
        row
    )
    if origin is None:
        return None
    times = {kind: datetime.fromtimestamp(us / 1e6, last_contact.tzinfo) for kind, us in (newest or {}).items()}
    return LogStatus(
        origin,
        size,
        head,
        disclosed_to,
        state,
        succession,
        last_contact,
        newest_entry_at,
        tuple(conflicts),
        times,
        protocol or "",
    )
