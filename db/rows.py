"""Rows of the log: entries as encoded bytes. Nothing here knows their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class EncodedRow(Protocol):
    """The bytes of an entry, as the writer accepts them."""

    @property
    def seq(self) -> int:
        """The entry's number, counted from 0 without gaps."""

    @property
    def header(self) -> str:
        """The exact hashed JSON text."""

    @property
    def leaf(self) -> bytes:
        """SHA-256 of 0x00 and the header's UTF-8 bytes (RFC 6962)."""

    @property
    def disclosures(self) -> Sequence[tuple[str, bytes]]:
        """(name, body) of each readable value whose salted hash is in the header."""

    @property
    def encrypted(self) -> Sequence[tuple[str, bytes]]:
        """(name, bytes) of the values encrypted for the district."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, as the writer accepts it and as reads return it. Disclosures are sorted by name."""

    seq: int
    header: str
    leaf: bytes
    disclosures: tuple[tuple[str, bytes], ...] = ()
    encrypted: tuple[tuple[str, bytes], ...] = ()


class SignedCheckpoint(Protocol):
    """The checkpoint of a log after an append, as the writer accepts it."""

    @property
    def size(self) -> int:
        """The number of entries it covers."""

    @property
    def root(self) -> bytes:
        """The root hash, 32 bytes."""

    @property
    def note(self) -> str:
        """The signed text with its signature."""

    @property
    def peaks(self) -> bytes:
        """Hashes that give the next root hash without reading the log again."""

    @property
    def lasting(self) -> bool:
        """Whether it is also stored permanently."""


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """The newest checkpoint, as reads return it."""

    size: int
    root: bytes
    note: str
    peaks: bytes


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A record's row of the search index, with the columns of that table.

    opened_seq, last_seq: its first entry in this log, and the last entry that the row covers.
    opened_us: opening time in microseconds since 1970 UTC; None when a previous log opened it. The rest is then empty.
    words: the record's own searchable text, normalized. shared: the text that it shares with other records.
    """

    opened_seq: int
    encounter_id: str
    last_seq: int
    no: str = ""
    opened_us: int | None = None
    words: str = ""
    shared: str = ""


class RetentionEffects(Protocol):
    """Effects of entries on holds and destruction, written in the same commit as the entries."""

    @property
    def held(self) -> Sequence[tuple[str, int]]:
        """(record id, entry number) of each placed hold."""

    @property
    def released(self) -> Sequence[tuple[str, str, int]]:
        """(record id, id of the entry that placed it, entry number) of each released hold."""

    @property
    def destroyed(self) -> Sequence[tuple[str, int]]:
        """(record id, entry number) of each destruction of a record's earlier values."""


@dataclass(frozen=True, slots=True)
class Page:
    """Stored rows of consecutive entries, for verification; texts are bytes.

    entries:     (seq, header, leaf, event_id, encounter_id, kind, wall_us), by number.
    values:      (seq, name, encrypted or not, body) of their stored values, by number and name.
    checkpoints: (size, root, note) of the permanent checkpoints that end in this range, by size.
    """

    entries: list[tuple[Any, ...]]
    values: list[tuple[Any, ...]]
    checkpoints: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A consistent outline of a log.

    outside: the number of rows with an impossible number.
    holds: (record id, entry that placed it, entry that released it, origin of that entry); the last two may be None.
    destructions: (record id, origin of a log, its entry about the destruction).
    """

    size: int
    newest: StoredCheckpoint | None
    outside: int
    holds: list[tuple[str, int, int | None, str | None]]
    destructions: list[tuple[str, str, int]]
