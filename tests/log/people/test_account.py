"""The limit of passphrases: they name who acts through the program, and keep nobody from the file."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused
from kiosk.log.archive import open_history
from kiosk.log.intake.checks import require_enterable
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.logins import Viewed, viewed
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.record.people.staff import with_a_record_and_people


@pytest.fixture
def home(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with one record, an administrator and an auditor."""
    with_a_record_and_people(home, monkeypatch)
    return home


def test_the_file_is_read_without_a_passphrase(home: Home) -> None:
    """Whoever owns the account needs no kiosk for it. `db/README.md` says so."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        values = [row[0] for row in connection.execute("SELECT body FROM disclosure")]
    content = b"".join(base64.urlsafe_b64decode(value + b"=" * (-len(value) % 4)) for value in values)
    assert b"An agency" in content


def test_a_changed_program_writes_any_name(home: Home) -> None:
    """The rule refuses the entry; a program without the rule writes it."""
    forged = viewed(Viewed.LIST, by="A. Example")
    with pytest.raises(Refused):
        require_enterable(home, "live", [forged])
    append_entry(home, "live", FixedClock(), forged)
    with closing(open_history(home, "live")) as log:
        assert [decode(one).body["by"] for one in log.of_kind(EntryKind.RECORD_VIEWED)] == ["A. Example"]
