"""The log's own key: made with the log, for one account's eyes, and missed in one clear sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.errors import StoreUnusable
from kiosk.log.log import ensure_log, open_reader, open_writer
from kiosk.log.signing_key import key_file, read_signer
from kiosk.record.entries import Entry, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import read_checkpoint
from kiosk.settings import Home
from kiosk.system.clock import FixedClock


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a live log."""
    home = Home(tmp_path / "home")
    ensure_log(home, "live", FixedClock())
    return home


def write(home: Home) -> None:
    """Append one entry to the live log."""
    log = open_writer(home, "live", FixedClock())
    try:
        at = FixedClock().now()
        log.append(
            [
                encode(
                    Entry(EntryKind.SESSION_STARTED), origin=log.origin, seq=log.size(), event_id=str(log.size()), at=at
                )
            ]
        )
    finally:
        log.close()


def test_a_log_is_made_with_its_key(home: Home) -> None:
    """The key's name is the log's origin, its public half stands in the log, and only its account can read it."""
    signer = read_signer(home, "live", {})
    log = open_reader(home, "live")
    assert (log.key, log.origin) == (signer.public, signer.public.name)
    log.close()
    assert os.name == "nt" or key_file(home, "live").stat().st_mode & 0o777 == 0o600
    assert os.name == "nt" or key_file(home, "live").parent.stat().st_mode & 0o777 == 0o700


def test_every_append_is_signed_for_in_the_same_commit(home: Home) -> None:
    """However often the log is closed and opened, its head covers all of it."""
    from db.reader import Reader  # noqa: PLC0415 - the store itself, only here

    for count in (1, 2, 3):
        write(home)
        with Reader.open(home.log("live")) as reader:
            checkpoint = reader.newest_checkpoint()
            assert checkpoint is not None
            signed = read_checkpoint(checkpoint.note.encode(), read_signer(home, "live", {}).public)
            assert (signed.size, signed.root) == (count, checkpoint.root)
            assert reader.size() == count


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.unlink(), "is not at"),
        (lambda path: path.write_text("", encoding="ascii"), "is damaged"),
        (lambda path: path.write_bytes(b"\xff"), "is damaged"),
        (lambda path: path.write_text(path.read_text(encoding="ascii")[:-9], encoding="ascii"), "is damaged"),
        (lambda path: (path.unlink(), path.mkdir()), "can't be read"),
    ],
    ids=["gone", "empty", "not text", "cut", "a folder"],
)
def test_without_its_key_a_log_is_not_written_to(home: Home, damage, words: str) -> None:  # type: ignore[no-untyped-def]  # small lambdas
    """The sentence names the file and what to do, and the log stays as it is."""
    damage(key_file(home, "live"))
    with pytest.raises(StoreUnusable, match=words) as told:
        write(home)
    assert "kiosk setup" in told.value.repair
    log = open_reader(home, "live")
    assert log.size() == 0
    log.close()


def test_another_logs_key_is_refused(home: Home) -> None:
    """A key that was swapped signs nothing here."""
    ensure_log(home, "practice", FixedClock())
    key_file(home, "live").write_bytes(key_file(home, "practice").read_bytes())
    with pytest.raises(StoreUnusable, match="not the signing key of the live log"):
        write(home)


def test_a_credential_comes_before_the_file(home: Home, tmp_path: Path) -> None:
    """A key from systemd is read, and the file is not needed then."""
    handed = tmp_path / "credentials"
    handed.mkdir()
    (handed / "kiosk-live-key").write_bytes(key_file(home, "live").read_bytes())
    key_file(home, "live").unlink()
    environ = {"CREDENTIALS_DIRECTORY": str(handed)}
    assert read_signer(home, "live", environ).public.name.startswith("front-office-kiosk/")
    open_writer(home, "live", FixedClock(), environ).close()
