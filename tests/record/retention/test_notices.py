"""Destructions in words, one notice for each authorization."""

from __future__ import annotations

from datetime import date

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.notices import DestructionNotice, notices
from tests.record.retention.logged import TODAY, logged

DESTROYED = EntryKind.RECORD_DESTROYED


def test_the_records_of_one_authorization_are_one_notice() -> None:
    """In the order of their first entry."""
    one = {"authorization": "1", "by": "Dana Ruiz", "authorized_by": "Pat Example", "reference": "R 1"}
    two = {**one, "authorization": "2", "reference": "R 2"}
    found = notices([logged(DESTROYED, one, day=date(2026, 1, 2)), logged(DESTROYED, two), logged(DESTROYED, two)])
    assert found == [
        DestructionNotice(date(2026, 1, 2), 1, "Dana Ruiz", "Pat Example", "R 1"),
        DestructionNotice(TODAY, 2, "Dana Ruiz", "Pat Example", "R 2"),
    ]
    who = "destroyed by Dana Ruiz, authorized by Pat Example under R 1."
    assert str(found[0]) == f"On 2026-01-02, the details of 1 record were {who}"


def test_an_entry_without_values_is_a_notice_of_its_own() -> None:
    """No entry of a destruction is left out because it lacks something."""
    bare = [logged(DESTROYED, {}, event_id=name) for name in ("a", "b")]
    assert notices(bare) == [DestructionNotice(TODAY, 1, "?", "?", "?")] * 2
