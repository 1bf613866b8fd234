"""The log as a file of a home: made with its key, opened for one writer or for readers, signed at every entry.

Half of the one wiring place: here, and in the commands about the log, the kiosk meets the store.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import StoreUnusable
from kiosk.log.continuity import require_usable
from kiosk.log.create import bring_up_to_date, ensure_log, kiosk_errors, require_first
from kiosk.log.search_index import catch_up, stale
from kiosk.log.signing_key import remember
from kiosk.log.swap import pending
from kiosk.record import kinds as h
from kiosk.record.entries import SealedEntry
from kiosk.record.retention.effects import beside_of
from kiosk.record.transparency.checkpoint import Checkpoint, KeptHead, altered, head_of, tree_under
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import BadNote, Signer, VerifierKey, verifier_key
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock

if TYPE_CHECKING:
    from db.queries import Lists
    from db.store import Reader, Row, Store

__all__ = ["LogOnDisk", "bring_up_to_date", "ensure_log", "kiosk_errors", "open_at", "open_reader", "open_writer"]


class LogOnDisk:
    """The desk's log port over `db`: the same rows, and its errors as the kiosk's."""

    def __init__(
        self,
        store: Store | Reader,
        signer: Signer | None = None,
        tree: Tree | None = None,
        kept: Callable[[str], None] = lambda _: None,
    ) -> None:
        """signer and tree: with what, and from where, a log that is written to goes on being signed.

        kept: is given each signed checkpoint that was kept for good, after it was.
        """
        self._store, self._signer, self._tree, self._kept = store, signer, tree, kept

    @property
    def origin(self) -> str:
        """Which log this is."""
        return self._store.origin

    @property
    def key(self) -> VerifierKey:
        """The public key that signs its state. Raises Altered when what the log names is no key."""
        try:
            return verifier_key(self._store.log_vkey)
        except BadNote as error:
            raise altered("the key that it names was changed or taken out") from error

    @property
    def created_us(self) -> int:
        """When it was made, in microseconds since 1970 UTC."""
        return self._store.created_us

    @property
    def logs(self) -> tuple[LogOnDisk, ...]:
        """Itself, as the only one; `archive` reads several as one."""
        return (self,)

    def size(self) -> int:
        """How many entries it holds."""
        if self._tree is not None:  # nobody else writes
            return self._tree.size
        with kiosk_errors():
            return self._store.size()

    def append(self, entries: Sequence[SealedEntry]) -> None:
        """Keep these entries; returns only when they are durable."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        if not isinstance(self._store, Store) or self._signer is None:
            raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")
        # What an append that failed left behind is looked up anew, never guessed.
        tree = (self._tree or _checked_tree(self._store, self._signer.public)).grown(e.leaf for e in entries)
        kinds = {json.loads(entry.header)["kind"] for entry in entries}
        head = head_of(self.origin, tree, self._signer, lasting=not kinds.isdisjoint(h.LASTING))
        self._tree = None
        with kiosk_errors():
            self._store.append(entries, head, beside_of(entries))
        self._tree = tree
        # What follows only helps: the entries are in the log, and what can't be done now is caught up with later.
        if head.lasting:
            with suppress(StoreUnusable):
                self._kept(head.note)
        if head.lasting or not kinds.isdisjoint(h.ABOUT_A_RECORD):
            with suppress(StoreUnusable), kiosk_errors():
                catch_up(self._store)

    def entries(self, encounter_id: str | None = None) -> Iterator[SealedEntry]:
        """Entries in order, of one encounter or all."""
        with kiosk_errors():
            yield from map(_sealed, self._store.entries(encounter_id))

    def encounter_ids(self, kind: str) -> Sequence[str]:
        """The encounters that have an entry of this kind, oldest first."""
        with kiosk_errors():
            return self._store.encounter_ids(kind)

    def kept_head(self) -> KeptHead:
        """The newest signed state with its signature. Raises Altered when it was taken out."""
        return _kept_head(self._store)

    def leaves(self) -> Iterator[bytes]:
        """The leaf hash of every entry, in order."""
        with kiosk_errors():
            yield from self._store.leaves()

    def committed(self, entries: Sequence[SealedEntry]) -> bool:
        """Whether entries whose append was not confirmed are in the log after all, now durable. Raises NotConfirmed."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        with kiosk_errors():
            return isinstance(self._store, Store) and self._store.committed(entries)

    def has(self, event_id: str) -> bool:
        """Whether an entry with this id is in it."""
        with kiosk_errors():
            return self._store.has(event_id)

    def head(self) -> Checkpoint:
        """The newest signed state, as the log says it. Raises Altered when it was taken out."""
        head = self.kept_head()
        return Checkpoint(self.origin, head.size, head.root)

    def signed_head(self) -> Checkpoint:
        """The same, once the log's key was found to have signed it. Raises Altered when it did not."""
        head = self.head()
        _checked_tree(self._store, self.key)
        return head

    def root_at(self, size: int) -> bytes | None:
        """The root over its first entries, so many, when it kept a checkpoint of that size."""
        with kiosk_errors():
            return self._store.root_at(size)

    def last(self) -> SealedEntry | None:
        """The newest entry."""
        with kiosk_errors():
            row = self._store.last()
        return None if row is None else _sealed(row)

    def of_kind(self, kind: str) -> Iterator[SealedEntry]:
        """All entries of this kind, oldest first."""
        with kiosk_errors():
            yield from map(_sealed, self._store.of_kind(kind))

    def newest(self, kind: str | None = None) -> Iterator[SealedEntry]:
        """Entries, or those of one kind, the newest first."""
        with kiosk_errors():
            yield from map(_sealed, self._store.lists.newest(kind))

    def count(self, kind: str) -> int:
        """How many entries it has of this kind."""
        with kiosk_errors():
            return self._store.lists.count(kind)

    def lacking(self, kind: str, other: str) -> Iterator[str]:
        """The encounters that have an entry of one kind and none of the other, the newest first."""
        with kiosk_errors():
            yield from self._store.lists.lacking(kind, other)

    def require_whole(self) -> None:
        """Raise StoreUnusable when the file is damaged anywhere (2 s for a million entries)."""
        with kiosk_errors():
            self._store.require_whole()

    def stale_rows(self) -> int:
        """How many of the lines that searches look through do not say what the entries say; some are looked at."""
        with kiosk_errors():
            return stale(self._store.lists)

    @property
    def lists(self) -> Lists:
        """What lists and searches ask; its errors are the store's (`kiosk_errors`)."""
        return self._store.lists

    def checkpoint(self) -> bool:
        """Leave nothing beside the log's own file; False while another program reads it, or when it is only read."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        with kiosk_errors():
            return isinstance(self._store, Store) and self._store.checkpoint()

    def signed_state(self) -> Checkpoint:
        """The newest signed state, with all entries under it. Raises Altered or StoreUnusable."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        if self._tree is None and isinstance(self._store, Store) and self._signer is not None:
            self._tree = _checked_tree(self._store, self._signer.public)
        if self._tree is None:
            raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")
        return Checkpoint(self.origin, self._tree.size, self._tree.root)

    def close(self) -> None:
        """Let go of the log; a second time does nothing."""
        with kiosk_errors():
            self._store.close()


def _sealed(row: Row) -> SealedEntry:
    return SealedEntry(row.seq, row.header, row.leaf, row.disclosures, row.sealed)


def open_writer(home: Home, mode: Mode, clock: Clock, environ: Mapping[str, str] = os.environ) -> LogOnDisk:
    """The mode's log for writing, its newest checkpoint checked.

    Raises StoreUnusable when it is locked, full or of another version; LogMustBeReplaced when it can't be gone on
    with: damaged,
    altered, an older copy, or without its key.
    """
    path = ensure_log(home, mode, clock, environ=environ)
    from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

    with kiosk_errors():
        store = Store.open(path)
    try:
        signer = require_usable(home, mode, LogOnDisk(store), environ)
        tree = _checked_tree(store, signer.public)
    except BaseException:
        store.close()
        raise
    return LogOnDisk(store, signer, tree, kept=lambda note: remember(home, mode, note))


def _kept_head(store: Store | Reader) -> KeptHead:
    with kiosk_errors():
        head = store.head()
    if head is None:
        raise altered("its newest checkpoint was taken out")
    return head


def _checked_tree(store: Store | Reader, key: VerifierKey) -> Tree:
    head = _kept_head(store)
    with kiosk_errors():
        newest = [_sealed(row) for row in store.entries(after=head.size - 1, limit=1)]
        size = store.size()
    if size < head.size:
        raise altered("entries of it are gone")
    return tree_under(head, key, newest)


def open_reader(home: Home, mode: Mode) -> LogOnDisk:
    """The mode's log for reading, beside a running kiosk or not. Raises StoreUnusable."""
    path = home.log(mode)
    if pending(home, mode):
        raise StoreUnusable(
            f"A new {mode} log was begun and is not in place yet.", "Open the kiosk, which finishes it."
        )
    if not path.exists():
        require_first(home, mode)
        raise StoreUnusable(f"There is no {mode} log in {home.path} yet.", "It is made by the first encounter.")
    return open_at(path)


def open_at(path: Path) -> LogOnDisk:
    """The log in that file, for reading. Raises StoreUnusable."""
    from db.store import Reader  # noqa: PLC0415 - sqlalchemy, only for log commands

    with kiosk_errors():
        return LogOnDisk(Reader.open(path))
