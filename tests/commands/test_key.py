"""`kiosk key`: where a private key may go, and what is printed of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.record.disclosure.encryption import district_key
from kiosk.record.key_file import SIGNS, read_key
from kiosk.record.transparency.signed_note import verifier_key
from kiosk.settings import Home, read_settings
from tests.homes import PASSPHRASE
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.APPROVED)


def test_the_districts_key_is_made_where_no_desk_has_it(typed: Typed, home: Home, tmp_path: Path) -> None:
    """A file under a passphrase, whose public half setup takes; never inside the kiosk's own folder."""
    words = tmp_path / "words"
    words.write_text(PASSPHRASE, encoding="utf-8")
    made = typed("key", "new", "district", str(tmp_path / "district.key"), "--passphrase-file", str(words))
    assert made.code == 0
    public = made.out.strip()
    assert district_key(public) == district_key(str(read_key((tmp_path / "district.key").read_bytes()).public))
    assert typed("setup", "--accept-encryption", "--encrypt-notes-to", str(tmp_path / "district.key")).code == 0
    assert read_settings(home).encrypt_notes_to == public
    inside = str(home.path / "district.key")
    assert "own folder" in typed.refused(2, "key", "new", "district", inside, "--passphrase-file", str(words))
    again = str(tmp_path / "district.key")
    assert "already exists" in typed.refused(2, "key", "new", "district", again, "--passphrase-file", str(words))


def test_a_public_key_is_shown_again(typed: Typed, tmp_path: Path) -> None:
    """Of a file without its passphrase, and of the log, for people and for scripts."""
    words = tmp_path / "words"
    words.write_text(PASSPHRASE, encoding="utf-8")
    file = str(tmp_path / "superintendent.key")
    public = typed("key", "new", "superintendent", file, "--passphrase-file", str(words), "--name", "office").out
    assert public.startswith("office+")
    assert typed("key", "show", file).out == public
    assert typed("key", "show", file, "--json").json == [public.strip()]
    assert typed("key", "show", "log", "--json").json == typed("key", "show", "log").out.split()
    assert "can't be read" in typed.refused(2, "key", "show", str(tmp_path / "nowhere"))


def test_the_records_officers_key_is_made_outside_the_kiosk_and_signs(typed: Typed, home: Home, tmp_path: Path) -> None:
    """Setup takes its public half."""
    words, file = tmp_path / "words", tmp_path / "records.key"
    words.write_text(PASSPHRASE, encoding="utf-8")
    inside = str(home.path / "records.key")
    assert "own folder" in typed.refused(2, "key", "new", "records", inside, "--passphrase-file", str(words))
    public = typed("key", "new", "records", str(file), "--passphrase-file", str(words)).out.strip()
    assert (verifier_key(public).name, read_key(file.read_bytes()).use) == ("records", SIGNS)
    assert typed("setup", "--records-key", str(file)).code == 0
    assert read_settings(home).records_key == public


def test_a_key_belongs_to_the_superintendent_the_district_or_the_records_officer(typed: Typed, tmp_path: Path) -> None:
    """Nothing is written for anybody else."""
    assert "superintendent, district, records" in typed.refused(2, "key", "new", "principal", str(tmp_path / "k"))
    assert not (tmp_path / "k").exists()
