"""How the key of each log is known, and what a stranger's key under a log comes to."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kiosk.errors import ReplaceReason
from kiosk.log.archive import archived_files
from kiosk.log.create import make
from kiosk.log.log import open_reader
from kiosk.log.replace import replace_log
from kiosk.log.restore import known_states
from kiosk.log.signing_key import (
    key_file,
    keys_file,
    new_signer,
    read_signer,
    remember,
    save,
    save_keys,
)
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.verdict import KeySource, Verdict
from kiosk.reports.key_sources import own_keys
from kiosk.reports.verification import Report
from kiosk.reports.verified_logs import verified_file, verified_logs
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.homes import a_home, encounter
from tests.reports.test_verified_logs import Steps


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has one record."""
    home = a_home(tmp_path)
    encounter(home)
    return home


def checked(home: Home, *given: VerifierKey) -> Report:
    """The report on all logs of the home."""
    left_out: list[str] = []
    logs = tuple(verified_logs(home, "live", (), given, left_out, lambda _: Steps()))
    return Report(logs, left_out=tuple(left_out))


def verdict(home: Home, *given: VerifierKey) -> tuple[Verdict, KeySource]:
    """The verdict on the home, and how the key of its newest log is known."""
    report = checked(home, *given)
    return report.verdict, report.logs[0].key_source


def key_of(home: Home) -> VerifierKey:
    """The public key that the live log names."""
    log = open_reader(home, "live")
    try:
        return log.key
    finally:
        log.close()


def forge(home: Home) -> Home:
    """Put a log of the same ID with other entries, all signed by a key of the forger's, in the log's place.

    Return the forger's home, with the key, the list and the remembered checkpoint that fit it.
    """
    forger = a_home(home.path.parent / "forger")
    signer, line = new_signer(key_of(home).name)
    forger.log("live").parent.mkdir(parents=True)
    save(forger, "live", line)
    remember(forger, "live", make(forger.log("live"), signer, FixedClock().now()).note)
    save_keys(forger, "live", [signer.public])
    encounter(forger, agency="A forged agency")
    shutil.copy(forger.log("live"), home.log("live"))
    return forger


def test_a_log_of_this_kiosk_is_known_by_its_key_and_its_list(home: Home) -> None:
    """A key from paper says more: that nobody replaced both."""
    assert verdict(home) == (Verdict.VERIFIED, KeySource.KIOSK)
    assert verdict(home, key_of(home)) == (Verdict.VERIFIED, KeySource.GIVEN)


def test_the_key_on_paper_decides(home: Home) -> None:
    """Whatever the files here say."""
    other = new_signer("front-office-kiosk/another")[0].public
    assert verdict(home, other)[0] is Verdict.DOES_NOT_MATCH
    assert verdict(home, other, key_of(home)) == (Verdict.VERIFIED, KeySource.GIVEN)


def replace_folder(home: Home, forger: Home) -> None:
    """Put the forger's key and remembered checkpoint in the place of the kiosk's."""
    shutil.rmtree(home.path / "keys")
    shutil.copytree(forger.path / "keys", home.path / "keys")


def replace_list(home: Home, forger: Home) -> None:
    """Put the forger's list of keys in the place of the kiosk's."""
    shutil.copy(keys_file(forger, "live"), keys_file(home, "live"))


def replace_folder_remove_list(home: Home, forger: Home) -> None:
    """Leave nothing that knows the kiosk's key, and put the forger's in its place."""
    replace_folder(home, forger)
    keys_file(home, "live").unlink()


def remove_both(home: Home) -> None:
    """Remove everything that knows the kiosk's key."""
    shutil.rmtree(home.path / "keys")
    keys_file(home, "live").unlink()


LEFT: dict[str, tuple[Callable[[Home, Home], object], Verdict]] = {
    "its key, list and checkpoint stay": (lambda _home, _forger: None, Verdict.DOES_NOT_MATCH),
    "its keys folder is removed": (lambda home, _: shutil.rmtree(home.path / "keys"), Verdict.DOES_NOT_MATCH),
    "its keys folder is replaced": (replace_folder, Verdict.DOES_NOT_MATCH),
    "its list is removed": (lambda home, _: keys_file(home, "live").unlink(), Verdict.DOES_NOT_MATCH),
    "its list is replaced": (replace_list, Verdict.DOES_NOT_MATCH),
    "its list is emptied": (lambda home, _: keys_file(home, "live").write_bytes(b""), Verdict.DOES_NOT_MATCH),
    "its list is spoiled": (lambda home, _: keys_file(home, "live").write_bytes(b"\n+\n"), Verdict.DOES_NOT_MATCH),
    "its keys folder and list are removed": (lambda home, _: remove_both(home), Verdict.DOES_NOT_MATCH),
    "its keys folder is replaced, its list removed": (replace_folder_remove_list, Verdict.NOT_CHECKED),
}


@pytest.mark.parametrize("left", LEFT)
def test_a_log_that_a_stranger_signed_is_never_verified(home: Home, left: str) -> None:
    """Its hashes and signatures match; whatever is left of the kiosk's own files, the key does not, or is unknown."""
    forger = forge(home)
    change, expected = LEFT[left]
    change(home, forger)
    assert verdict(home)[0] is expected


def test_a_stranger_who_replaced_every_file_is_found_by_the_key_on_paper(home: Home) -> None:
    """Nothing on this computer can show it, and the first line of the report says so."""
    paper = key_of(home)
    forger = forge(home)
    replace_folder(home, forger)
    replace_list(home, forger)
    assert verdict(home) == (Verdict.VERIFIED, KeySource.KIOSK)
    assert verdict(home, paper)[0] is Verdict.DOES_NOT_MATCH


def test_without_its_own_key_a_log_was_not_checked(home: Home) -> None:
    """The list alone lies next to the log, where whoever replaced the log could replace it too."""
    paper = key_of(home)
    key_file(home, "live").unlink()
    assert verdict(home) == (Verdict.NOT_CHECKED, KeySource.UNKNOWN)
    assert verdict(home, paper) == (Verdict.VERIFIED, KeySource.GIVEN)


def test_without_the_list_a_log_was_not_checked(home: Home) -> None:
    """The key next to it could be anybody's."""
    keys_file(home, "live").unlink()
    assert verdict(home) == (Verdict.NOT_CHECKED, KeySource.UNKNOWN)


def test_a_previous_log_is_known_by_the_log_that_cites_its_key(home: Home) -> None:
    """Also after the key was lost: the list had it."""
    key_file(home, "live").unlink()
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="setup")
    report = checked(home)
    assert report.verdict is Verdict.VERIFIED
    assert [log.key_source for log in report.logs] == [KeySource.KIOSK, KeySource.CITED]
    assert report.logs[0].cited_keys == tuple(str(log.result.key) for log in reversed(report.logs))


@pytest.mark.parametrize("left", ["its keys folder is removed", "its keys folder is replaced"])
def test_a_forged_log_that_became_the_previous_one_is_still_found(home: Home, left: str) -> None:
    """The new log cites the keys of the list, not the one that the forged log names."""
    LEFT[left][0](home, forge(home))
    replace_log(home, "live", FixedClock(), ReplaceReason.KEY_LOST, by="desk")
    report = checked(home)
    assert report.verdict is Verdict.DOES_NOT_MATCH
    assert report.logs[0].result.problems == ()
    assert len(report.logs[1].result.problems) == 1


def test_a_forged_log_in_place_of_a_previous_one_is_found(home: Home) -> None:
    """The log in use cites the true key."""
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    (file,) = archived_files(home, "live")
    forger = a_home(home.path.parent / "other")
    origin = checked(home).logs[1].result.origin
    signer, line = new_signer(origin)
    forger.log("live").parent.mkdir(parents=True)
    save(forger, "live", line)
    remember(forger, "live", make(forger.log("live"), signer, FixedClock().now()).note)
    encounter(forger)
    file.chmod(0o600)
    shutil.copy(forger.log("live"), file)
    report = checked(home)
    assert (report.verdict, len(report.logs[1].result.problems)) == (Verdict.DOES_NOT_MATCH, 1)


def test_a_log_that_the_kiosk_signed_and_nobody_cites_must_be_here(home: Home) -> None:
    """A stranger's log that begins again has nothing that cites the true one; the list still has its key."""
    true = key_of(home)
    for folder in ("log", "keys"):
        shutil.rmtree(home.path / folder)
    encounter(home)
    save_keys(home, "live", [true, read_signer(home, "live").public])
    assert verdict(home) == (Verdict.DOES_NOT_MATCH, KeySource.KIOSK)


def test_the_list_must_have_every_key_that_the_log_cites(home: Home) -> None:
    """Somebody shortened it."""
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    save_keys(home, "live", [key_of(home)])
    assert verdict(home)[0] is Verdict.DOES_NOT_MATCH


def test_a_file_elsewhere_is_known_by_a_given_key_or_by_the_list(home: Home, tmp_path: Path) -> None:
    """A stranger's file was not checked; one of this ID that another key signed does not match."""
    key, copy = key_of(home), tmp_path / "copy.db"
    shutil.copy(home.log("live"), copy)

    def known(at: Home, *given: VerifierKey) -> tuple[Verdict, KeySource]:
        log = verified_file(copy, "A copy", (), own_keys(at, "live", given), lambda _: Steps())
        return Report((log,), alone=True).verdict, log.key_source

    nobody = Home(tmp_path / "nobody")
    assert known(home) == (Verdict.VERIFIED, KeySource.LISTED)
    assert known(nobody) == (Verdict.NOT_CHECKED, KeySource.UNKNOWN)
    assert known(nobody, key) == (Verdict.VERIFIED, KeySource.GIVEN)
    assert known(nobody, new_signer(key.name)[0].public)[0] is Verdict.DOES_NOT_MATCH
    shutil.copy(forge(home).log("live"), copy)
    assert known(home)[0] is Verdict.DOES_NOT_MATCH


def test_a_copy_that_was_written_to_elsewhere_does_not_match_the_log_here(home: Home) -> None:
    """The kiosk's own key signed both; a copy that ends earlier or goes on is no contradiction."""
    other, older = Home(home.path.parent / "other"), home.path.parent / "older.db"
    shutil.copytree(home.path, other.path)
    open_reader(home, "live").close()
    shutil.copy(home.log("live"), older)
    encounter(home, agency="One agency")
    encounter(other, agency="Another agency")

    def verdict_on(file: Path) -> Verdict:
        keys, states = own_keys(home, "live", ()), partial(known_states, home, "live")
        return Report((verified_file(file, "A copy", (), keys, lambda _: Steps(), states),), alone=True).verdict

    found = [verdict_on(file) for file in (older, home.log("live"), other.log("live"))]
    assert found == [Verdict.VERIFIED, Verdict.VERIFIED, Verdict.DOES_NOT_MATCH]


def test_the_key_of_a_previous_log_does_not_accuse_the_one_in_use(home: Home) -> None:
    """Paper from before a replacement has it; it confirms that log, and a stranger's key still confirms none."""
    paper = key_of(home)
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    report = checked(home, paper)
    assert report.verdict is Verdict.VERIFIED
    assert [log.key_source for log in report.logs] == [KeySource.KIOSK, KeySource.GIVEN]
    assert verdict(home, paper, new_signer("front-office-kiosk/another")[0].public)[0] is Verdict.DOES_NOT_MATCH


def test_the_remembered_checkpoint_counts_without_the_key_and_the_list(home: Home) -> None:
    """The log's own key is enough to read it: an older copy does not pass with the key from paper."""
    paper, older = key_of(home), home.log("live").read_bytes()
    encounter(home)
    home.log("live").write_bytes(older)
    for path in (key_file(home, "live"), keys_file(home, "live")):
        path.unlink()
    assert verdict(home, paper)[0] is Verdict.DOES_NOT_MATCH
