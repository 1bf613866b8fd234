"""Checks of a log's copy: every entry, every signature, and the manifest of a backup."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.errors import LogMustBeReplaced, Refused, ReplaceReason, StoreUnusable, UsageError
from kiosk.log.backup import back_up
from kiosk.log.backup_check import MANIFEST, checked, contains, digest_of, manifest_in, verified_checkpoint
from kiosk.log.log import open_reader
from kiosk.log.signing_key import new_signer
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import BadNote
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.forgeries import FORGERIES, forge
from tests.homes import encounter, tamper


@pytest.fixture
def home(home: Home) -> Home:
    """A home whose live log has one encounter."""
    encounter(home)
    return home


@pytest.fixture
def folder(home: Home, tmp_path: Path) -> Path:
    """A backup of that log."""
    dest = tmp_path / "disk"
    dest.mkdir()
    return back_up(home, "live", dest, "Lincoln Elementary School", FixedClock().now()).folder


def newest(home: Home) -> Checkpoint:
    """The newest checkpoint of the live log."""
    log = open_reader(home, "live")
    found = log.newest_checkpoint()
    log.close()
    return found


def test_an_intact_log_gives_its_newest_checkpoint(home: Home) -> None:
    """Size and root are those of all its entries."""
    assert verified_checkpoint(home.log("live")) == newest(home)


def test_a_changed_value_is_an_altered_log(home: Home) -> None:
    """Though its leaf hashes still add up to the signed root."""
    tamper(home, lambda c: c.execute("UPDATE disclosure SET body=x'00' WHERE name='no'"))
    with pytest.raises(LogMustBeReplaced) as told:
        verified_checkpoint(home.log("live"))
    assert told.value.reason is ReplaceReason.ALTERED


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_log_with_another_schema_is_not_intact(home: Home, forgery: str) -> None:
    """Though each entry and the newest checkpoint match."""
    forge(home.log("live"), forgery)
    with pytest.raises(LogMustBeReplaced) as told:
        verified_checkpoint(home.log("live"))
    assert told.value.reason is ReplaceReason.DAMAGED


def test_a_file_that_is_no_log_is_an_error(tmp_path: Path) -> None:
    """It is damaged."""
    path = tmp_path / "live.db"
    path.write_bytes(b"no log at all")
    with pytest.raises(StoreUnusable):
        verified_checkpoint(path)


def test_a_log_contains_the_checkpoints_that_it_grew_from(home: Home) -> None:
    """Neither one with another root, nor one of another log, nor one that it has not reached."""
    older, path = newest(home), home.log("live")
    encounter(home)
    now = newest(home)
    assert now.size > older.size
    assert contains(path, older)
    assert contains(path, now)
    for other in (replace(older, root=now.root), replace(older, origin="another"), replace(now, size=now.size + 1)):
        assert not contains(path, other)
    path.write_bytes(b"no log at all")
    assert not contains(path, older)


def test_the_digest_is_the_sha_256_of_the_file(tmp_path: Path) -> None:
    """Of all its bytes, also of a file longer than one piece; a missing file can't be read."""
    path, data = tmp_path / "file", b"a" * (1 << 20) + b"b"
    path.write_bytes(data)
    assert digest_of(path) == hashlib.sha256(data).hexdigest()
    with pytest.raises(UsageError):
        digest_of(tmp_path / "none")


def test_a_backup_is_checked_as_a_folder_and_as_one_of_its_files(home: Home, folder: Path) -> None:
    """Both give its manifest, its files and the state of each log."""
    backup = checked(folder)
    assert backup.states == (newest(home),)
    assert backup.manifest == manifest_in(folder)
    assert backup.manifest is not None
    assert backup.files == (folder / backup.manifest.files[0].name,)
    assert checked(backup.files[0]) == backup


def test_a_single_log_file_is_a_backup_without_a_manifest(home: Home, tmp_path: Path) -> None:
    """A folder without one is none, and neither is a file that is not there."""
    alone = tmp_path / "alone" / "copy.db"
    alone.parent.mkdir()
    alone.write_bytes(home.log("live").read_bytes())
    backup = checked(alone)
    assert (backup.files, backup.states, backup.manifest) == ((alone,), (newest(home),), None)
    for none in (alone.parent, tmp_path / "none.db"):
        with pytest.raises(UsageError):
            checked(none)


def test_a_file_that_differs_from_the_signed_manifest_is_refused(home: Home, folder: Path) -> None:
    """Even an intact log that has grown since."""
    (file,) = checked(folder).files
    encounter(home)
    file.write_bytes(home.log("live").read_bytes())
    assert verified_checkpoint(file) == newest(home)
    with pytest.raises(Refused):
        checked(folder)


def test_a_manifest_that_another_key_signed_is_refused(folder: Path) -> None:
    """Everything it says is right, and the name of the key too."""
    manifest = manifest_in(folder)
    assert manifest is not None
    signer, _ = new_signer(manifest.files[0].state.origin)
    (folder / MANIFEST).write_bytes(signer.sign(manifest.text))
    assert manifest_in(folder) == manifest
    with pytest.raises(BadNote):
        checked(folder)
