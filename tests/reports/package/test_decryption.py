"""Decrypting a package at the district: every encrypted value, each compared with the hash in its entry."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Final

import pytest

from kiosk.errors import Refused, UsageError
from kiosk.record.disclosure.encryption import DistrictKey, district_public, encryptor
from kiosk.record.disclosure.levels import Level
from kiosk.record.entries import EncodedEntry, Entry, digest, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.package.decryption import decrypted_values, require_package
from kiosk.reports.package.disclosures import lines
from kiosk.system.clock import FixedClock
from tests.builders import classes_with

PRIVATE: Final = bytes(range(32))
KEY: Final = DistrictKey("district", district_public(PRIVATE))
NOTES: Final = ("She would wait.", "Two cars: \u201cblue\u201d 😀")


def a_note(seq: int, words: str, *, encrypted: bool = True) -> EncodedEntry:
    """A note, encrypted for the district if so."""
    entry, event_id, at = Entry(EntryKind.NOTE_ADDED, {"text": words}, "enc"), f"id-{seq}", FixedClock().now()
    if not encrypted:
        return encode(entry, origin="o", seq=seq, event_id=event_id, at=at)
    sealed = encryptor(entry, event_id, None, KEY)
    return encode(entry, origin="o", seq=seq, event_id=event_id, at=at, encrypt=sealed)


def write(folder: Path, *entries: EncodedEntry) -> None:
    """Write these entries as the log of a package."""
    folder.mkdir(parents=True)
    values = [line for entry in entries for line in lines(entry, Level.FULL, classes_with({}))]
    (folder / "events.jsonl").write_text("".join(f"{entry.header}\n" for entry in entries), "utf-8")
    (folder / "disclosures.jsonl").write_text("".join(f"{line}\n" for line in values), "utf-8")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of two logs; in the first, one note is encrypted and one can be read."""
    write(tmp_path / "log-1", a_note(3, "Readable", encrypted=False), a_note(4, NOTES[0]))
    write(tmp_path / "log-2", a_note(0, NOTES[1]))
    return tmp_path


def test_the_encrypted_values_of_every_log_are_decrypted(package: Path) -> None:
    """In order, each with its log, entry and name; a readable value is not among them."""
    found = list(decrypted_values(package, PRIVATE))
    assert found == [("log-1", 4, "text", NOTES[0]), ("log-2", 0, "text", NOTES[1])]


def test_another_key_decrypts_nothing(package: Path) -> None:
    """It is refused at the first value."""
    with pytest.raises(Refused):
        next(decrypted_values(package, bytes(32)))


@pytest.mark.parametrize("member", ["event_id", "sd"])
def test_a_value_must_be_the_one_of_its_entry(package: Path, member: str) -> None:
    """A value in another entry, or one that the header has another hash of, is refused."""
    events = package / "log-1" / "events.jsonl"
    first, header = map(json.loads, events.read_text("utf-8").splitlines())
    events.write_text(f"{json.dumps(first)}\n{json.dumps(header | {member: first[member]})}\n", "utf-8")
    with pytest.raises(Refused):
        list(decrypted_values(package, PRIVATE))


@pytest.mark.parametrize(
    "line",
    ["{", "5", '{"encrypted": "AAAA", "entry": 99, "name": "text"}', '{"encrypted": "!", "entry": 4, "name": "text"}'],
)
def test_a_spoiled_line_is_an_error_of_the_package(package: Path, line: str) -> None:
    """No other error reaches the caller."""
    (package / "log-1" / "disclosures.jsonl").write_text(f"{line}\n", "utf-8")
    with pytest.raises(UsageError):
        list(decrypted_values(package, PRIVATE))


def test_a_value_that_is_no_disclosure_is_an_error_of_the_package(package: Path) -> None:
    """Anyone can encrypt to the district's public key, so decrypted bytes of any form are possible."""
    folder, disclosure = package / "log-1", base64.urlsafe_b64encode(b'["salt"]').rstrip(b"=")
    note = Entry(EntryKind.NOTE_ADDED, {"text": ""}, "enc")
    data = encryptor(note, "id-4", None, KEY)("text", disclosure)
    assert data is not None
    line = {"entry": 4, "name": "text", "encrypted": base64.b64encode(data).decode()}
    header = {"seq": 4, "event_id": "id-4", "sd": {"text": digest(disclosure)}}
    (folder / "disclosures.jsonl").write_text(f"{json.dumps(line)}\n", "utf-8")
    (folder / "events.jsonl").write_text(f"{json.dumps(header)}\n", "utf-8")
    with pytest.raises(UsageError):
        list(decrypted_values(package, PRIVATE))


def test_a_folder_that_is_no_package_is_refused_at_once(tmp_path: Path) -> None:
    """Before any value is asked for."""
    for check in (require_package, lambda folder: decrypted_values(folder, PRIVATE)):
        with pytest.raises(UsageError):
            check(tmp_path)
    write(tmp_path / "log-1")
    require_package(tmp_path)
    assert list(decrypted_values(tmp_path, PRIVATE)) == []
