"""Three desks: a new version is published, installed between encounters and seen; an unsigned one is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from db.district.connection import connected
from db.district.enrolling import enroll
from db.district.fleet import DeskStatus, desks
from db.district.private_server import PrivateServer
from db.district.publishing import Publication, publish
from kiosk.app.bootstrap import desk_of
from kiosk.app.waiting_bundle import WaitingBundle
from kiosk.district.fleet import Color, DeskLine, lines
from kiosk.district.settings import DistrictSettings, save_district
from kiosk.errors import Exit
from kiosk.packs.bundle.bundle import read_bundle
from kiosk.record.disclosure.levels import Level
from kiosk.settings import read_settings
from kiosk.system.clock import SystemClock
from tests.db.district.desks import asked
from tests.db.district.test_publishing import publisher
from tests.district.test_sender import Enrolled, sent
from tests.homes import CONTACTS, a_home
from tests.packs.bundle.made import OF_LINCOLN, OF_OAK, OTHER_SIGNER, SCHOOL, YESTERDAY, a_bundle
from tests.typed import Typed, set_up

__all__ = ["publisher"]

OAK = "Oak Street School"
SECRET = "a made-up secret of a desk"  # noqa: S105 - made up


@dataclass(frozen=True)
class District:
    """A store, its publisher, and desks."""

    server: PrivateServer
    database: str
    publisher: str
    desks: tuple[Typed, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """The options that name the store, for its publisher."""
        return ("--server", str(self.server.folder), "--database", self.database, "--role", self.publisher)

    def all_send(self) -> list[DeskStatus]:
        """Let every desk send and fetch, and return how each is."""
        for desk in self.desks:
            assert sent(Enrolled(desk.home, self.server, self.database)).failure is None
        with connected(self.server.address(self.database, f"auditor_{self.database}")) as store:
            return desks(store)

    def all_look(self) -> None:
        """Let every kiosk look for a bundle, install it between encounters, and open again."""
        for desk in self.desks:
            bundle = WaitingBundle(desk.home, SystemClock())
            bundle.look()
            if bundle.ready():
                bundle.install()
            opened(desk)


def opened(desk: Typed) -> None:
    """Open the kiosk of a desk, and close it."""
    opener = desk_of(desk.home, read_settings(desk.home), practice=False, clock=SystemClock())[2]
    opener.open().end_session()
    opener.close()


def protocols(found: Iterable[DeskStatus]) -> list[str]:
    """The protocol of each desk."""
    return [one.log.protocol if one.log else "" for one in found]


def a_line(status: DeskStatus) -> DeskLine:
    """How a desk is, right after its last contact."""
    assert status.log is not None
    return lines([status], status.log.last_contact)[0]


@pytest.fixture
def district(
    server: PrivateServer, database: str, publisher: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> District:
    """Two desks of Lincoln and one of Oak, live, of which one sends only statistics."""
    asked(server, database, f"CREATE ROLE auditor_{database} LOGIN IN ROLE district_auditor")
    made = list[Typed]()
    of_desks = ("front", SCHOOL, Level.FULL), ("gym", SCHOOL, Level.STATISTICS), ("oak", OAK, Level.PUBLIC)
    for name, school, level in of_desks:
        (tmp_path / name).mkdir()
        typed = Typed(a_home(tmp_path / name, contacts=CONTACTS.replace(SCHOOL, school)), capsys)
        set_up(typed, typed.home)
        assert typed("setup", "--school", school).code == Exit.DONE
        with connected(server.address(database)) as store:
            role = enroll(store, school, name, level.value, SECRET)
        secret = typed.home.path / "district.secret"
        secret.write_text(SECRET, encoding="utf-8")
        secret.chmod(0o600)
        settings = DistrictSettings("made-up", (str(server.folder),), database, role, secret.name, level)
        save_district(typed.home, settings)
        opened(typed)
        made.append(typed)
    return District(server, database, publisher, tuple(made))


def test_a_new_version_reaches_three_desks_and_an_unsigned_one_none(district: District, tmp_path: Path) -> None:
    """Each gets the contacts of its own school; the status names what each runs, and who lacks the newest."""
    assert protocols(district.all_send()) == ["small 2026.1"] * 3
    file = tmp_path / "good.bundle"
    file.write_bytes(a_bundle(tmp_path / "good"))
    told = district.desks[0]("district", "publish", str(file), *district.options)
    assert (told.code, "small 2026.2 is published" in told.out) == (Exit.DONE, True), told
    before = district.all_send()
    assert ([a_line(one).color for one in before], protocols(before)) == ([Color.AMBER] * 3, ["small 2026.1"] * 3)
    assert "It has not installed small 2026.2" in a_line(before[0]).problems[0]
    district.all_look()
    after = district.all_send()
    assert ([a_line(one).color for one in after], protocols(after)) == ([Color.GREEN] * 3, ["small 2026.2"] * 3)
    contacts = [desk.home.contacts_file.read_text(encoding="utf-8") for desk in district.desks]
    assert contacts == [OF_LINCOLN, OF_LINCOLN, OF_OAK]
    assert [OF_OAK.encode() in (desk.home.sending / "published.bundle").read_bytes() for desk in district.desks] == [
        False,
        False,
        True,
    ]

    made = YESTERDAY + timedelta(hours=1)
    wrong = read_bundle(a_bundle(tmp_path / "wrong", "2026.3", made=made, signer=OTHER_SIGNER), None)
    with connected(district.server.address(district.database, district.publisher)) as store:
        parts = {school: wrong.part(school) for school in ("", SCHOOL, OAK)}
        publish(store, Publication(made, wrong.name, "small", "2026.3", "c" * 64, parts))
    district.all_send()
    district.all_look()
    refused = district.all_send()
    assert protocols(refused) == ["small 2026.2"] * 3
    for one in refused:
        assert a_line(one).color is Color.AMBER
        assert "the superintendent's key did not sign it" in a_line(one).problems[0]
    for desk in district.desks:
        assert "signature is not valid" in desk("doctor").out


def test_a_bundle_for_one_school_waits_at_no_other(district: District, tmp_path: Path) -> None:
    """The desks of the other school run the newest that is for them."""
    file = tmp_path / "oak.bundle"
    file.write_bytes(a_bundle(tmp_path / "pack", schools=(OAK, "Elm Street School"), contacts=(OF_OAK,)))
    told = district.desks[0]("district", "publish", str(file), *district.options)
    assert (told.code, "Elm Street School" in told.err) == (Exit.DONE, True)
    assert [one.published is not None for one in district.all_send()] == [False, False, True]
    district.all_look()
    after = district.all_send()
    assert protocols(after) == ["small 2026.1", "small 2026.1", "small 2026.2"]
    assert all(one.runs_published for one in after)


def test_what_is_no_newer_bundle_is_not_published(district: District, tmp_path: Path) -> None:
    """Twice the same, a file that is none, a role that is no publisher's."""
    typed, file = district.desks[0], tmp_path / "bundle"
    file.write_bytes(a_bundle(tmp_path / "good"))
    assert typed("district", "publish", str(file), *district.options).code == Exit.DONE
    typed.refused(Exit.REFUSED, "district", "publish", str(file), *district.options)
    file.write_bytes(b"no bundle")
    typed.refused(Exit.REFUSED, "district", "publish", str(file), *district.options)
    typed.refused(Exit.USAGE, "district", "publish", str(tmp_path / "missing"), *district.options)
