"""Every word of a command or a file that the log keeps, or that leaves in a file, is checked by the privacy guard."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from kiosk.errors import Exit
from kiosk.i18n.strings import text
from kiosk.record.key_file import DECRYPTS, SIGNS, new_key, read_key
from kiosk.settings import Home
from tests.homes import PASSPHRASE, approved, encounter
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)

PRIVATE: Final = "123-45-6789"
WORDS: Final = f"A list, {PRIVATE}"
CLOSED, OPEN = "2026-0001", "2026-0002"
BY: Final = ("--by", "Dana Ruiz")
REASON: Final = ("--reason", "A request")
EXPORT: Final = ("log", "export", "--format", "csv", "--level", "full")
SIGHTING: Final = "{sighting}"
REQUEST: Final = ("request", "new", "--how", "email", "--days", "4")
KEY: Final = ("key", "new", "district", "{folder}/district.key", "--passphrase-file", "{folder}/words")
APPROVE: Final = ("protocol", "approve", "small", "--key", "{folder}/superintendent.key")


def public_key(use: str) -> str:
    """The public part of a key with such a name, made on another machine."""
    return str(read_key(new_key(PRIVATE, PASSPHRASE, random=lambda length: bytes(range(length)), use=use)).public)


TYPED: Final[tuple[tuple[str, ...], ...]] = (
    ("log", "amend", CLOSED, "--add", WORDS, *REASON, *BY),
    ("log", "amend", CLOSED, "--note", "1", "--value", WORDS, *REASON, *BY),
    ("log", "amend", CLOSED, "--field", "agency-as-stated", "--value", WORDS, *REASON, *BY),
    ("log", "amend", CLOSED, "--add", "Three cars", "--reason", WORDS, *BY),
    ("log", "amend", CLOSED, "--add", "Three cars", *REASON, "--by", WORDS),
    ("log", "amend", CLOSED, "--called", "office", "--result", "reached", "--name", WORDS, *BY),
    ("log", "amend", CLOSED, "--called", "office", "--result", "reached", "--by", WORDS),
    ("log", "amend", OPEN, "--close", "--reason", WORDS, *BY),
    ("log", "amend", OPEN, "--close", *REASON, "--by", WORDS),
    ("log", "amend", CLOSED, "--reviewed", "--reason", WORDS, *BY),
    ("log", "amend", CLOSED, "--reviewed", *REASON, "--by", WORDS),
    ("log", "hold", "place", CLOSED, "--reason", WORDS, *BY),
    ("log", "hold", "place", CLOSED, *REASON, "--by", WORDS),
    ("log", "hold", "place", CLOSED, *REASON, *BY, "--matter", WORDS),
    ("assess", CLOSED, "--role", "administrator", "--note", WORDS, *BY),
    ("assess", CLOSED, "--role", "counsel", "--privileged", "yes", "--note", WORDS, *BY),
    ("assess", CLOSED, "--role", "administrator", "--note", "Three cars", "--by", WORDS),
    ("presence", "report", "--where", "street", "--source", "staff", "--by", WORDS),
    ("presence", "approve", "here", "--for", "notice", "--text", WORDS, *BY),
    ("presence", "approve", "here", "--for", "notice", "--text", "They are here.", "--by", WORDS),
    ("presence", "confirm", SIGHTING, "--where", "street", "--confirmed-by", WORDS, *BY),
    ("presence", "confirm", SIGHTING, "--where", "street", "--confirmed-by", "Lee Novak", "--by", WORDS),
    ("presence", "false", SIGHTING, "--reason", WORDS, *BY),
    ("presence", "false", SIGHTING, *REASON, "--by", WORDS),
    (*REQUEST, "--requester", WORDS, "--asked", "All of March", *BY),
    (*REQUEST, "--requester", "Robin Example", "--asked", WORDS, *BY),
    (*REQUEST, "--requester", "Robin Example", "--asked", "All of March", "--by", WORDS),
    ("request", "extend", "{request}", "--until", "9000-01-01", "--reason", WORDS, *BY),
    ("request", "extend", "{request}", "--until", "9000-01-01", *REASON, "--by", WORDS),
    ("request", "close", "{request}", "--as", "denied", "--reason", WORDS, *BY),
    ("request", "close", "{request}", "--as", "denied", *REASON, "--by", WORDS),
    ("log", "retention", "set", "all", "--period", "3 years", "--authority", WORDS, *BY),
    ("log", "retention", "set", "all", "--period", "3 years", "--authority", "A schedule", "--by", WORDS),
    ("log", "retention", "destroy", "--authorization", "{folder}/words", "--reason", WORDS, *BY),
    ("log", "retention", "destroy", "--authorization", "{folder}/words", *REASON, "--by", WORDS),
    ("log", "checkpoint", "issue", "--for", WORDS),
    ("log", "backup", f"{{folder}}/{PRIVATE}"),
    ("report", "encounter", CLOSED, "--level", "full", "--for", WORDS),
    ("report", "encounter", CLOSED, "--level", "full", "-o", f"{{folder}}/{WORDS}.txt"),
    (*EXPORT, "--for", WORDS),
    ("report", "board", "--for", WORDS),
    (*EXPORT, "-o", f"{{folder}}/{PRIVATE}.csv"),
    (*EXPORT, "--withhold", f"{CLOSED}:note-1", "--ground", WORDS, *BY),
    (*EXPORT, "--withhold", f"{CLOSED}:note-1", "--ground", "A law", "--by", WORDS),
    (*KEY, "--name", PRIVATE),
    (*APPROVE, "--name", WORDS, "--role", "Superintendent"),
    (*APPROVE, "--name", "A. Example", "--role", WORDS),
    ("setup", "--school", WORDS),
    ("setup", "--desk", WORDS),
    ("setup", "--replace-superintendent-key", "--superintendent-key", public_key(SIGNS)),
    ("setup", "--records-key", public_key(SIGNS)),
    ("setup", "--accept-encryption", "--encrypt-notes-to", public_key(DECRYPTS)),
)
"""Command lines, each with one word that must not be kept."""


@pytest.fixture
def folder(typed: Typed, home: Home, tmp_path: Path) -> Path:
    """A folder with a passphrase and a superintendent's key; the home has a closed and an open record."""
    (tmp_path / "words").write_text(PASSPHRASE, encoding="utf-8")
    made = ("key", "new", "superintendent", str(tmp_path / "superintendent.key"))
    assert typed(*made, "--passphrase-file", str(tmp_path / "words")).code == Exit.DONE
    encounter(home, note="Two cars")
    encounter(home, close=False)
    asked = typed(*REQUEST, "--requester", "Robin Example", "--asked", "All of March", *BY)
    (tmp_path / "request").write_text(asked.out.split()[0], encoding="utf-8")
    seen = typed("presence", "report", "--where", "street", "--source", "staff", *BY)
    (tmp_path / "sighting").write_text(seen.out.split()[0], encoding="utf-8")
    return tmp_path


def kept(home: Home) -> list[str]:
    """The files of the home that have the private word."""
    files = (path for path in home.path.rglob("*") if path.is_file())
    return [path.name for path in files if PRIVATE.encode() in path.read_bytes()]


@pytest.mark.parametrize("command", TYPED, ids=lambda command: " ".join(command).replace(WORDS, "WORDS"))
def test_a_word_that_is_kept_passes_the_guard(typed: Typed, home: Home, folder: Path, command: tuple[str, ...]) -> None:
    """Exit code 2 and the usual sentence, which does not repeat it; no file has it."""
    request, sighting = ((folder / name).read_text(encoding="utf-8") for name in ("request", "sighting"))
    told = typed(*(word.format(folder=folder, request=request, sighting=sighting) for word in command))
    assert (told.code, text("private.ssn") in told.err) == (Exit.USAGE, True), told
    assert PRIVATE not in told.out + told.err
    assert kept(home) == []


@pytest.mark.parametrize("name", ["school", "desk"])
def test_names_in_hand_edited_settings_pass_it(typed: Typed, home: Home, folder: Path, name: str) -> None:
    """No backup is made under such a name, and no export names it."""
    settings = home.settings_file.read_text(encoding="utf-8").splitlines()
    edited = [f'{name} = "{WORDS}"' if line.startswith(f"{name} = ") else line for line in settings]
    home.settings_file.write_text("\n".join(edited), encoding="utf-8")
    told = typed("log", "backup", str(folder / "backups"))
    assert (told.code, str(home.settings_file) in told.err, PRIVATE in told.err) == (Exit.USAGE, True, False)
    told = typed("log", "export", "--format", "html", "--level", "full")
    assert (told.code, PRIVATE in told.out) == (Exit.DONE, False)
    assert kept(home) == ["kiosk.toml"]


def test_names_of_an_approval_made_elsewhere_pass_it(typed: Typed, home: Home) -> None:
    """It is not installed."""
    approved(home.path / "protocols" / "small", name=WORDS)
    told = typed("protocol", "install", str(home.path / "protocols" / "small"))
    assert (told.code, told.out) == (Exit.USAGE, "")
    assert "approval.note" in kept(home)
    assert not [name for name in kept(home) if name.endswith(".db")]
