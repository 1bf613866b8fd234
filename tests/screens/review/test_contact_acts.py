"""Contacts at the review screens: a number is changed by typing it, looked at, and saved; what is refused stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.app.review import LogReview
from kiosk.i18n.strings import text
from kiosk.protocol.site.contacts import read_contacts
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from tests.desk.test_contact_changes import session
from tests.screens.acting import a_stand, acting
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)
NEW = "890-555-0299"


def phone(home: Home) -> str:
    """The number of the first person in the home's role."""
    contacts = read_contacts(home.contacts_file.read_bytes(), "f").contacts
    assert contacts is not None
    return contacts.roles["office"][0].phone


async def test_a_number_is_changed_at_the_desk(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A mistyped number stays in the box with the reason; the preview has old and new; then it is undone."""
    assert typed.home.path.parent == tmp_path
    session(home)
    stand = a_stand()
    reviewer = LogReview(home, "live", SystemClock(), by="Rosa Kern")
    async with acting(replace(stand, services=replace(stand.services, reviewer=lambda: reviewer))) as actor:
        await actor.press("f10", "f5")
        await actor.see(text("records.group.contacts"))
        await actor.click(text("records.group.contacts"))
        await actor.see(text("contacts.act.change"))
        await actor.press("1")
        await actor.see(text("contacts.ask.role"))
        await actor.press("1")
        await actor.see(text("contacts.ask.person"))
        await actor.press("1")
        await actor.see(text("contacts.ask.what"))
        await actor.press("3")
        await actor.see(text("contacts.how.phone"))
        await actor.press("backspace")
        await actor.press("enter")
        await actor.see("can't be dialed")
        assert phone(home) == "890-555-0242"
        await actor.press(*["backspace"] * 11)
        await actor.type(NEW)
        await actor.press("enter")
        await actor.see("890-555-0242 → 890-555-0299")
        assert phone(home) == "890-555-0242"
        await actor.press("1")
        await actor.see(text("contacts.done"))
        assert phone(home) == NEW
        await actor.press("enter")
        await actor.see(text("contacts.act.undo"))
        await actor.press("7")
        await actor.see("890-555-0299 → 890-555-0242")
        await actor.press("1")
        await actor.see(text("contacts.done"))
        assert phone(home) == "890-555-0242"
