"""The roles of named people, and the rights of each: the only table of who may do what."""

from __future__ import annotations

from typing import assert_never

from kiosk.worded import Worded


class Role(Worded):
    """What a person is here."""

    ADMINISTRATOR = "administrator", "administrator"
    RECORDS_OFFICER = "records-officer", "records officer"
    AUDITOR = "auditor", "auditor"


class Right(Worded):
    """What a person may do. The words follow "may" or "may not"."""

    LOOK = "look", "read records"
    VERIFY = "verify", "verify the log or issue checkpoints"
    EXPORT = "export", "export records"
    AMEND = "amend", "amend or close records"
    DUTIES = "duties", "record what was done about a duty"
    REQUESTS = "requests", "enter records requests"
    PRESENCE = "presence", "enter presence and its messages"
    REVIEW = "review", "review records for public copies"
    HOLD = "hold", "place or release legal holds"
    RETENTION = "retention", "set retention periods or request a destruction"
    DESTROY = "destroy", "destroy records"
    BACKUP = "backup", "back up the log"
    RESTORE = "restore", "restore a backup or acknowledge a warning"
    CONTACTS = "contacts", "change the contacts"
    PEOPLE = "people", "add, change or remove people"


def rights_of(role: Role) -> frozenset[Right]:
    """Return the rights of a role.

    Who sets periods and asks for a destruction does not carry it out, so no role has both.
    """
    reading = {Right.LOOK, Right.VERIFY}
    match role:
        case Role.ADMINISTRATOR:
            return frozenset(Right) - {Right.RETENTION}
        case Role.RECORDS_OFFICER:
            return frozenset(
                {*reading, Right.EXPORT, Right.DUTIES, Right.REQUESTS, Right.REVIEW, Right.HOLD, Right.RETENTION}
            )
        case Role.AUDITOR:
            return frozenset(reading)
        case _:
            assert_never(role)


def roles_with(right: Right) -> tuple[Role, ...]:
    """Return the roles that have a right."""
    return tuple(role for role in Role if right in rights_of(role))
