"""Roles and rights: one closed table."""

from __future__ import annotations

import pytest

from kiosk.record.people.roles import Right, Role, rights_of, roles_with

TABLE = {
    Right.LOOK: {Role.ADMINISTRATOR, Role.RECORDS_OFFICER, Role.AUDITOR},
    Right.VERIFY: {Role.ADMINISTRATOR, Role.RECORDS_OFFICER, Role.AUDITOR},
    Right.EXPORT: {Role.ADMINISTRATOR, Role.RECORDS_OFFICER},
    Right.AMEND: {Role.ADMINISTRATOR},
    Right.DUTIES: {Role.ADMINISTRATOR, Role.RECORDS_OFFICER},
    Right.REQUESTS: {Role.ADMINISTRATOR, Role.RECORDS_OFFICER},
    Right.PRESENCE: {Role.ADMINISTRATOR},
    Right.REVIEW: {Role.ADMINISTRATOR, Role.RECORDS_OFFICER},
    Right.HOLD: {Role.ADMINISTRATOR, Role.RECORDS_OFFICER},
    Right.RETENTION: {Role.RECORDS_OFFICER},
    Right.DESTROY: {Role.ADMINISTRATOR},
    Right.BACKUP: {Role.ADMINISTRATOR},
    Right.RESTORE: {Role.ADMINISTRATOR},
    Right.CONTACTS: {Role.ADMINISTRATOR},
    Right.PEOPLE: {Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("right", Right)
def test_each_right_belongs_to_these_roles(right: Right) -> None:
    """A new right is in the table, too."""
    assert set(roles_with(right)) == TABLE[right]


@pytest.mark.parametrize("role", Role)
def test_no_role_both_asks_for_a_destruction_and_carries_it_out(role: Role) -> None:
    """And everybody who is set up may read."""
    assert not {Right.RETENTION, Right.DESTROY} <= rights_of(role)
    assert Right.LOOK in rights_of(role)
