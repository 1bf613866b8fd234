"""Creation of a log with its key, the writer lock, and the store's errors as the kiosk's."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from db.errors import Damaged, StoreError, Unconfirmed
from kiosk.errors import LogMustBeReplaced, NotConfirmed, Refused, ReplaceReason, StoreUnusable
from kiosk.log import create
from kiosk.log.create import ORIGIN, ensure_log, fresh_signer, is_origin, kiosk_errors, locked, make, require_first
from kiosk.log.log import open_at, open_reader, open_writer
from kiosk.log.signing_key import checkpoint_loss, key_file, known_keys, new_signer, remember, save_keys
from kiosk.record.entries import Entry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import read_checkpoint, sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.settings import Home, Mode
from kiosk.system.clock import FixedClock

NAME = f"{ORIGIN}12345678-1234-4234-8234-123456789abc"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without a log."""
    return Home(tmp_path / "home")


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (Unconfirmed(StoreError("The disk failed.")), NotConfirmed),
        (Damaged("What happened.", "What to do."), LogMustBeReplaced),
        (StoreError("What happened.", "What to do."), StoreUnusable),
    ],
    ids=["unconfirmed", "damaged", "any other"],
)
def test_errors_of_the_store_become_the_kiosks(cause: StoreError, expected: type[StoreUnusable]) -> None:
    """Each has its own class, the same sentences, and the id of a text for the desk; the cause is kept."""
    with pytest.raises(StoreUnusable) as told, kiosk_errors():
        raise cause
    error = told.value
    assert type(error) is expected
    assert (error.what, error.repair) == (cause.what, cause.repair)
    assert error.text_id == f"error.store.{type(cause).__name__}"
    assert error.__cause__ is cause
    assert not isinstance(error, LogMustBeReplaced) or error.reason is ReplaceReason.DAMAGED


def test_only_one_has_the_lock_of_a_log(home: Home) -> None:
    """A second one fails at once; the other mode is free, and so is this one afterwards."""
    with locked(home, "live"):
        with pytest.raises(StoreUnusable), locked(home, "live"):
            pass
        with locked(home, "practice"):
            pass
    with locked(home, "live"):
        pass


def test_a_log_is_made_once(home: Home) -> None:
    """A second call gives the same log and the same key."""
    path = ensure_log(home, "live", FixedClock(), environ={})
    assert path == home.log("live")
    before = path.read_bytes(), key_file(home, "live").read_bytes()
    assert ensure_log(home, "live", FixedClock(), environ={}) == path
    assert (path.read_bytes(), key_file(home, "live").read_bytes()) == before


@pytest.mark.parametrize("trace", ["checkpoint", "archive"])
def test_a_live_log_that_was_written_once_is_never_made_again(home: Home, trace: str) -> None:
    """A remembered checkpoint or an archived log says that it is missing; nothing is made in its place."""
    if trace == "checkpoint":
        remember(home, "live", sign_checkpoint(NAME, Tree(), new_signer(NAME)[0]).note)
    else:
        home.earlier.mkdir(parents=True)
        (home.earlier / "live-old.db").write_bytes(b"an archived log")
    require_first(home, "practice")
    with pytest.raises(LogMustBeReplaced) as told:
        ensure_log(home, "live", FixedClock(), environ={})
    assert told.value.reason is ReplaceReason.GONE
    assert not home.log("live").exists()


def test_a_new_practice_log_replaces_the_checkpoint_and_the_keys_of_the_last_one(home: Home) -> None:
    """Otherwise it would count as an older copy, or the last one as missing, at the next opening."""
    signer = new_signer(NAME)[0]
    remember(home, "practice", sign_checkpoint(NAME, Tree().grown([bytes(32)]), signer).note)
    save_keys(home, "practice", [signer.public])
    ensure_log(home, "practice", FixedClock(), environ={})
    log = open_reader(home, "practice")
    assert (known_keys(home, "practice"), checkpoint_loss(home, "practice", log.key)) == ((log.key,), None)
    log.close()


@pytest.mark.parametrize("step", ["save", "remember", "save_keys", "make"])
def test_a_creation_that_was_interrupted_is_done_again(home: Home, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """After a power cut at any step the next start makes the log, and nothing is missing from it or warned of."""

    def cut(*_: object, **__: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(create, step, cut)
        with pytest.raises(InterruptedError):
            ensure_log(home, "live", FixedClock(), environ={})
    log = open_writer(home, "live", FixedClock(), {})
    assert (log.size(), known_keys(home, "live"), checkpoint_loss(home, "live", log.key)) == (0, (log.key,), None)
    log.close()


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        (NAME, True),
        (NAME.removeprefix(ORIGIN), False),
        (ORIGIN, False),
        (NAME.upper(), False),
        (f"{ORIGIN}{NAME}", False),
        (f"{NAME}\n", False),
        (f"{ORIGIN}{uuid.UUID(int=10).hex}", False),
    ],
)
def test_an_origin_is_the_prefix_and_a_uuid_as_it_is_written(name: str, *, valid: bool) -> None:
    """Other spellings of the same UUID would name a file of their own in the archive."""
    assert is_origin(name) is valid


def test_a_new_key_has_a_name_that_no_log_has(home: Home, tmp_path: Path) -> None:
    """Made here, it has its line; from systemd, it has none, and is refused once a log has its name."""
    (first, line), (second, _) = fresh_signer("live", {}), fresh_signer("live", {})
    assert first.public.name != second.public.name
    assert is_origin(first.public.name)
    assert first.public.name in line
    (tmp_path / "kiosk-live-key").write_text(new_signer(NAME)[1], encoding="ascii")
    environ = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    provided, none = fresh_signer("live", environ, {first.public.name})
    assert (provided.public.name, none) == (NAME, "")
    with pytest.raises(Refused):
        fresh_signer("live", environ, {NAME})


@pytest.mark.parametrize("first", [None, Entry(EntryKind.SESSION_STARTED)], ids=["empty", "with a first entry"])
def test_a_new_log_is_signed_from_its_start(tmp_path: Path, first: Entry | None) -> None:
    """The checkpoint covers the first entry and is permanent then; the log's key signed it."""
    signer, at = new_signer(NAME)[0], FixedClock().now()
    checkpoint = make(tmp_path / "log.db", signer, at, first)
    log = open_at(tmp_path / "log.db")
    kept = [decode(entry) for entry in log.entries()]
    assert [(entry.seq, entry.kind, entry.at) for entry in kept] == ([(0, first.kind, at)] if first else [])
    assert (log.origin, log.key, log.created_us) == (NAME, signer.public, at.wall_us)
    assert read_checkpoint(checkpoint.note.encode(), log.key) == log.verified_checkpoint()
    assert checkpoint.lasting is (first is not None)
    log.close()


@pytest.mark.parametrize("mode", ["live", "practice"])
def test_a_log_that_left_entries_behind_is_not_made_again(home: Home, mode: Mode) -> None:
    """Its key, its list and its checkpoint stay for the day when it is put back."""
    open_writer(home, mode, FixedClock(), {}).close()
    log = home.log(mode)
    log.unlink()
    log.with_name(f"{log.name}-wal").write_bytes(b"left over")
    kept = {path: path.read_bytes() for path in home.path.rglob("*") if path.is_file() and path.suffix != ".lock"}
    with pytest.raises(LogMustBeReplaced):
        ensure_log(home, mode, FixedClock(), environ={})
    assert {path: path.read_bytes() for path in kept} == kept
