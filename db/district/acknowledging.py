"""A person looked at what the store refused from a desk, and says so; then the desk may go on."""

from __future__ import annotations

from typing import Final

from db.district.connection import Store, translating
from db.district.errors import Refused

_DESK: Final = """SELECT d.desk_id FROM district.desk d JOIN district.school s USING (school_id)
  WHERE (s.name, d.name) = (%s, %s) FOR UPDATE OF d"""
_ENTER: Final = """INSERT INTO district.acknowledgement (desk_id, up_to_conflict, up_to_log, by_name, reason)
  SELECT %(desk)s, coalesce((SELECT max(c.conflict_id) FROM district.conflict c JOIN district.log l USING (log_id)
    WHERE l.desk_id = %(desk)s), 0), coalesce((SELECT max(l.log_id) FROM district.log l WHERE l.desk_id = %(desk)s), 0),
    %(by)s, %(reason)s"""
_RESUME: Final = "UPDATE district.log SET state = 'active' WHERE desk_id = %(desk)s AND state = 'quarantined'"


def acknowledge(store: Store, school: str, desk: str, by: str, reason: str, *, resume: bool) -> int:
    """Enter that a person looked at everything that the store says of a desk now.

    resume: take entries of its quarantined logs again; return their number. What does not follow from what is here is
    refused again. Raises Refused if there is no such desk, and as `translating`.
    """
    connection = store.connection
    with translating(), connection.transaction():
        found = connection.execute(_DESK, [school, desk]).fetchone()
        if found is None:
            raise Refused(f"There is no desk “{desk}” of {school}.", "`kiosk district status` shows all desks.")
        connection.execute(_ENTER, {"desk": found[0], "by": by, "reason": reason})
        return connection.execute(_RESUME, {"desk": found[0]}).rowcount if resume else 0
