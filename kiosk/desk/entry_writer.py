"""Writes the desk's entries in order, each once, even when a commit could not be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.errors import NotConfirmed
from kiosk.record.clock_changes import change_between
from kiosk.record.entries import Actor, EncodedEntry, Entry, LoggedEntry, NewEntry, encode
from kiosk.system.clock import Clock, Instant

Encrypt = Callable[[str, bytes], bytes | None]
"""Takes a value's name and disclosure; returns bytes encrypted for the district, or None to leave it readable."""


class Writable(Protocol):
    """A log that accepts entries."""

    @property
    def origin(self) -> str:
        """The origin of the log."""

    def size(self) -> int:
        """Return the number of entries, which is the next entry's number."""

    def append(self, entries: Sequence[NewEntry]) -> None:
        """Append these entries, all or none; return when they are durable."""

    def committed(self, entries: Sequence[EncodedEntry]) -> bool:
        """Check whether unconfirmed entries are in the log after all, now durable. Raises NotConfirmed."""


class EntryWriter:
    """Writer of one log, called from one thread at a time.

    encryptor: returns the function that encrypts the values of an entry, given the entry and its id.
    last_at: time of the log's newest entry.
    """

    def __init__(
        self,
        log: Writable,
        clock: Clock,
        encryptor: Callable[[Entry, str], Encrypt],
        last_at: Instant | None,
        *,
        new_id: Callable[[], str],
        salt: Callable[[], bytes],
    ) -> None:
        self._log, self._clock, self._encryptor, self._new_id, self._salt = log, clock, encryptor, new_id, salt
        self._last_at = last_at
        self._unconfirmed: tuple[Sequence[Entry], Sequence[NewEntry]] | None = None

    def write(self, *entries: Entry, ids: Sequence[str] = ()) -> Instant:
        """Append these entries, all or none, after an entry about a clock change if there was one.

        Return the time of the entries once they are durable.
        ids: the ids that the entries already have; none for new ones. Raises StoreUnusable.
        """
        committed = self._found_committed()
        if committed is not None and committed[0] == entries:
            return committed[1].at
        now = self._clock.now()
        steps = change_between(self._last_at, now, actor=Actor.KIOSK)
        ids = self._earlier_ids(entries) or ids or [self._new_id() for _ in entries]
        numbered = enumerate([*((step, self._new_id()) for step in steps), *zip(entries, ids, strict=True)])
        size = self._log.size()
        self._append(entries, [self._encoded(entry, size + n, one, now) for n, (entry, one) in numbered])
        self._last_at = now
        return now

    def committed(self, kind: str | None = None) -> LoggedEntry | None:
        """Return the last unconfirmed entry if it is in the log after all, else None.

        kind: only if it was written alone and is of this kind.
        """
        committed = self._found_committed()
        if committed is None or (kind is not None and [entry.kind for entry in committed[0]] != [kind]):
            return None
        return committed[1]

    def is_unconfirmed(self) -> bool:
        """Check whether the result of the last write is still unknown."""
        return self._unconfirmed is not None

    def settle(self) -> bool:
        """Look up the unconfirmed entries, and give them up when the log does not have them; return whether it has.

        Raises NotConfirmed while the result stays unknown.
        """
        found = self._found_committed() is not None
        self._unconfirmed = None
        return found

    def _encoded(self, entry: Entry, seq: int, event_id: str, at: Instant) -> NewEntry:
        encrypt, origin = self._encryptor(entry, event_id), self._log.origin
        return encode(entry, origin=origin, seq=seq, event_id=event_id, at=at, salt=self._salt, encrypt=encrypt)

    def _append(self, entries: Sequence[Entry], encoded: Sequence[NewEntry]) -> None:
        try:
            self._log.append(encoded)
        except NotConfirmed:
            self._unconfirmed = (entries, encoded)
            raise
        self._unconfirmed = None

    def _found_committed(self) -> tuple[Sequence[Entry], LoggedEntry] | None:
        """Return the unconfirmed entries and the last of them as logged; None when they are not in the log.

        Called before each write: an entry written after a lost one would be lost too.
        """
        if self._unconfirmed is None or not self._log.committed(self._unconfirmed[1]):
            return None
        (entries, encoded), self._unconfirmed = self._unconfirmed, None
        committed = encoded[-1].kept
        self._last_at = committed.at
        return entries, committed

    def _earlier_ids(self, entries: Sequence[Entry]) -> list[str] | None:
        """Return the ids of these entries from an unconfirmed attempt, so that no entry is logged under two ids."""
        if self._unconfirmed is None or self._unconfirmed[0] != entries:
            return None
        return [encoded.kept.event_id for encoded in self._unconfirmed[1][-len(entries) :]]
