"""Writes the desk's entries in order, each once, also when it can't be told at once whether one got there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.errors import NotConfirmed
from kiosk.record.clock_steps import step_between
from kiosk.record.entries import Entry, Kept, SealedEntry, seal, unseal
from kiosk.system.clock import Clock, Instant

Close = Callable[[str, bytes], bytes | None]
"""Given a value's name and disclosure, its bytes as only the district can read them; None leaves it open."""


class Writable(Protocol):
    """A log that entries are added to."""

    @property
    def origin(self) -> str:
        """Which log this is."""

    def size(self) -> int:
        """How many entries it holds: the next entry's number."""

    def append(self, entries: Sequence[SealedEntry]) -> None:
        """Keep these entries, all or none; returns only when a power cut can't undo it."""

    def committed(self, entries: Sequence[SealedEntry]) -> bool:
        """Whether entries whose append was not confirmed are in it after all, now durable. Raises NotConfirmed."""


class EntryWriter:
    """Over one log, called from one thread at a time.

    close: given an entry and its id, what closes its values; last_at: when the log's newest entry was written.
    """

    def __init__(
        self,
        log: Writable,
        clock: Clock,
        close: Callable[[Entry, str], Close],
        last_at: Instant | None,
        *,
        new_id: Callable[[], str],
        salt: Callable[[], bytes],
    ) -> None:
        self._log, self._clock, self._close, self._new_id, self._salt = log, clock, close, new_id, salt
        self._last_at = last_at
        self._unconfirmed: tuple[Sequence[Entry], Sequence[SealedEntry]] | None = None

    def write(self, *entries: Entry, event_id: str | None = None) -> Instant:
        """Append these entries, all or none (and, before them, the clock's step if it was set); returns when durable.

        event_id: what the first is known by already. Raises StoreUnusable.
        """
        committed = self._landed()
        if committed is not None and committed[0] == entries:
            return committed[1].at
        now = self._clock.now()
        steps = step_between(self._last_at, now, actor="kiosk")
        ids = self._tried_as(entries) or [event_id or self._new_id(), *(self._new_id() for _ in entries[1:])]
        numbered = enumerate([*((step, self._new_id()) for step in steps), *zip(entries, ids, strict=True)])
        size = self._log.size()
        self._append(entries, [self._sealed(entry, size + n, one, now) for n, (entry, one) in numbered])
        self._last_at = now
        return now

    def committed(self, kind: str | None = None) -> Kept | None:
        """The entry whose end was not known, if it is in the log after all; kind: and alone, and of this kind."""
        committed = self._landed()
        if committed is None or (kind is not None and [entry.kind for entry in committed[0]] != [kind]):
            return None
        return committed[1]

    def _sealed(self, entry: Entry, seq: int, event_id: str, at: Instant) -> SealedEntry:
        close, origin = self._close(entry, event_id), self._log.origin
        return seal(entry, origin=origin, seq=seq, event_id=event_id, at=at, salt=self._salt, close=close)

    def _append(self, entries: Sequence[Entry], sealed: Sequence[SealedEntry]) -> None:
        try:
            self._log.append(sealed)
        except NotConfirmed:
            self._unconfirmed = (entries, sealed)
            raise
        self._unconfirmed = None

    def _landed(self) -> tuple[Sequence[Entry], Kept] | None:
        """The entries whose end was not known, with the last of them as it is in the log; None when they are not.

        Asked before anything is written: whatever follows an entry that may be lost would be lost with it.
        """
        if self._unconfirmed is None or not self._log.committed(self._unconfirmed[1]):
            return None
        (entries, sealed), self._unconfirmed = self._unconfirmed, None
        committed = unseal(sealed[-1])
        self._last_at = committed.at
        return entries, committed

    def _tried_as(self, entries: Sequence[Entry]) -> list[str] | None:
        """The ids under which these very entries were tried before: none must get into the log under two."""
        if self._unconfirmed is None or self._unconfirmed[0] != entries:
            return None
        return [unseal(sealed).event_id for sealed in self._unconfirmed[1][-len(entries) :]]
