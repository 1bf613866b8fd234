"""Creation of a log with its key and first entry, and conversion of store errors to kiosk errors."""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import LogMustBeReplaced, NotConfirmed, Refused, ReplaceReason, StoreUnusable
from kiosk.log.search_index import rebuild
from kiosk.log.signing_key import (
    checkpoint_file,
    credential,
    keys_file,
    new_signer,
    read_signer,
    remember,
    remembered,
    save,
    save_keys,
)
from kiosk.log.swap import finish, pending
from kiosk.record.entries import Entry, encode
from kiosk.record.transparency.checkpoint import Checkpoint, SignedCheckpoint, sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock, Instant
from kiosk.system.files import ensure_folder

if TYPE_CHECKING:
    from db.disk.lock import WriterLock

ORIGIN: Final = "front-office-kiosk/"
"""The start of every origin; a UUID follows."""


@contextmanager
def kiosk_errors() -> Iterator[None]:
    """Convert the store's errors to the kiosk's, with the same sentences."""
    from db.district.errors import DistrictError  # noqa: PLC0415 - only with a store
    from db.errors import Damaged, StoreError, Unconfirmed  # noqa: PLC0415 - likewise

    try:
        yield
    except Unconfirmed as error:
        raise NotConfirmed(error.what, error.repair, _text_id(error)) from error
    except Damaged as error:
        raise LogMustBeReplaced(error.what, error.repair, ReplaceReason.DAMAGED, _text_id(error)) from error
    except StoreError as error:
        raise StoreUnusable(error.what, error.repair, _text_id(error)) from error
    except DistrictError as error:
        raise StoreUnusable(error.what, error.repair) from error


def _text_id(error: Exception) -> str:
    """Return the id of the sentence for desk staff, which has no paths and commands."""
    return f"error.store.{type(error).__name__}"


@contextmanager
def locked(home: Home, mode: Mode) -> Iterator[WriterLock]:
    """Hold the writer lock of the mode's log. Raises StoreUnusable at once when another process holds it."""
    from db.disk.lock import WriterLock  # noqa: PLC0415 - only with a store

    ensure_folder(home.log(mode).parent)
    with kiosk_errors():
        lock = WriterLock(home.log(mode))
    try:
        yield lock
    finally:
        lock.release()


def ensure_log(
    home: Home, mode: Mode, clock: Clock, *, upgrade: bool = False, environ: Mapping[str, str] = os.environ
) -> Path:
    """Return the path of the mode's log. Finish a pending replacement, and create a missing log with its key.

    upgrade: migrate an older log to the current tables.
    Raises StoreUnusable, and LogMustBeReplaced when the live log is missing though the kiosk wrote one.
    """
    path = home.log(mode)
    if pending(home, mode):
        with locked(home, mode):
            finish(home, mode)
    if not path.exists():
        require_first(home, mode)
        _make(home, mode, clock, path, environ)
    elif upgrade:
        bring_up_to_date(path)
        from db.store import Store  # noqa: PLC0415 - only with a store

        with kiosk_errors(), Store.open(path) as store:
            rebuild(store)
    return path


def bring_up_to_date(path: Path) -> None:
    """Migrate the log in this file to the current tables. Raises StoreUnusable; the file is then unchanged."""
    from db.migrations.upgrade import upgrade  # noqa: PLC0415 - alembic, only here

    with kiosk_errors():
        upgrade(path)


def require_first(home: Home, mode: Mode) -> None:
    """Raise LogMustBeReplaced when the live log is missing though the kiosk wrote one."""
    known = remembered(home, mode)
    if mode != "live" or _interrupted(home, mode, known):
        return
    if checkpoint_file(home, mode).exists() or keys_file(home, mode).exists() or any(home.earlier.glob("live-*.db")):
        least = f"; it had at least {known.size} entries" if known else ""
        raise LogMustBeReplaced(
            f"The live log is missing at {home.log(mode)}{least}.",
            "Put it back, or run `kiosk log restore`. If there is no backup, `kiosk setup` starts a new log.",
            ReplaceReason.GONE,
        )


def _interrupted(home: Home, mode: Mode, known: Checkpoint | None) -> Signer | None:
    """Return the key of a first log whose creation was interrupted; None if there is none. known: as remembered."""
    if known is None or known.size or any(home.earlier.glob(f"{mode}-*.db")):
        return None
    with suppress(StoreUnusable):
        signer = read_signer(home, mode)
        return signer if signer.public.name == known.origin else None
    return None


def _make(home: Home, mode: Mode, clock: Clock, path: Path, environ: Mapping[str, str]) -> None:
    """Create the first log. Its key, and a checkpoint of no entries, come first: each log has both from its start."""
    from db.migrations.upgrade import require_alone  # noqa: PLC0415 - sqlalchemy, only here

    with kiosk_errors():
        require_alone(path)  # before a key replaces one that the missing log may need
    signer, line = _interrupted(home, mode, remembered(home, mode)), ""
    if signer is None:
        signer, line = fresh_signer(mode, environ)
    ensure_folder(path.parent)
    if line:
        save(home, mode, line)
    remember(home, mode, sign_checkpoint(signer.public.name, Tree(), signer).note)
    save_keys(home, mode, [signer.public])
    make(path, signer, clock.now())


def fresh_signer(mode: Mode, environ: Mapping[str, str], used: Collection[str] = ()) -> tuple[Signer, str]:
    """Return the key for a new log, and its line for the key file, empty when systemd provides the key.

    used: origins of existing logs. Raises Refused when the key that systemd provides belongs to one of them.
    """
    provided = credential(mode, environ)
    if provided is None:
        return new_signer(f"{ORIGIN}{uuid.uuid4()}")
    name = provided.public.name
    if name in used or not is_origin(name):
        raise Refused(
            f"The key that systemd provides for the {mode} log belongs to another log; a new log needs a new key.",
            "Remove it from the unit for now. See “The log's key” in deploy/README.md.",
        )
    return provided, ""


def is_origin(name: str) -> bool:
    """Check that the name is a valid origin: the kiosk's prefix and a UUID."""
    try:
        return name == f"{ORIGIN}{uuid.UUID(name.removeprefix(ORIGIN))}"
    except ValueError:
        return False


def make(path: Path, signer: Signer, at: Instant, first: Entry | None = None) -> SignedCheckpoint:
    """Create a log at `path`, named and signed by this key, with its first entry. Return its checkpoint.

    Raises StoreUnusable.
    """
    from db.migrations.upgrade import create  # noqa: PLC0415 - alembic, only here

    origin = signer.public.name
    rows = [encode(first, origin=origin, seq=0, event_id=str(uuid.uuid4()), at=at)] if first else []
    checkpoint = sign_checkpoint(origin, Tree().grown(row.leaf for row in rows), signer, lasting=bool(rows))
    with kiosk_errors():
        create(
            path,
            origin=origin,
            created_us=at.wall_us,
            log_vkey=str(signer.public),
            checkpoint=checkpoint,
            rows=rows,
        )
    return checkpoint
