"""Destruction once people are set up: the officer signs, and an administrator who is somebody else logs in."""

from __future__ import annotations

import pytest

from kiosk.errors import Exit
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.authorization import AuthorizationRefusal as Why
from tests.keeping import OFFICER, authorized, closed, knows_officer, mark, said
from tests.record.people.staff import DANA, REESE, add, as_person, cheap_passphrases, with_people
from tests.typed import Typed

pytestmark = pytest.mark.usefixtures("synchronized")


def test_only_another_person_who_logs_in_destroys(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a name alone, not a role without the right, not the signer, also as an administrator."""
    cheap_passphrases(monkeypatch)
    home = typed.home
    no = closed(home)
    mark(typed)
    knows_officer(home)
    with_people(typed)
    assert add(typed, OFFICER, "administrator", by=DANA).code == Exit.DONE
    note = str(authorized(home, no))
    words = "log", "retention", "destroy", "--authorization", note, "--reason", "Period over", "--yes"
    typed.refused(Exit.USAGE, *words, "--by", DANA)
    typed.refused(Exit.REFUSED, *words, *as_person(home, REESE))
    typed.refused(Exit.REFUSED, *words, *as_person(home, OFFICER))
    assert [kept.body["why"] for kept in said(home, EntryKind.AUTHORIZATION_REFUSED)] == [Why.SAME_PERSON]
    assert typed(*words, *as_person(home, DANA)).code == Exit.DONE
    (gone,) = said(home, EntryKind.RECORD_DESTROYED)
    assert (gone.body["authorized_by"], gone.body["by"]) == (OFFICER, DANA)
