"""A published bundle at a desk: checked once, refused with a reason that is kept, installed when the kiosk says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app import waiting_bundle
from kiosk.app.bootstrap import desk_of
from kiosk.app.bundles import judged_here
from kiosk.app.waiting_bundle import AGAIN_S, Verdict, WaitingBundle, checked
from kiosk.district.publication import published_file, refused_bundle
from kiosk.district.status import home_warnings
from kiosk.doctor.check import Check, State
from kiosk.doctor.district import check_district
from kiosk.errors import StoreUnusable
from kiosk.packs.bundle.refused import BundleRefused
from kiosk.packs.library import Library
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home, read_settings
from kiosk.system.clock import SystemClock
from tests.homes import CONTACTS, PUBLIC
from tests.packs.bundle.made import OF_LINCOLN, OTHER_SIGNER, YESTERDAY, a_bundle
from tests.packs.test_in_force import entries
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)

ENROLLED = """\
district = "made-up"
servers = ["/nowhere"]
database = "kiosk"
role = "desk"
secret = "secret"
level = "full"
"""


@dataclass
class Desk:
    """A desk, its waiting bundle, and how often that was checked."""

    home: Home
    checks: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.bundle = WaitingBundle(self.home, SystemClock(), self.check)
        self.home.enrollment_file.write_text(ENROLLED, encoding="utf-8")
        self.home.enrollment_file.chmod(0o600)
        self.home.sending.mkdir(exist_ok=True)

    def check(self, home: Home, file: Path) -> Verdict:
        """Check it as the process does."""
        self.checks.append(file)
        try:
            plan = judged_here(home, file.read_bytes(), SystemClock())
        except BundleRefused as error:
            why = {"bundle": error.name, "made": error.made, "why": error.why, "of_protocol": error.of_protocol}
            return Verdict(error.known, (), why | {"what": error.what, "repair": error.repair})
        return Verdict(plan.known, plan.changed, None)

    def gets(self, data: bytes) -> None:
        """The sender fetched this."""
        published_file(self.home).write_bytes(data)

    def version(self) -> str:
        """The version in use."""
        protocol = Library(self.home).find("small").protocol
        assert protocol is not None
        return protocol.release.version

    def findings(self) -> list[Check]:
        """What the daily check says of the district's bundle."""
        return [one for one in check_district(self.home, SystemClock()) if "bundle" in one.words]

    def warnings(self) -> list[str]:
        """The ids of what the home screen says."""
        return [str(one.text_id) for one in home_warnings(self.home, SystemClock().now().wall_us)]


@pytest.fixture
def desk(typed: Typed) -> Desk:
    """A live desk of a district."""
    return Desk(typed.home)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets seconds pass."""
    now = [1000.0]
    monkeypatch.setattr(waiting_bundle, "monotonic", lambda: now[0])

    def pass_s(seconds: float) -> None:
        now[0] += seconds

    return pass_s


def test_a_bundle_is_checked_once_and_installed_when_the_kiosk_says_so(
    desk: Desk, tmp_path: Path, later: Callable[[float], None]
) -> None:
    """With its entry; then nothing waits any more."""
    desk.bundle.look()
    assert not desk.bundle.ready()
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.bundle.look()
    desk.bundle.look()
    assert (desk.bundle.ready(), len(desk.checks), desk.version()) == (True, 1, "2026.1")
    desk.bundle.install()
    assert (desk.bundle.ready(), desk.version()) == (False, "2026.2")
    assert desk.home.contacts_file.read_text(encoding="utf-8") == OF_LINCOLN
    assert len(entries(desk.home, EntryKind.BUNDLE_INSTALLED)) == 1
    later(AGAIN_S)
    desk.bundle.look()
    assert (desk.bundle.ready(), len(desk.checks)) == (False, 1)
    assert (desk.findings(), desk.warnings()) == ([], [])


def test_a_refused_bundle_is_told_with_the_reason_until_a_good_one_comes(
    desk: Desk, tmp_path: Path, later: Callable[[float], None]
) -> None:
    """On the home screen, in the daily check and in the log; once, though it is checked again."""
    desk.gets(a_bundle(tmp_path / "wrong", signer=OTHER_SIGNER))
    desk.bundle.look()
    assert (desk.bundle.ready(), desk.version()) == (False, "2026.1")
    (found,) = desk.findings()
    assert (found.state, "signature" in found.words, bool(found.repair)) == (State.AMBER, True, True)
    assert desk.warnings() == ["district.bundle"]
    later(AGAIN_S)
    desk.bundle.look()
    assert len(desk.checks) == 2
    (entry,) = entries(desk.home, EntryKind.BUNDLE_REFUSED)
    assert entry.body["why"] == "bad-signature"
    desk.gets(a_bundle(tmp_path / "right"))
    desk.bundle.look()
    assert (desk.bundle.ready(), desk.findings(), desk.warnings()) == (True, [], [])


def test_a_desk_that_was_repaired_installs_what_it_refused(
    desk: Desk, tmp_path: Path, later: Callable[[float], None]
) -> None:
    """Within an hour."""
    desk.home.contacts_file.write_text(CONTACTS.replace("  office:", "  nobody:"), encoding="utf-8")
    desk.gets(a_bundle(tmp_path / "pack", contacts=()))
    desk.bundle.look()
    assert refused_bundle(desk.home) is not None
    desk.home.contacts_file.write_text(CONTACTS, encoding="utf-8")
    desk.bundle.look()
    assert not desk.bundle.ready()
    later(AGAIN_S)
    desk.bundle.look()
    assert (desk.bundle.ready(), refused_bundle(desk.home)) == (True, None)


def test_a_newer_protocol_of_the_desk_itself_is_no_fault_of_an_older_bundle(
    desk: Desk, typed: Typed, tmp_path: Path
) -> None:
    """It was installed; what came later by hand stays, and nothing is told."""
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.bundle.look()
    desk.bundle.install()
    a_bundle(tmp_path / "newer", "2026.3")
    assert typed("protocol", "install", str(tmp_path / "newer")).code == 0
    again = Desk(desk.home)
    again.bundle.look()
    assert (again.bundle.ready(), refused_bundle(desk.home), desk.version()) == (False, None, "2026.3")


def test_a_bundle_that_a_newer_one_replaced_meanwhile_is_not_installed(desk: Desk, tmp_path: Path) -> None:
    """The newer one is checked first."""
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.bundle.look()
    desk.gets(a_bundle(tmp_path / "newer", "2026.3", made=YESTERDAY + timedelta(hours=1)))
    desk.bundle.install()
    assert desk.version() == "2026.1"
    desk.bundle.look()
    desk.bundle.install()
    assert desk.version() == "2026.3"


def test_what_can_not_be_installed_is_told_and_stops_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk leaves the version before."""
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.bundle.look()

    def full(*_: object) -> None:
        raise StoreUnusable("The disk is full.", "Free some space.")

    monkeypatch.setattr("kiosk.app.bundles.store", full)
    desk.bundle.install()
    assert (desk.version(), desk.warnings()) == ("2026.1", ["district.bundle"])
    (found,) = desk.findings()
    assert ("The disk is full." in found.words, found.repair) == (True, "Free some space.")


def test_what_was_installed_in_part_is_completed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a power cut: the contacts are there, and the protocol and the entry are not."""
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.bundle.look()
    monkeypatch.setattr("kiosk.app.bundles.install", _unusable)
    desk.bundle.install()
    assert (desk.home.contacts_file.read_text(encoding="utf-8"), desk.version()) == (OF_LINCOLN, "2026.1")
    monkeypatch.undo()
    again = Desk(desk.home)
    again.bundle.look()
    again.bundle.install()
    assert (desk.version(), refused_bundle(desk.home)) == ("2026.2", None)
    assert len(entries(desk.home, EntryKind.BUNDLE_INSTALLED)) == 1


@pytest.mark.stage(Stage.SET_UP)
def test_a_desk_in_practice_becomes_live(typed: Typed, tmp_path: Path) -> None:
    """It has a key, and its first approved protocol comes from the district."""
    assert typed("setup", "--superintendent-key", PUBLIC).code == 0
    desk = Desk(typed.home)
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.bundle.look()
    desk.bundle.install()
    force, _, opener = desk_of(desk.home, read_settings(desk.home), practice=False, clock=SystemClock())
    opener.open().end_session()
    opener.close()
    assert (force.mode, desk.version()) == ("live", "2026.2")


def test_a_log_that_is_used_gets_the_entry_later(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundle is in place; the same one is installed again for its entry."""
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.bundle.look()
    monkeypatch.setattr("kiosk.app.bundles.bootstrap.enter", _unusable)
    desk.bundle.install()
    assert (desk.version(), entries(desk.home, EntryKind.BUNDLE_INSTALLED)) == ("2026.2", [])
    monkeypatch.undo()
    again = Desk(desk.home)
    again.bundle.look()
    assert again.bundle.ready()
    again.bundle.install()
    assert len(entries(desk.home, EntryKind.BUNDLE_INSTALLED)) == 1


def _unusable(*_: object) -> int:
    raise StoreUnusable("The log is used by another program.", "Try again.")


def test_a_home_without_a_district_installs_nothing(desk: Desk, tmp_path: Path) -> None:
    """Whatever file is there."""
    desk.gets(a_bundle(tmp_path / "pack"))
    desk.home.enrollment_file.unlink()
    desk.bundle.look()
    assert (desk.checks, desk.bundle.ready(), desk.warnings()) == ([], False, [])


def test_the_process_that_checks_says_what_the_kiosk_needs(desk: Desk, tmp_path: Path) -> None:
    """A bundle, one that is refused, and a file that is missing."""
    desk.gets(a_bundle(tmp_path / "pack"))
    assert checked(desk.home, published_file(desk.home)) == Verdict(
        known=False, changed=("protocol", "settings", "contacts"), refused=None
    )
    desk.gets(b"no bundle")
    found = checked(desk.home, published_file(desk.home))
    assert found is not None
    assert found.refused is not None
    assert (found.refused["why"], found.is_done) == ("unreadable", False)
    assert checked(desk.home, tmp_path / "missing") is None
    assert desk.version() == "2026.1"


def test_a_check_that_fails_is_no_verdict(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again at the next look."""
    monkeypatch.setattr(waiting_bundle, "PROGRAM", ("false",))
    assert checked(desk.home, published_file(desk.home)) is None
    desk.bundle = WaitingBundle(desk.home, SystemClock(), lambda *_: None)
    desk.gets(b"x")
    desk.bundle.look()
    assert (desk.bundle.ready(), refused_bundle(desk.home)) == (False, None)
