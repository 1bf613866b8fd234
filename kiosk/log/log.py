"""The log file of a home, opened for one writer or for readers, with a signed checkpoint at each append.

Only this room opens the store; others use it through here and `verify`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import StoreUnusable
from kiosk.log.continuity import require_usable
from kiosk.log.create import bring_up_to_date, ensure_log, kiosk_errors, require_first
from kiosk.log.search_index import catch_up, stale
from kiosk.log.signing_key import checkpoint_loss, remember
from kiosk.log.swap import pending
from kiosk.record.entries import Encoded, EncodedEntry, NewEntry, encode
from kiosk.record.entry_kinds import BY_COMMAND, LASTING, OF_RECORD, RETENTION, EntryKind
from kiosk.record.pack_entries import Protocols, kept_protocols
from kiosk.record.retention.effects import effects_of
from kiosk.record.transparency.checkpoint import Checkpoint, StoredCheckpoint, altered, sign_checkpoint, tree_under
from kiosk.record.transparency.checkpoint_loss import checkpoint_lost
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import BadNote, Signer, VerifierKey, verifier_key
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock

if TYPE_CHECKING:
    from db.queries import Lists
    from db.reads import Reads
    from db.store import Row

__all__ = ["LogOnDisk", "bring_up_to_date", "ensure_log", "kiosk_errors", "open_at", "open_reader", "open_writer"]

_AFTER_ALL: Final = 2**63 - 1

_OF_COMMANDS: Final = BY_COMMAND | OF_RECORD | RETENTION
"""Kinds that can wait until the disk has room. The reserve is for the record that is open at the desk."""


class LogOnDisk:
    """The desk's log port over `db`: the same rows, with the store's errors as kiosk errors."""

    def __init__(
        self,
        store: Reads,
        signer: Signer | None = None,
        tree: Tree | None = None,
        on_checkpoint: Callable[[str], None] = lambda _: None,
    ) -> None:
        """signer: the signing key of a log that is written; tree: its current Merkle tree.

        on_checkpoint: called with each permanent signed checkpoint after it is stored.
        """
        self._store, self._signer, self._tree = store, signer, tree
        self._on_checkpoint = on_checkpoint

    @property
    def origin(self) -> str:
        """The origin of the log."""
        return self._store.origin

    @property
    def key(self) -> VerifierKey:
        """The public key of its checkpoints. Raises Altered when the stored key is invalid."""
        try:
            return verifier_key(self._store.log_vkey)
        except BadNote as error:
            raise altered("its public key was changed or removed") from error

    @property
    def created_us(self) -> int:
        """Creation time, in microseconds since 1970 UTC."""
        return self._store.created_us

    @property
    def logs(self) -> tuple[LogOnDisk, ...]:
        """This log alone; `archive` reads several as one."""
        return (self,)

    @cached_property
    def protocols(self) -> Protocols:
        """The protocols in the log, each read once while the log is open: a protocol is as long as fifty records."""
        return kept_protocols(self)

    def size(self) -> int:
        """Return the number of entries."""
        if self._tree is not None:  # nobody else writes
            return self._tree.size
        with kiosk_errors():
            return self._store.size()

    def latest_us(self) -> int | None:
        """Return the latest time of any entry, in microseconds since 1970 UTC; None without entries.

        After the clock was set back, this is not the time of the newest entry.
        """
        with kiosk_errors():
            return self._store.latest_us()

    def append(self, entries: Sequence[NewEntry]) -> None:
        """Append these entries; return when they are durable. Raises StoreUnusable."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        if not isinstance(self._store, Store) or self._signer is None:
            raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")
        # After a failed append the tree is read from the store again, never guessed.
        tree = (self._tree or _checked_tree(self._store, self._signer.public)).grown(e.leaf for e in entries)
        kinds = {entry.kind for entry in entries}
        checkpoint = sign_checkpoint(self.origin, tree, self._signer, lasting=not kinds.isdisjoint(LASTING))
        self._tree = None
        with kiosk_errors():
            self._store.append(entries, checkpoint, effects_of(entries), spend_reserve=not kinds <= _OF_COMMANDS)
        self._tree = tree
        # The entries are in the log now; the rest may fail and is caught up later.
        if checkpoint.lasting:
            with suppress(StoreUnusable):
                self._on_checkpoint(checkpoint.note)
        if checkpoint.lasting or not kinds.isdisjoint(OF_RECORD):
            with suppress(StoreUnusable), kiosk_errors():
                catch_up(self._store)

    def entries(self, encounter_id: str | None = None) -> Iterator[EncodedEntry]:
        """Yield entries in order, of one record or of all."""
        with kiosk_errors():
            yield from map(encoded, self._store.entries(encounter_id))

    def entries_from(self, first: int, most: int) -> Iterator[EncodedEntry]:
        """Yield at most `most` entries in order, from number `first` on."""
        with kiosk_errors():
            yield from map(encoded, self._store.entries(after=first - 1, limit=most))

    def encounter_ids(self, kind: EntryKind) -> Sequence[str]:
        """Return the ids of records with an entry of this kind, oldest first."""
        with kiosk_errors():
            return self._store.encounter_ids(kind)

    def value_names(self) -> Sequence[str]:
        """Return the names of all values in the log, such as `field.badge`, sorted."""
        with kiosk_errors():
            return self._store.value_names()

    def stored_checkpoint(self) -> StoredCheckpoint:
        """Return the newest checkpoint with its signature. Raises Altered when it was removed."""
        return _stored_checkpoint(self._store)

    def leaves(self, first: int = 0) -> Iterator[bytes]:
        """Yield the leaf hashes of all entries from number `first` on, in order."""
        with kiosk_errors():
            yield from self._store.leaves(first)

    def committed(self, entries: Sequence[EncodedEntry]) -> bool:
        """Check whether unconfirmed entries are in the log after all, now durable. Raises NotConfirmed."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        with kiosk_errors():
            return isinstance(self._store, Store) and self._store.committed(entries)

    def number_of(self, event_id: str) -> int | None:
        """Return the number of the entry with this id; None if there is none."""
        with kiosk_errors():
            return self._store.number_of(event_id)

    def newest_checkpoint(self) -> Checkpoint:
        """Return the newest checkpoint without checking its signature. Raises Altered when it was removed."""
        checkpoint = self.stored_checkpoint()
        return Checkpoint(self.origin, checkpoint.size, checkpoint.root)

    def verified_checkpoint(self) -> Checkpoint:
        """Return the newest checkpoint with a verified signature. Raises Altered when it does not verify."""
        checkpoint = self.newest_checkpoint()
        _checked_tree(self._store, self.key)
        return checkpoint

    def root_at(self, size: int) -> bytes | None:
        """Return the root hash of the first `size` entries if a checkpoint of that size is stored, else None."""
        with kiosk_errors():
            return self._store.root_at(size)

    def note_at(self, size: int) -> str | None:
        """Return the signed checkpoint of the first `size` entries; None unless a permanent one is stored."""
        with kiosk_errors():
            return self._store.note_at(size)

    def last(self) -> EncodedEntry | None:
        """Return the newest entry."""
        with kiosk_errors():
            row = self._store.last()
        return None if row is None else encoded(row)

    def of_kind(self, kind: EntryKind) -> Iterator[EncodedEntry]:
        """Yield all entries of this kind, oldest first."""
        with kiosk_errors():
            yield from map(encoded, self._store.of_kind(kind))

    def newest(self, kind: EntryKind | None = None) -> Iterator[EncodedEntry]:
        """Yield entries, or those of one kind, newest first."""
        with kiosk_errors():
            yield from map(encoded, self._store.lists.newest(kind))

    def count(self, kind: EntryKind) -> int:
        """Return the number of entries of this kind."""
        with kiosk_errors():
            return self._store.lists.count(kind)

    def lacking(self, kind: EntryKind, other: EntryKind, before: str | None = None) -> Iterator[str]:
        """Yield the ids of records with an entry of `kind` and none of `other`, newest first.

        before: the id of a record; only those whose entry of `kind` is older than its own, none if it has none.
        """
        with kiosk_errors():
            if before is None:
                yield from self._store.lists.lacking(kind, other)
            elif place := self._store.lists.openings(kind, [before]):
                yield from self._store.lists.lacking(kind, other, place[0][0])

    def of_records(self, ids: Sequence[str], kinds: Collection[EntryKind]) -> dict[str, list[EncodedEntry]]:
        """Return the entries of these kinds of each of these records, in order."""
        with kiosk_errors():
            found = self._store.lists.of_encounters(ids, [*kinds])
        return {encounter_id: [*map(encoded, rows)] for encounter_id, rows in found.items()}

    # -- lists and searches, over all logs that are read as one -------------------------------------------------------

    def rows_of(self, ids: Sequence[str]) -> Mapping[str, Sequence[Encoded]]:
        """Return all entries of each of these records, oldest first."""
        with kiosk_errors():
            found = [one.lists.of_encounters(ids) for one in self.logs]
        return {encounter_id: [row for one in found for row in one[encounter_id]] for encounter_id in ids}

    def values_of(self, kind: EntryKind, name: str) -> Iterator[tuple[str, bytes | None]]:
        """Yield (record id, value with this name or None) of all entries of this kind; in each log, newest first."""
        with kiosk_errors():
            for one in self.logs:
                yield from ((encounter_id, body) for _, encounter_id, body in one.lists.values(kind, name))

    def numbered(self, no: str) -> Iterator[str]:
        """Yield the ids of the records that the index lists under this number."""
        with kiosk_errors():
            for one in reversed(self.logs):
                yield from one.lists.numbered(EntryKind.ENCOUNTER_OPENED, no)

    def unlisted_numbers(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield (record id, value `no` or None) of all openings, newest log first: the index may lack a number."""
        for one in reversed(self.logs):
            yield from one.values_of(EntryKind.ENCOUNTER_OPENED, "no")

    def newest_ids(self, words: Sequence[str], between_us: tuple[int, int], before: str | None) -> Iterator[str]:
        """Yield the ids of the records that may have all these words, newest first; the caller checks each.

        between_us: times of the opening, the second exclusive. before: the id of a record; only older ones.
        """
        logs, started = self.logs, before is None
        for n in reversed(range(len(logs))):
            first = _AFTER_ALL if started else _opening(logs[n], before)
            if first is not None:
                started = True
                yield from (found for _, found in _places(logs[n], logs[n + 1 :], words, between_us, first))

    # ------------------------------------------------------------------------------------------------------------------

    def require_intact(self) -> None:
        """Check the whole file (2 s for a million entries). Raises StoreUnusable when it is damaged."""
        with kiosk_errors():
            self._store.require_intact()

    def require_schema(self) -> None:
        """Raise StoreUnusable when tables, indexes or triggers of the file were changed."""
        with kiosk_errors():
            self._store.require_schema()

    def stale_rows(self) -> int:
        """Return the number of search index rows that differ from their entries, from a random sample of rows."""
        with kiosk_errors():
            return stale(self._store)

    @property
    def lists(self) -> Lists:
        """Queries for lists and searches; they raise the store's errors (see `kiosk_errors`)."""
        return self._store.lists

    def empty_wal(self) -> bool:
        """Write SQLite's second file back into the log file.

        Return False while another program reads it, or when the log is open for reading only.
        """
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        with kiosk_errors():
            return isinstance(self._store, Store) and self._store.empty_wal()

    def signed_checkpoint(self) -> Checkpoint:
        """Return the newest checkpoint, which covers all entries. Raises Altered or StoreUnusable."""
        from db.store import Store  # noqa: PLC0415 - sqlalchemy, after first paint

        if self._tree is None and isinstance(self._store, Store) and self._signer is not None:
            self._tree = _checked_tree(self._store, self._signer.public)
        if self._tree is None:
            raise StoreUnusable("The log was opened for reading.", "Close the kiosk, then try again.")
        return Checkpoint(self.origin, self._tree.size, self._tree.root)

    def close(self) -> None:
        """Close the log; a second call does nothing."""
        with kiosk_errors():
            self._store.close()


def encoded(row: Row) -> EncodedEntry:
    """Return the entry in a row of a store."""
    return EncodedEntry(row.seq, row.header, row.leaf, row.disclosures, row.encrypted)


def _opening(log: LogOnDisk, encounter_id: str | None) -> int | None:
    with kiosk_errors():
        return next((seq for seq, _ in log.lists.openings(EntryKind.ENCOUNTER_OPENED, [encounter_id or ""])), None)


def _places(
    log: LogOnDisk, later: Sequence[LogOnDisk], words: Sequence[str], between_us: tuple[int, int], before: int
) -> Iterator[tuple[int, str]]:
    """Yield (number of the first entry, record id) of the records that may match, numbered below `before`."""
    since, until = between_us
    with kiosk_errors():
        if not words:
            yield from log.lists.opened(EntryKind.ENCOUNTER_OPENED, before, since, until)
            return
        added_to = {found for one in later for found in one.lists.opened_elsewhere()}
        unindexed = [place for place in log.lists.unindexed(EntryKind.ENCOUNTER_OPENED, added_to) if place[0] < before]
        hits = log.lists.hits(EntryKind.ENCOUNTER_OPENED, words, before, since, until)
        for place, _ in groupby(merge(hits, unindexed, reverse=True)):
            yield place


def open_writer(home: Home, mode: Mode, clock: Clock, environ: Mapping[str, str] = os.environ) -> LogOnDisk:
    """Open the mode's log for writing, after checking its newest checkpoint.

    Raises StoreUnusable when it is locked, full or of another version. Raises LogMustBeReplaced when it is damaged,
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
    return _recorded(home, mode, clock, LogOnDisk(store, signer, tree, lambda note: remember(home, mode, note)))


def _recorded(home: Home, mode: Mode, clock: Clock, log: LogOnDisk) -> LogOnDisk:
    """Return the log, with an entry about the loss of the remembered checkpoint before a new one replaces it."""
    loss = checkpoint_loss(home, mode, log.key)
    if loss is None:
        return log
    try:
        lost = checkpoint_lost(loss)
        log.append([encode(lost, origin=log.origin, seq=log.size(), event_id=str(uuid.uuid4()), at=clock.now())])
    except BaseException:
        log.close()
        raise
    return log


def _stored_checkpoint(store: Reads) -> StoredCheckpoint:
    with kiosk_errors():
        checkpoint = store.newest_checkpoint()
    if checkpoint is None:
        raise altered("its newest checkpoint was removed")
    return checkpoint


def _checked_tree(store: Reads, key: VerifierKey) -> Tree:
    checkpoint = _stored_checkpoint(store)
    with kiosk_errors():
        newest = [encoded(row) for row in store.entries(after=checkpoint.size - 1, limit=1)]
        size = store.size()
    if size < checkpoint.size:
        raise altered("entries were removed")
    return tree_under(checkpoint, key, newest)


def require_log(home: Home, mode: Mode) -> None:
    """Raise StoreUnusable when the mode has no log yet, when it is missing, or when its replacement was interrupted."""
    if pending(home, mode):
        raise StoreUnusable(f"The replacement of the {mode} log was interrupted.", "Open the kiosk, which finishes it.")
    if not home.log(mode).exists():
        require_first(home, mode)
        raise StoreUnusable(f"There is no {mode} log in {home.path} yet.", "Open the kiosk, which creates it.")


def open_reader(home: Home, mode: Mode) -> LogOnDisk:
    """Open the mode's log for reading, also while a kiosk runs. Raises StoreUnusable."""
    require_log(home, mode)
    return open_at(home.log(mode))


def open_at(path: Path) -> LogOnDisk:
    """Open the log in this file for reading. Raises StoreUnusable."""
    from db.store import Reader  # noqa: PLC0415 - sqlalchemy, only for log commands

    with kiosk_errors():
        return LogOnDisk(Reader.open(path))
