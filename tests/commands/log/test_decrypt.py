"""`kiosk log decrypt`: the notes of an evidence package, opened at the district."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final

import pytest

from kiosk.app.bootstrap import desk_of
from kiosk.record.disclosure.encryption import district_key
from kiosk.record.key_file import DECRYPTS, new_key, read_key
from kiosk.settings import Home, read_settings
from kiosk.system.clock import FixedClock
from tests.homes import KEY as SIGNS_ONLY
from tests.homes import PASSPHRASE
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)

WORDS: Final = "She said she would wait in the car."
FILE: Final = new_key("district", PASSPHRASE, random=lambda length: bytes(range(length)), use=DECRYPTS)
PUBLIC: Final = str(read_key(FILE).public)
KEY: Final = district_key(PUBLIC)


def said_as(words: str) -> tuple[bytes, ...]:
    """The words as a file would contain them: plainly, or in base64 at any of its three places."""
    plain = words.encode()
    shifted = (base64.urlsafe_b64encode(b"x" * n + plain)[4 if n else 0 : -8] for n in range(3))
    return (plain, *shifted)


def at_the_desk(home: Home, words: str) -> None:
    """Open an encounter on the set-up home, as the kiosk does, and keep a note."""
    _, _, opener = desk_of(home, read_settings(home), practice=False, clock=FixedClock())
    try:
        desk = opener.open()
        desk.note(desk.open(), words)
        desk.end_session()
    finally:
        opener.close()


def test_a_copy_is_opened_at_the_district(typed: Typed, home: Home, tmp_path: Path) -> None:
    """The copy carries what is closed as it is; the district's key opens it, another key or a spoiled copy does not."""
    assert typed("setup", "--encrypt-notes-to", PUBLIC, "--accept-encryption").code == 0
    at_the_desk(home, WORDS)
    copy, key, words = tmp_path / "copy", tmp_path / "district.key", tmp_path / "words"
    key.write_bytes(FILE)
    words.write_text(PASSPHRASE, "utf-8")
    assert typed("log", "export", "--format", "package", "--level", "counsel", "-o", str(copy)).code == 0
    assert [form for file in copy.rglob("*.*") for form in said_as(WORDS) if form in file.read_bytes()] == []
    decode = ("log", "decrypt", str(copy), "--passphrase-file", str(words))
    told = typed(*decode, "--key", str(key))
    assert (told.code, f"text: {WORDS}" in told.out, "1 encrypted value was decrypted" in told.err) == (
        0,
        True,
        True,
    ), told
    assert typed(*decode, "--key", str(key), "--json").json[0]["value"] == WORDS
    assert "not an evidence package" in typed.refused(2, "log", "decrypt", str(tmp_path), "--key", str(key))
    superintendent = tmp_path / "superintendent.key"
    superintendent.write_bytes(SIGNS_ONLY)
    assert "can't decrypt" in typed.refused(2, *decode, "--key", str(superintendent))
    other = tmp_path / "other.key"
    other.write_bytes(new_key("other", PASSPHRASE, use=DECRYPTS))
    assert "can't be decrypted with this key" in typed.refused(3, *decode, "--key", str(other))
    (copy / "log-1" / "disclosures.jsonl").write_text("{", "utf-8")
    assert "can't be read as part of a package" in typed.refused(2, *decode, "--key", str(key))
