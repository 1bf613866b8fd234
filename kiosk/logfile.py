"""The log as a file of a home: made with its key, opened for one writer or for readers, signed at every entry.

Half of the one wiring place: here, and in the commands about the log, the kiosk meets the store.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.clock import Clock
from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.files import ensure_folder
from kiosk.logkeys import REPAIR, keep, new_signer, read_signer
from kiosk.post import Mode
from kiosk.record import happenings as h
from kiosk.record.beside import beside_of
from kiosk.record.checkpoint import Head, head_of, tree_under
from kiosk.record.entries import Altered, SealedEntry
from kiosk.record.note import Signer, VerifierKey, verifier_key
from kiosk.record.tree import Tree
from kiosk.settings import Home

if TYPE_CHECKING:
    from db.store import Reader, Row, Store

ORIGIN: Final = "front-office-kiosk/"
"""How the name of every log begins; a UUID follows."""


class LogOnDisk:
    """The desk's log port over `db`: the same rows, and its errors as the kiosk's."""

    def __init__(self, store: Store | Reader, signer: Signer | None = None, tree: Tree | None = None) -> None:
        """signer and tree: with what, and from where, a log that is written to goes on being signed."""
        self._store, self._signer, self._tree = store, signer, tree

    @property
    def origin(self) -> str:
        """Which log this is."""
        return self._store.origin

    @property
    def key(self) -> VerifierKey | None:
        """The public key that signs its state; None for a log that was made before logs were signed."""
        return verifier_key(self._store.log_vkey) if self._store.log_vkey else None

    @property
    def created_us(self) -> int:
        """When it was made, in microseconds since 1970 UTC."""
        return self._store.created_us

    @property
    def logs(self) -> tuple[LogOnDisk, ...]:
        """Itself, as the only one; `logchain` reads several as one."""
        return (self,)

    def size(self) -> int:
        """How many entries it holds."""
        with kiosk_errors():
            return self._store.size()

    def append(self, entries: Sequence[SealedEntry]) -> None:
        """Keep these entries; returns only when they are durable."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        if not isinstance(self._store, Store) or self._signer is None:
            raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")
        # What an append that failed left behind is looked up anew, never guessed.
        tree = (self._tree or _checked_tree(self._store, self._signer.public)).grown(e.leaf for e in entries)
        self._tree = None
        with kiosk_errors():
            self._store.append(entries, self._signed(tree, entries), beside_of(entries))
        self._tree = tree

    def _signed(self, tree: Tree, entries: Sequence[SealedEntry]) -> Head:
        assert self._signer is not None  # noqa: S101 - only `append` asks
        lasting = any(json.loads(entry.header)["kind"] in h.LASTING for entry in entries)
        return head_of(self.origin, tree, self._signer, lasting=lasting)

    def entries(self, encounter_id: str | None = None) -> Iterator[SealedEntry]:
        """Entries in order, of one encounter or all."""
        with kiosk_errors():
            yield from map(_sealed, self._store.entries(encounter_id))

    def encounter_ids(self, kind: str) -> Sequence[str]:
        """The encounters that have an entry of this kind, oldest first."""
        with kiosk_errors():
            return self._store.encounter_ids(kind)

    def landed(self, entries: Sequence[SealedEntry]) -> bool:
        """Whether entries whose append was not confirmed are in the log after all, now durable. Raises NotConfirmed."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        with kiosk_errors():
            return isinstance(self._store, Store) and self._store.landed(entries)

    def has(self, event_id: str) -> bool:
        """Whether an entry with this id is in it."""
        with kiosk_errors():
            return self._store.has(event_id)

    def last(self) -> SealedEntry | None:
        """The newest entry."""
        with kiosk_errors():
            row = self._store.last()
        return None if row is None else _sealed(row)

    def of_kind(self, kind: str) -> Iterator[SealedEntry]:
        """All entries of this kind, oldest first."""
        with kiosk_errors():
            yield from map(_sealed, self._store.of_kind(kind))

    def checkpoint(self) -> bool:
        """Leave nothing beside the log's own file; False while another program reads it, or when it is only read."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        with kiosk_errors():
            return isinstance(self._store, Store) and self._store.checkpoint()

    def close(self) -> None:
        """Let go of the log; a second time does nothing."""
        with kiosk_errors():
            self._store.close()


def _sealed(row: Row) -> SealedEntry:
    return SealedEntry(row.seq, row.header, row.leaf, row.disclosures, row.sealed)


@contextmanager
def kiosk_errors() -> Iterator[None]:
    """Turn the store's errors into the kiosk's, word for word."""
    from db.errors import StoreError, Unconfirmed  # noqa: PLC0415 - only with a store

    try:
        yield
    except Unconfirmed as error:
        raise NotConfirmed(error.what, error.repair) from error
    except StoreError as error:
        raise StoreUnusable(error.what, error.repair) from error


def ensure_log(home: Home, mode: Mode, clock: Clock, *, upgrade: bool = False) -> Path:
    """The path of the mode's log, made with its key when missing; `upgrade` also brings an older one to today's tables.

    Raises StoreUnusable.
    """
    path = home.log(mode)
    if not path.exists():
        _make(home, mode, clock, path)
    elif upgrade:
        from db.migrate import create_or_upgrade  # noqa: PLC0415 - alembic, only here

        with kiosk_errors():
            create_or_upgrade(path, origin="", kiosk_id="", created_us=0)  # it has its own
    return path


def _make(home: Home, mode: Mode, clock: Clock, path: Path) -> None:
    from db.migrate import create_or_upgrade  # noqa: PLC0415 - alembic, only here

    kiosk_id = str(uuid.uuid4())
    signer, line = new_signer(f"{ORIGIN}{kiosk_id}")
    with kiosk_errors():
        ensure_folder(path.parent)
        keep(home, mode, line)  # first: a log without its key could never be written to
        create_or_upgrade(
            path,
            origin=signer.public.name,
            kiosk_id=kiosk_id,
            created_us=clock.now().wall_us,
            log_vkey=str(signer.public),
            head=head_of(signer.public.name, Tree(), signer),
        )


def open_writer(home: Home, mode: Mode, clock: Clock, environ: Mapping[str, str] = os.environ) -> LogOnDisk:
    """The mode's log for writing, its newest checkpoint checked.

    Raises StoreUnusable when it is locked, damaged, full or of another version, or its key is not there; Altered when
    the log does not match its newest checkpoint.
    """
    path = ensure_log(home, mode, clock)
    from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

    with kiosk_errors():
        store = Store.open(path)
    try:
        signer = _signer_of(home, mode, store, environ)
        return LogOnDisk(store, signer, _checked_tree(store, signer.public))
    except BaseException:
        store.close()
        raise


def _signer_of(home: Home, mode: Mode, store: Store, environ: Mapping[str, str]) -> Signer:
    if not store.log_vkey:
        raise StoreUnusable(
            f"The {mode} log was made before logs were signed.", "Run `kiosk setup`: it keeps that log and goes on."
        )
    signer = read_signer(home, mode, environ)
    if str(signer.public) != store.log_vkey:
        raise StoreUnusable(f"The key here is not the one that signs the {mode} log.", REPAIR)
    return signer


def _checked_tree(store: Store, key: VerifierKey) -> Tree:
    with kiosk_errors():
        head = store.head()
        newest = [] if head is None else [_sealed(row) for row in store.entries(after=head.size - 1, limit=1)]
        size = store.size()
    if head is None or size < head.size:
        raise Altered(
            "The log does not match what was signed: entries of it are gone.",
            "Keep the file as it is and call the Superintendent's Office; `kiosk log verify` says more.",
        )
    return tree_under(head, key, newest)


def open_reader(home: Home, mode: Mode) -> LogOnDisk:
    """The mode's log for reading, beside a running kiosk or not. Raises StoreUnusable."""
    path = home.log(mode)
    if not path.exists():
        raise StoreUnusable(f"There is no {mode} log in {home.path} yet.", "It is made by the first encounter.")
    return open_at(path)


def open_at(path: Path) -> LogOnDisk:
    """The log in that file, for reading. Raises StoreUnusable."""
    from db.store import Reader  # noqa: PLC0415 - sqlalchemy, only for log commands

    with kiosk_errors():
        return LogOnDisk(Reader.open(path))
