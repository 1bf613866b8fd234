"""What a bundle changes at a desk, and each reason for refusing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import Refused, UsageError
from kiosk.packs.bundle.judging import BundlePlan, DeskState, judge
from kiosk.packs.bundle.refused import BundleRefused
from kiosk.packs.install import install
from kiosk.packs.library import Library
from kiosk.record.pack_entries import BundleRefusal, InstalledBundle, PackRefusal
from kiosk.settings import Home, Settings
from tests.homes import CONTACTS, PACK, PUBLIC
from tests.packs.bundle.made import INSIDE, OF_LINCOLN, OF_OAK, SCHOOL, YESTERDAY, a_bundle, drafted

NOW = datetime.now(UTC)
SETTINGS = Settings(school=SCHOOL, protocol="small", superintendent_key=PUBLIC)
DESK = DeskState(SETTINGS, NOW)


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A home with contacts, and no protocol yet."""
    home = Home(tmp_path / "home")
    home.path.mkdir()
    home.contacts_file.write_text(CONTACTS, encoding="utf-8")
    return home


def refused(home: Home, data: bytes, state: DeskState = DESK) -> BundleRefused:
    """The refusal of a bundle."""
    with pytest.raises(BundleRefused) as error:
        judge(home, data, state)
    return error.value


def installed(home: Home, plan: BundlePlan) -> None:
    """Put the parts of a plan in place."""
    if plan.new_protocol:
        install(Library(home), plan.found, plan.approval)
    for data, file in ((plan.contacts, home.contacts_file), (plan.settings, home.district_file)):
        if data is not None:
            file.write_bytes(data)


def test_a_bundle_changes_what_differs(desk: Home, tmp_path: Path) -> None:
    """Protocol, settings, contacts; and nothing once all of it is here."""
    data = a_bundle(tmp_path / "pack")
    plan = judge(desk, data, DESK)
    assert plan.changed == ("protocol", "settings", "contacts")
    assert (plan.settings, plan.contacts) == (INSIDE.encode(), OF_LINCOLN.encode())
    installed(desk, plan)
    again = judge(desk, data, replace(DESK, installed=plan.installed))
    assert again.changed == ()
    assert again.installed == plan.installed


def test_what_the_school_changed_since_stays(desk: Home, tmp_path: Path) -> None:
    """Contacts that came before don't come again; other ones do. A closed day stays, and another choice does not."""
    plan = judge(desk, a_bundle(tmp_path / "first"), DESK)
    installed(desk, plan)
    state = replace(DESK, installed=plan.installed)
    desk.contacts_file.write_text(CONTACTS, encoding="utf-8")
    desk.district_file.write_text(f"{INSIDE}closed_days: [2026-11-26]\n", encoding="utf-8")
    second = judge(desk, a_bundle(tmp_path / "second", "2026.3", made=YESTERDAY + timedelta(hours=1)), state)
    assert second.changed == ("protocol",)
    assert second.installed.contacts == plan.installed.contacts
    desk.district_file.write_text(INSIDE.replace("inside", "outside"), encoding="utf-8")
    other = OF_LINCOLN.replace("890-555-0263", "890-555-0264")
    third = a_bundle(tmp_path / "third", "2026.3", made=YESTERDAY + timedelta(hours=2), contacts=(other,))
    plan = judge(desk, third, state)
    assert (plan.changed, plan.contacts) == (("protocol", "settings", "contacts"), other.encode())


def test_a_bundle_without_settings_and_contacts_leaves_those_of_the_desk(desk: Home, tmp_path: Path) -> None:
    """They must fit its protocol."""
    data = a_bundle(tmp_path / "pack", settings=None, contacts=(OF_OAK,))
    desk.district_file.write_text(INSIDE, encoding="utf-8")
    assert judge(desk, data, DESK).changed == ("protocol",)
    desk.district_file.write_text(INSIDE.replace("inside", "nowhere"), encoding="utf-8")
    assert refused(desk, data).why is BundleRefusal.SETTINGS
    desk.district_file.unlink()
    desk.contacts_file.write_text(CONTACTS.replace("  office:", "  nobody:"), encoding="utf-8")
    assert refused(desk, data).why is BundleRefusal.CONTACTS
    desk.contacts_file.unlink()
    assert refused(desk, data).why is BundleRefusal.CONTACTS


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (replace(SETTINGS, school=""), BundleRefusal.SETUP),
        (replace(SETTINGS, superintendent_key=""), BundleRefusal.NO_KEY),
        (replace(SETTINGS, school="Another school"), BundleRefusal.OTHER_SCHOOL),
        (replace(SETTINGS, protocol="another"), BundleRefusal.OTHER_PROTOCOL),
    ],
)
def test_a_bundle_is_only_for_some_desks(desk: Home, tmp_path: Path, settings: Settings, why: BundleRefusal) -> None:
    """Of its schools, with its protocol and the key that signed it."""
    data = a_bundle(tmp_path / "pack", schools=(SCHOOL,), contacts=(OF_LINCOLN,))
    assert refused(desk, data, replace(DESK, settings=settings)).why is why
    assert sorted(one.name for one in desk.path.iterdir()) == ["contacts.yaml"]


def test_an_older_bundle_is_refused_and_the_same_one_is_not(desk: Home, tmp_path: Path) -> None:
    """Nor is another one of the same second taken."""
    data = a_bundle(tmp_path / "pack")
    plan = judge(desk, data, DESK)
    later = replace(plan.installed, name="0" * 64, made=f"{YESTERDAY + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}")
    assert refused(desk, data, replace(DESK, installed=later)).why is BundleRefusal.OLDER
    same = InstalledBundle("0" * 64, plan.installed.made)
    assert refused(desk, data, replace(DESK, installed=same)).why is BundleRefusal.OLDER
    assert judge(desk, data, replace(DESK, installed=plan.installed)).approval.version == "2026.2"


def test_a_bundle_of_the_future_is_refused(desk: Home, tmp_path: Path) -> None:
    """It would make all others too old. The clocks may differ by a day."""
    made = NOW.replace(microsecond=0) + timedelta(hours=23)
    assert judge(desk, a_bundle(tmp_path / "near", made=made), DESK).new_protocol
    found = refused(desk, a_bundle(tmp_path / "far", made=made + timedelta(hours=2)))
    assert (found.why, found.made) == (BundleRefusal.LATER, f"{made + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}")


def test_a_protocol_that_may_not_run_here_is_refused(desk: Home, tmp_path: Path) -> None:
    """By the rules of `kiosk protocol install`; the reason is kept too."""
    data = a_bundle(tmp_path / "pack")
    lower = replace(DESK, versions=(("2027.1", "f" * 64),))
    found = refused(desk, data, lower)
    assert (found.why, found.of_protocol) == (BundleRefusal.PROTOCOL, PackRefusal.LOWER)
    assert (len(found.name), found.made) == (64, f"{YESTERDAY:%Y-%m-%dT%H:%M:%SZ}")
    due = replace(DESK, now=datetime(2100, 1, 1, tzinfo=UTC))
    assert refused(desk, data, due).of_protocol is PackRefusal.OVERDUE


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"settings": INSIDE.replace("inside", "nowhere")}, UsageError),
        ({"contacts": (OF_LINCOLN, OF_LINCOLN)}, UsageError),
        ({"contacts": (OF_OAK,), "schools": (SCHOOL,)}, UsageError),
        ({"contacts": (OF_LINCOLN.replace("roles:", "start: gone\nroles:"),)}, UsageError),
        ({"contacts": (OF_LINCOLN.replace("roles:", "slots: {room: A}\nroles:"),)}, UsageError),
        ({"contacts": (OF_LINCOLN.replace("roles:", "roles:\n  nobody: []"),)}, UsageError),
        ({"contacts": (OF_LINCOLN.replace("890-555-0263", "860-555-0142"),)}, UsageError),
        ({"schools": (" ",), "contacts": ()}, UsageError),
        ({"made": datetime(2100, 1, 1, tzinfo=UTC)}, Refused),
        ({"pack": PACK.replace("status: final", "status: draft")}, Refused),
    ],
)
def test_the_office_makes_no_bundle_that_desks_refuse(
    tmp_path: Path, given: dict[str, Any], error: type[Exception]
) -> None:
    """A school may fill neither a way through the protocol, nor roles and slots that it does not have."""
    with pytest.raises(error):
        drafted(tmp_path / "pack", **given)
