"""`kiosk district bundle` at the office, and `kiosk setup --bundle` at a desk: by stick, without a network."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.errors import Exit
from kiosk.packs.library import Library
from kiosk.record.entry_kinds import EntryKind
from kiosk.settings import Home
from tests.homes import CONTACTS, KEY, PASSPHRASE
from tests.packs.bundle.made import INSIDE, OF_LINCOLN, OF_OAK, OTHER_SIGNER, YESTERDAY, a_bundle, a_pack
from tests.packs.test_in_force import entries
from tests.typed import Stage, Typed, at_a_terminal

pytestmark = pytest.mark.stage(Stage.APPROVED)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """What the office has: an approved pack, settings, contacts of two schools, a key and its passphrase."""
    folder = tmp_path / "office"
    a_pack(folder / "pack")
    (folder / "schools").mkdir()
    for name, words in (
        ("settings.yaml", INSIDE),
        ("schools/lincoln.yaml", OF_LINCOLN),
        ("schools/oak.yaml", OF_OAK),
        ("passphrase", PASSPHRASE),
    ):
        (folder / name).write_text(words, encoding="utf-8")
    (folder / "key").write_bytes(KEY)
    return folder


def bundle_words(office: Path, to: str = "bundle") -> tuple[str, ...]:
    """The command that makes the bundle."""
    parts = ("--settings", str(office / "settings.yaml"), "--contacts", str(office / "schools"))
    key = ("--key", str(office / "key"), "--passphrase-file", str(office / "passphrase"))
    return ("district", "bundle", str(office / "pack"), *parts, *key, "-o", str(office / to))


def saved(folder: Path, data: bytes) -> str:
    """The path of a file with a bundle."""
    path = folder / "from-office.bundle"
    path.write_bytes(data)
    return str(path)


def everything_in(home: Home) -> dict[str, bytes]:
    """All files of a home but its log."""
    names = ("kiosk.toml", "contacts.yaml", "contacts.before", "settings.yaml", "settings.yaml.before")
    files = [*(home.path / name for name in names), *home.path.glob("protocols/**/*"), *home.path.glob("packs/**/*")]
    return {str(file): file.read_bytes() for file in files if file.is_file()}


def test_a_bundle_goes_by_stick_from_the_office_to_a_desk(typed: Typed, office: Path) -> None:
    """Made, shown, installed, entered; the desk runs it live."""
    home = typed.home
    told = typed(*bundle_words(office))
    assert told.code == Exit.DONE, told
    assert "Contacts of 2 schools: Lincoln Elementary School, Oak Street School." in told.err
    before = everything_in(home)
    shown = typed("setup", "--bundle", str(office / "bundle"), "--preview")
    assert (shown.code, everything_in(home) == before) == (Exit.DONE, True)
    assert "Protocol: 2026.1 → 2026.2, approved by A. Example on 2026-08-01." in shown.out
    assert "Setting wait-place: outside → inside." in shown.out
    assert "890-555-0263" in shown.out
    told = typed("setup", "--bundle", str(office / "bundle"))
    assert told.code == Exit.DONE, told
    assert home.contacts_file.read_text(encoding="utf-8") == OF_LINCOLN
    assert home.previous_contacts_file.read_text(encoding="utf-8") == CONTACTS
    assert home.district_file.read_text(encoding="utf-8") == INSIDE
    assert Library(home).find("small").protocol.release.version == "2026.2"  # type: ignore[union-attr]
    (entry,) = entries(home, EntryKind.BUNDLE_INSTALLED)
    assert (entry.body["version"], entry.body["changed"]) == ("2026.2", ["protocol", "settings", "contacts"])
    assert entries(home, EntryKind.PACK_ACTIVATED)[-1].body["version"] == "2026.2"
    assert "Nothing changes" in typed("setup", "--bundle", str(office / "bundle")).out
    assert "The district's bundle of" in typed("log", "audit").out


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"signer": OTHER_SIGNER}, "bad-signature"),
        ({"schools": ("Oak Street School",), "contacts": (OF_OAK,)}, "other-school"),
        ({"version": "2025.9"}, "protocol"),
    ],
)
def test_what_a_desk_refuses_changes_nothing_and_is_entered(
    typed: Typed, tmp_path: Path, given: dict[str, object], why: str
) -> None:
    """In one sentence, with one entry; a preview enters nothing."""
    file = saved(tmp_path, a_bundle(tmp_path / "pack", **given))  # type: ignore[arg-type]
    before = everything_in(typed.home)
    typed.refused(Exit.REFUSED, "setup", "--bundle", file, "--preview")
    assert entries(typed.home, EntryKind.BUNDLE_REFUSED) == []
    typed.refused(Exit.REFUSED, "setup", "--bundle", file)
    (entry,) = entries(typed.home, EntryKind.BUNDLE_REFUSED)
    assert (entry.body["why"], everything_in(typed.home) == before) == (why, True)
    assert "was refused" in typed("log", "audit").out


def test_an_older_bundle_is_refused_after_a_newer_one(typed: Typed, tmp_path: Path) -> None:
    """The log has the newest one."""
    newer = saved(tmp_path, a_bundle(tmp_path / "newer", made=YESTERDAY + timedelta(hours=1)))
    assert typed("setup", "--bundle", newer).code == Exit.DONE
    older = saved(tmp_path, a_bundle(tmp_path / "older"))
    assert "is installed here" in typed.refused(Exit.REFUSED, "setup", "--bundle", older)


def test_a_person_at_the_terminal_is_asked_first(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only “yes” installs it."""
    file = saved(tmp_path, a_bundle(tmp_path / "pack"))
    at_a_terminal(monkeypatch, "no", "yes")
    assert typed("setup", "--bundle", file).code == Exit.REFUSED
    assert entries(typed.home, EntryKind.BUNDLE_INSTALLED) == []
    assert typed("setup", "--bundle", file).code == Exit.DONE


@pytest.mark.stage(Stage.NEW)
def test_a_desk_that_is_not_set_up_takes_no_bundle(typed: Typed, tmp_path: Path) -> None:
    """It has no key to check it with, and no log."""
    file = saved(tmp_path, a_bundle(tmp_path / "pack"))
    assert "superintendent's key" in typed.refused(Exit.REFUSED, "setup", "--bundle", file)
    assert not typed.home.log("live").exists()


def test_what_is_typed_wrong_is_said(typed: Typed, office: Path) -> None:
    """A file that is missing, a wrong passphrase, a folder without contacts, an output that is there."""
    typed.refused(Exit.USAGE, "setup", "--bundle", str(office / "missing"))
    typed.refused(Exit.USAGE, "setup", "--preview")
    (office / "passphrase").write_text("another one, and wrong", encoding="utf-8")
    assert typed(*bundle_words(office)).code == Exit.REFUSED
    assert not (office / "bundle").exists()
    (office / "empty").mkdir()
    typed.refused(Exit.USAGE, *bundle_words(office, "other"), "--contacts", str(office / "empty"))
    typed.refused(Exit.USAGE, *bundle_words(office, "key"))
