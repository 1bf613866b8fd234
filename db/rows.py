"""One entry as the log keeps it: bytes that were sealed elsewhere. Nothing here knows what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Sealed(Protocol):
    """What the writer takes: anything that carries an entry's bytes."""

    @property
    def seq(self) -> int:
        """The entry's number, counted from 0 without gaps."""

    @property
    def header(self) -> str:
        """The exact JSON text that is hashed."""

    @property
    def leaf(self) -> bytes:
        """SHA-256 of 0x00 and the header's UTF-8 bytes (RFC 6962)."""

    @property
    def disclosures(self) -> Sequence[tuple[str, bytes]]:
        """(name, body) of every value that the header commits to and that can be read here."""

    @property
    def sealed(self) -> Sequence[tuple[str, bytes]]:
        """(name, bytes) of the values that only the district can read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, as it is given to the writer and as a read returns it. Disclosures come sorted by name."""

    seq: int
    header: str
    leaf: bytes
    disclosures: tuple[tuple[str, bytes], ...] = ()
    sealed: tuple[tuple[str, bytes], ...] = ()


class Signed(Protocol):
    """What the writer takes beside entries: the signed state of the log once they are in it."""

    @property
    def size(self) -> int:
        """How many entries it covers."""

    @property
    def root(self) -> bytes:
        """The 32 bytes over all of them."""

    @property
    def note(self) -> str:
        """What was signed, with its signature."""

    @property
    def peaks(self) -> bytes:
        """What lets the next root be found without reading the log again."""

    @property
    def lasting(self) -> bool:
        """Whether it is also kept as a checkpoint for good."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest signed state, as a read returns it."""

    size: int
    root: bytes
    note: str
    peaks: bytes


@dataclass(frozen=True, slots=True)
class Summary:
    """The line that searches have of an encounter: the columns of table `summary`.

    opened_seq, last_seq: its first entry in this log, and the last one that the line tells of.
    opened_us: when it was opened, in microseconds since 1970 UTC; None when an earlier log did. The rest is then empty.
    words: everything that can be searched, ready to be looked through.
    """

    opened_seq: int
    encounter_id: str
    last_seq: int
    no: str = ""
    opened_us: int | None = None
    words: str = ""


class Beside(Protocol):
    """What entries say of keeping and letting go: written in the same commit as they are."""

    @property
    def held(self) -> Sequence[tuple[str, int]]:
        """(encounter, entry) of every hold that is placed."""

    @property
    def released(self) -> Sequence[tuple[str, str, int]]:
        """(encounter, id of the entry that placed it, entry) of every hold that is released."""

    @property
    def destroyed(self) -> Sequence[tuple[str, int]]:
        """(encounter, entry) of every purge: the values of that encounter's earlier entries go."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of consecutive entries exactly as they are stored, for whoever checks them; texts are bytes.

    entries:     (seq, header, leaf, event_id, encounter_id, kind, wall_us), by number.
    values:      (seq, name, sealed, body) of every value kept of them, by number and name.
    checkpoints: (size, root, note) of the states kept for good once these entries were in, by size.
    """

    entries: list[tuple[Any, ...]]
    values: list[tuple[Any, ...]]
    checkpoints: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a log holds at one moment. `outside` are rows numbered as no row can be.

    holds: (encounter, entry that placed it, entry that released it, of which log); the last two may be None.
    purges: (encounter, origin of a log, its entry that let the values go).
    """

    size: int
    head: Head | None
    outside: int
    holds: list[tuple[str, int, int | None, str | None]]
    purges: list[tuple[str, str, int]]
