"""Which pack may be installed, what installing puts into the home, and what the log gives back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.packs.install import Version, examined, install, restore_last_approved
from kiosk.packs.library import Library, Refusal
from kiosk.record.approval import Approval
from kiosk.record.entries import encode
from kiosk.record.pack_entries import PackRefusal, kept_entry
from kiosk.settings import Home, Settings
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog
from tests.homes import CONTACTS, PACK, PUBLIC, SCENARIOS, approved

TODAY = date(2026, 9, 14)
SETTINGS = Settings(school="Lincoln Elementary School", protocol="small", superintendent_key=PUBLIC)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The packs of a home that has contacts and no pack."""
    home = Home(tmp_path / "home")
    home.path.mkdir()
    home.contacts_file.write_text(CONTACTS, encoding="utf-8")
    return Library(home)


def a_pack(folder: Path, version: str = "2026.1", pack: str = PACK) -> Path:
    """The folder of a signed pack of that version."""
    folder.mkdir()
    (folder / "protocol.yaml").write_text(pack.replace('"2026.1"', f'"{version}"'), encoding="utf-8")
    (folder / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    approved(folder)
    return folder


def result(
    library: Library,
    folder: Path,
    settings: Settings = SETTINGS,
    today: date = TODAY,
    activated: Iterable[Version] = (),
) -> PackRefusal | str:
    """Why the pack is refused, else the version that may be installed."""
    found = examined(library, library.at(folder), settings, today, activated)
    return found.code if isinstance(found, Refusal) else found.version


def installed(library: Library, folder: Path) -> Approval:
    """Install the pack, which must be good, and return its approval."""
    found = library.at(folder)
    approval = examined(library, found, SETTINGS, TODAY)
    assert isinstance(approval, Approval)
    install(library, found, approval)
    return approval


def test_a_good_pack_may_be_installed_until_its_review_date(library: Library, tmp_path: Path) -> None:
    """On that day still."""
    pack = a_pack(tmp_path / "pack")
    assert result(library, pack) == "2026.1"
    assert result(library, pack, today=date(2099, 6, 30)) == "2026.1"
    assert result(library, pack, today=date(2099, 7, 1)) is PackRefusal.OVERDUE


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (replace(SETTINGS, superintendent_key=""), PackRefusal.NO_KEY),
        (replace(SETTINGS, school=""), PackRefusal.SETUP),
    ],
)
def test_a_kiosk_that_is_not_ready_installs_nothing(
    library: Library, tmp_path: Path, settings: Settings, code: PackRefusal
) -> None:
    """Without a key, or without a school."""
    assert result(library, a_pack(tmp_path / "pack"), settings) is code


def test_a_pack_that_is_not_as_approved_is_refused(library: Library, tmp_path: Path) -> None:
    """Changed after approval, without an approval, with an error, with a version that has no order."""
    pack = a_pack(tmp_path / "pack")
    (pack / "protocol.yaml").write_text(PACK.replace("Call.", "Ring."), encoding="utf-8")
    assert result(library, pack) is PackRefusal.ALTERED
    (pack / "approval.note").unlink()
    assert result(library, pack) is PackRefusal.UNSIGNED
    assert result(library, a_pack(tmp_path / "odd", "next")) is PackRefusal.VERSION
    wrong = a_pack(tmp_path / "wrong", pack=PACK.replace("reached: {next: identify}", "reached: {next: call-now}"))
    assert result(library, wrong) is PackRefusal.FINDINGS


def test_contacts_that_do_not_fit_the_pack_are_refused(library: Library, tmp_path: Path) -> None:
    """Missing contacts are of a kiosk that is not set up."""
    pack, contacts = a_pack(tmp_path / "pack"), tmp_path / "home" / "contacts.yaml"
    contacts.write_text(CONTACTS.replace("890-555-0242", "none"), encoding="utf-8")
    assert result(library, pack) is PackRefusal.CONTACTS
    contacts.unlink()
    assert result(library, pack) is PackRefusal.SETUP


def test_only_a_higher_version_follows_an_installed_one(library: Library, tmp_path: Path) -> None:
    """The same pack may be installed again; another of its version, or a lower one, not."""
    first = a_pack(tmp_path / "first", "2026.10")
    installed(library, first)
    assert result(library, first) == "2026.10"
    assert result(library, a_pack(tmp_path / "lower", "2026.9")) is PackRefusal.LOWER
    other = a_pack(tmp_path / "same", "2026.10", PACK.replace("Call.", "Ring."))
    assert result(library, other) is PackRefusal.LOWER
    assert result(library, a_pack(tmp_path / "higher", "2026.11")) == "2026.11"


def test_a_version_that_only_the_log_knows_counts_too(library: Library, tmp_path: Path) -> None:
    """Somebody emptied the home's folder of packs."""
    pack = a_pack(tmp_path / "pack")
    assert result(library, pack, activated=[("2026.2", "5e" * 32)]) is PackRefusal.LOWER
    assert result(library, pack, activated=[("2025.9", "5e" * 32)]) == "2026.1"


def test_installing_puts_the_pack_in_force_and_keeps_a_second_copy(library: Library, tmp_path: Path) -> None:
    """The folder that it came from is needed no more."""
    approval = installed(library, a_pack(tmp_path / "pack"))
    (tmp_path / "pack" / "protocol.yaml").unlink()
    force = library.in_force(SETTINGS, TODAY)
    assert (force.mode, force.approval) == ("live", approval)
    assert library.kept(approval.content_hash) is not None
    assert library.own("small").is_dir()


def test_a_pack_that_was_lost_comes_back_from_the_log(library: Library, tmp_path: Path) -> None:
    """Only when it is better than the running one, and only with this kiosk's key."""
    found = library.at(a_pack(tmp_path / "pack"))
    approval = examined(library, found, SETTINGS, TODAY)
    assert isinstance(approval, Approval)
    assert found.protocol is not None
    log = MemoryLog()
    entry = kept_entry(found.protocol, found.content_hash, found.content, found.note.decode())
    log.append([encode(entry, origin=log.origin, seq=0, event_id="event-0", at=FixedClock().now())])

    assert not restore_last_approved(library, log, replace(SETTINGS, superintendent_key=""), None, TODAY)
    assert not restore_last_approved(library, log, SETTINGS, None, date(2025, 12, 31))
    assert not restore_last_approved(library, log, SETTINGS, approval, TODAY)
    assert library.kept(found.content_hash) is None
    assert restore_last_approved(library, log, SETTINGS, None, TODAY)
    kept = library.kept(found.content_hash)
    assert kept is not None
    assert kept.note == found.note
