"""Contacts that anybody changes are an entry, a line on the home screen, and a day in the daily check."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.app.bootstrap import desk_of
from kiosk.desk.contact_changes import (
    SLOTS,
    RecordedContacts,
    change,
    changed_roles,
    hashes_of,
    recorded_contacts,
    warnings,
)
from kiosk.errors import ReplaceReason
from kiosk.log.replace import replace_log
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.record.entries import Actor
from kiosk.settings import Home, read_settings
from kiosk.system.clock import Clock, FixedClock, SystemClock
from tests.packs.bundle.made import a_bundle
from tests.packs.test_in_force import at_the_desk, entries, home, signed, typed
from tests.running import running_kiosk
from tests.typed import Typed

__all__ = ["home", "typed"]

OFFICE = Contact("The office", phone="860-555-0142")
CONTACTS = Contacts("Lincoln", {"office": (OFFICE,), "nurse": (Contact("A nurse", phone="860-555-0143"),)})
NOW = FixedClock().now()


@pytest.fixture
def live(typed: Typed, home: Home, tmp_path: Path) -> Home:
    """A home that runs live, and had one session."""
    at_the_desk(typed, home)
    assert typed("protocol", "install", str(signed(tmp_path / "pack"))).code == 0
    assert session(home) == ()
    return home


def session(home: Home, clock: Clock | None = None) -> tuple[str, ...]:
    """The kiosk is opened and closed; what the home screen said."""
    opener = desk_of(home, read_settings(home), practice=False, clock=clock or SystemClock())[2]
    desk = opener.open()
    try:
        desk.end_session()
        return tuple(getattr(words, "text_id", words) for words in opener.reasons())
    finally:
        opener.close()


def attack(home: Home) -> str:
    """Another number for the office, put into the file by hand; the new contents."""
    words = home.contacts_file.read_text(encoding="utf-8")
    changed, count = re.subn(r"(\d{3}-\d{3}-\d{3})\d", r"\g<1>9", words)
    assert (count, changed != words) == (1, True)
    home.contacts_file.write_text(changed, encoding="utf-8")
    return changed


def states(typed: Typed) -> dict[str, str]:
    """The states of the daily check, by subject."""
    return {check["name"]: check["state"] for check in typed("doctor", "--json").json["checks"]}


def test_the_first_live_session_records_the_contacts_once(live: Home, typed: Typed) -> None:
    """No role has changed, and nobody is warned."""
    session(live)
    (first,) = entries(live, "contacts.changed")
    assert (first.body["changed"], first.actor) == ([], Actor.KIOSK)
    assert set(first.body["roles"]) == {"office", SLOTS}
    assert "contact-changes" not in states(typed)


def test_a_number_changed_by_hand_is_recorded_and_shown_for_a_week(live: Home, typed: Typed) -> None:
    """Before a session records it, the daily check is amber; afterwards it names the day."""
    attack(live)
    assert states(typed)["contact-changes"] == "amber"
    assert session(live) == session(live) == ("contacts.changed",)
    _, changed = entries(live, "contacts.changed")
    assert (changed.body["changed"], changed.actor) == (["office"], Actor.KIOSK)
    (line,) = [check for check in typed("doctor", "--json").json["checks"] if check["name"] == "contact-changes"]
    assert (line["state"], f"{changed.at.local():%Y-%m-%d}" in line["words"]) == ("green", True)
    assert session(live, FixedClock(datetime(2098, 1, 1, tzinfo=UTC))) == ()
    assert len(entries(live, "contacts.changed")) == 2


def test_contacts_that_the_district_signed_alarm_nobody(live: Home, typed: Typed, tmp_path: Path) -> None:
    """They are recorded all the same. A later change by hand is shown, until the signed file is back."""
    file = tmp_path / "bundle"
    file.write_bytes(a_bundle(tmp_path / "sent"))
    assert typed("setup", "--bundle", str(file)).code == 0
    signed_file = live.contacts_file.read_text(encoding="utf-8")
    assert session(live) == ()
    assert entries(live, "contacts.changed")[-1].body["changed"] == ["office"]
    attack(live)
    assert session(live) == ("contacts.changed",)
    live.contacts_file.write_text(signed_file, encoding="utf-8")
    assert session(live) == ()


def test_an_import_is_recorded_at_once(live: Home, typed: Typed, tmp_path: Path) -> None:
    """By the command; the next session has nothing to add, and still shows it."""
    before, file = live.contacts_file.read_bytes(), tmp_path / "new.yaml"
    file.write_text(attack(live), encoding="utf-8")
    live.contacts_file.write_bytes(before)
    assert typed("contacts", "import", str(file)).code == 0
    assert session(live) == ("contacts.changed",)
    assert [(one.body["changed"], one.actor) for one in entries(live, "contacts.changed")[1:]] == [
        (["office"], Actor.COMMAND)
    ]
    assert typed("contacts", "import", str(file)).code == 0
    assert len(entries(live, "contacts.changed")) == 2


def test_an_import_while_the_kiosk_is_open_is_recorded_by_it(live: Home, typed: Typed, tmp_path: Path) -> None:
    """At once, and only once: the next session finds the same contacts."""
    file = tmp_path / "new.yaml"
    before = live.contacts_file.read_bytes()
    file.write_text(attack(live), encoding="utf-8")
    live.contacts_file.write_bytes(before)
    with running_kiosk(live) as kiosk:
        assert typed("contacts", "import", str(file)).code == 0
        assert (len(entries(live, "contacts.changed")), kiosk.entered) == (2, [0])
    session(live)
    assert [one.actor for one in entries(live, "contacts.changed")] == [Actor.KIOSK, Actor.COMMAND]


def test_an_import_makes_no_log(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A kiosk that was never set up records its contacts when it opens."""
    at_the_desk(typed, home)
    home.log("live").rename(tmp_path / "away.db")
    typed("contacts", "import", str(home.contacts_file))
    assert not home.log("live").exists()


def test_a_new_log_still_knows_the_contacts_of_the_previous_one(live: Home) -> None:
    """A change that comes with a new log is a change, not a first entry."""
    replace_log(live, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    attack(live)
    session(live)
    assert [one.body["changed"] for one in entries(live, "contacts.changed")] == [["office"]]


def test_no_name_and_no_number_is_in_the_entry() -> None:
    """At any level; the hashes of single roles are not for the public."""
    entry = change(CONTACTS, None, Actor.KIOSK)
    assert entry is not None
    words = str(entry.body)
    assert not [secret for secret in ("860", "0142", "nurse,", "The office") if secret in words]


def test_each_difference_changes_its_role_alone() -> None:
    """A person less, a role more, another word of the school."""
    recorded = RecordedContacts(NOW, hashes_of(CONTACTS), ())
    assert changed_roles(CONTACTS, recorded) == ()
    assert change(CONTACTS, recorded, Actor.KIOSK) is None
    for contacts, roles in (
        (replace(CONTACTS, roles={**CONTACTS.roles, "nurse": ()}), ("nurse",)),
        (replace(CONTACTS, roles={"office": (OFFICE,)}), ("nurse",)),
        (replace(CONTACTS, roles={**CONTACTS.roles, "guard": (OFFICE,)}), ("guard",)),
        (replace(CONTACTS, roles={**CONTACTS.roles, "office": (replace(OFFICE, phone="860-555-0199"),)}), ("office",)),
        (replace(CONTACTS, slots={"entrance": "the north door"}), (SLOTS,)),
    ):
        assert changed_roles(contacts, recorded) == roles
        assert [*warnings(contacts, recorded, NOW)] != []
    assert [*warnings(CONTACTS, recorded, NOW)] == []


def test_the_next_record_of_an_open_kiosk_has_the_new_contacts(live: Home) -> None:
    """The log has the change before that record; a file that can't be used changes nothing."""
    opener = desk_of(live, read_settings(live), practice=False, clock=SystemClock())[2]
    desk, today = opener.open(), SystemClock().now().local().date()
    try:
        before = desk.station.contacts
        attack(live)
        desk.station = opener.newest_station(today)
        assert (desk.station.contacts.roles != before.roles, len(opener.reasons())) == (True, 1)
        desk.open()
        *_, changed = entries(live, "contacts.changed")
        (opened,) = entries(live, "encounter.opened")
        assert (changed.body["changed"], changed.seq < opened.seq) == (["office"], True)
        new, words = desk.station, live.contacts_file.read_text(encoding="utf-8")
        for broken in ("{", "", words.replace("phone:", "fone:"), words.replace("890-555-02", "860-555-01")):
            live.contacts_file.write_text(broken, encoding="utf-8")
            assert opener.newest_station(today) == new
    finally:
        opener.close()


def test_an_open_kiosk_has_the_new_closed_days(live: Home) -> None:
    """A file that can't be used changes nothing."""
    opener = desk_of(live, read_settings(live), practice=False, clock=SystemClock())[2]
    today, file = SystemClock().now().local().date(), "kind: settings\nformat: 1\nprotocol: small\nchoices: {}\n"
    live.district_file.write_text(f"{file}closed_days: [{today}]\n", encoding="utf-8")
    station = opener.newest_station(today)
    assert (station.closed_days, station.contacts.special.on(today)) == (frozenset({today}), "closed")
    live.district_file.write_text(f"{file}closed_days: [soon]\n", encoding="utf-8")
    assert opener.newest_station(today) == station


def test_a_home_without_a_log_has_no_recorded_contacts(tmp_path: Path) -> None:
    """Nothing is created to find this out."""
    assert recorded_contacts(Home(tmp_path)) is None
    assert [*tmp_path.iterdir()] == []
