"""A backup against what this kiosk has: it may continue the log here or be its beginning, under its key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.errors import Refused, ReplaceReason
from kiosk.log.archive import archived_files
from kiosk.log.backup_check import Backup, verified_checkpoint
from kiosk.log.log import open_reader
from kiosk.log.replace import replace_log
from kiosk.log.restore import confirmed_keys, key_of, require_consistent
from kiosk.log.signing_key import key_file, keys_file
from kiosk.record.verification.verdict import KeySource
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has one record."""
    home = a_home(tmp_path)
    encounter(home)
    return home


def a_backup(home: Home, name: str) -> Backup:
    """A copy of the live log as it is now."""
    log = open_reader(home, "live")  # a reader moves SQLite's second file into the first
    log.close()
    path = home.path.parent / f"{name}.db"
    shutil.copy(home.log("live"), path)
    return Backup((path,), (verified_checkpoint(path),), None)


def split(home: Home) -> tuple[Backup, Backup]:
    """Two copies of the log that were both written to, with its key: each has entries that the other lacks."""
    other = Home(home.path.parent / "other")
    shutil.copytree(home.path, other.path)
    encounter(home, agency="One agency")
    encounter(other, agency="Another agency")
    return a_backup(home, "one"), a_backup(Home(other.path), "another")


def source_of(home: Home, backup: Backup) -> KeySource:
    """Return how its key is known here."""
    return require_consistent(home, "live", backup, ())


def test_a_beginning_and_a_continuation_of_the_log_here_are_taken(home: Home) -> None:
    """An older copy lacks entries, a newer one adds some; neither contradicts."""
    older = a_backup(home, "older")
    whole = home.log("live").read_bytes()
    encounter(home)
    newer = a_backup(home, "newer")
    assert (source_of(home, older), source_of(home, newer)) == (KeySource.LISTED,) * 2
    home.log("live").write_bytes(whole)
    assert source_of(home, newer) is KeySource.LISTED


def test_a_log_with_other_entries_than_the_one_here_is_refused(home: Home) -> None:
    """The kiosk's own key signed both, so the signature alone says nothing."""
    _, another = split(home)
    with pytest.raises(Refused):
        source_of(home, another)


def test_other_entries_are_refused_also_when_the_log_here_is_damaged_or_gone(home: Home) -> None:
    """The remembered checkpoint knows the root of what was signed here."""
    one, another = split(home)
    for damage in (lambda: home.log("live").write_bytes(b"damaged" * 1000), home.log("live").unlink):
        damage()
        assert source_of(home, one) is KeySource.LISTED
        with pytest.raises(Refused):
            source_of(home, another)


def test_other_entries_than_a_later_log_cites_are_refused(home: Home) -> None:
    """The previous log itself is gone; the log after it cites its root."""
    one, another = split(home)
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    shutil.rmtree(home.earlier)
    assert source_of(home, one) is KeySource.LISTED
    with pytest.raises(Refused):
        source_of(home, another)


def test_a_log_of_the_same_id_that_another_key_signed_is_refused(home: Home, tmp_path: Path) -> None:
    """A forger can give a log any ID; the list of keys has the one that signed it here."""
    forged = a_home(tmp_path / "forger")
    key_file(forged, "live").parent.mkdir(parents=True, exist_ok=True)
    encounter(forged)
    backup = a_backup(forged, "forged")
    own, strange = key_of(home.log("live")), key_of(backup.files[0])
    keys_file(home, "live").write_text(f"{own}\n{type(own)(strange.name, own.public)}\n", "ascii")
    with pytest.raises(Refused):
        source_of(home, backup)


def test_the_key_of_another_kiosk_is_known_only_when_it_is_given(home: Home, tmp_path: Path) -> None:
    """Its log names its key itself, which confirms nothing."""
    there = a_home(tmp_path / "there")
    encounter(there)
    backup = a_backup(there, "backup")
    assert source_of(home, backup) is KeySource.UNKNOWN
    given = [key_of(backup.files[0])]
    assert require_consistent(home, "live", backup, given) is KeySource.GIVEN
    keys_file(home, "live").write_bytes(b"altered")
    assert source_of(home, backup) is KeySource.UNKNOWN


def test_a_confirmed_log_confirms_the_keys_that_it_cites(home: Home) -> None:
    """A backup has previous logs too, and paper only the key of the newest."""
    first = key_of(home.log("live"))
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    files = (home.log("live"), *archived_files(home, "live"))
    backup = Backup(files, tuple(map(verified_checkpoint, files)), None)
    newest = key_of(files[0])
    assert confirmed_keys(backup, [newest]) == (newest, first)
    assert confirmed_keys(backup, [first]) == (first,)
    assert confirmed_keys(backup, ()) == ()
