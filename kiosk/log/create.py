"""Making a log with its key, its first entry in it before it has its name; and the store's errors as the kiosk's."""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import LogMustBeReplaced, NotConfirmed, Refused, StoreUnusable
from kiosk.log.search_index import rebuilt
from kiosk.log.signing_key import credential, forget, new_signer, remembered, save
from kiosk.log.swap import finish, pending
from kiosk.record.entries import Entry, seal
from kiosk.record.transparency.checkpoint import Head, head_of
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock, Instant
from kiosk.system.files import ensure_folder

if TYPE_CHECKING:
    from db.disk.lock import WriterLock

ORIGIN: Final = "front-office-kiosk/"
"""How the name of every log begins; a UUID follows."""


@contextmanager
def kiosk_errors() -> Iterator[None]:
    """Turn the store's errors into the kiosk's, word for word."""
    from db.errors import Damaged, StoreError, Unconfirmed  # noqa: PLC0415 - only with a store

    try:
        yield
    except Unconfirmed as error:
        raise NotConfirmed(error.what, error.repair, _text_id(error)) from error
    except Damaged as error:
        raise LogMustBeReplaced(error.what, error.repair, "damaged", _text_id(error)) from error
    except StoreError as error:
        raise StoreUnusable(error.what, error.repair, _text_id(error)) from error


def _text_id(error: Exception) -> str:
    """Whoever sits at the desk reads no paths and commands: the catalogs have a sentence for each kind of error."""
    return f"error.store.{type(error).__name__}"


@contextmanager
def locked(home: Home, mode: Mode) -> Iterator[WriterLock]:
    """Hold the lock of the mode's log, so that nobody else writes it. Raises StoreUnusable at once when one does."""
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
    """The path of the mode's log; one that was decided upon is put in place, a missing one is made with its key.

    upgrade: bring an older one to today's tables.
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
            rebuilt(store)
    return path


def bring_up_to_date(path: Path) -> None:
    """Bring the log in that file to today's tables. Raises StoreUnusable; then it is as it was."""
    from db.migrations.upgrade import upgrade  # noqa: PLC0415 - alembic, only here

    with kiosk_errors():
        upgrade(path)


def require_first(home: Home, mode: Mode) -> None:
    """Raise LogMustBeReplaced when the live log is missing though the kiosk wrote one."""
    known = remembered(home, mode)
    if mode == "live" and (known is not None or any(home.earlier.glob("live-*.db"))):
        least = f"; this kiosk had written at least {known.size} entries to it" if known else ""
        raise LogMustBeReplaced(
            f"The live log is gone from {home.log(mode)}{least}.",
            "Put it back, or run `kiosk log restore`; if there is no backup, `kiosk setup` begins a new log.",
            "gone",
        )


def _make(home: Home, mode: Mode, clock: Clock, path: Path, environ: Mapping[str, str]) -> None:
    signer, line = fresh_signer(mode, environ)
    ensure_folder(path.parent)
    if line:
        save(home, mode, line)  # first: a log without its key could never be written to
    forget(home, mode)
    make(path, signer, clock.now())


def fresh_signer(mode: Mode, environ: Mapping[str, str], used: Collection[str] = ()) -> tuple[Signer, str]:
    """The key for a new log, and the line to keep of it; empty when systemd hands the key in.

    used: the names of logs that there are already. Raises Refused when the key handed in belongs to one of them.
    """
    handed = credential(mode, environ)
    if handed is None:
        return new_signer(f"{ORIGIN}{uuid.uuid4()}")
    name = handed.public.name
    if name in used or not is_origin(name):
        raise Refused(
            f"The key that systemd hands in for the {mode} log belongs to another log; a new log needs a new key.",
            "Take it out of the unit for now, and see “The log's key” in deploy/README.md.",
        )
    return handed, ""


def is_origin(name: str) -> bool:
    """Whether a log can have that name: the kiosk's prefix and a UUID."""
    try:
        return name == f"{ORIGIN}{uuid.UUID(name.removeprefix(ORIGIN))}"
    except ValueError:
        return False


def make(path: Path, signer: Signer, at: Instant, first: Entry | None = None) -> Head:
    """Make a log at `path`, named and signed by that key, with its first entry already in it; give back its head.

    Raises StoreUnusable.
    """
    from db.migrations.upgrade import create  # noqa: PLC0415 - alembic, only here

    origin = signer.public.name
    rows = [seal(first, origin=origin, seq=0, event_id=str(uuid.uuid4()), at=at)] if first else []
    head = head_of(origin, Tree().grown(row.leaf for row in rows), signer, lasting=bool(rows))
    with kiosk_errors():
        create(
            path,
            origin=origin,
            created_us=at.wall_us,
            log_vkey=str(signer.public),
            head=head,
            rows=rows,
        )
    return head
