"""What an administrator reviews, as plain values: lists of records, and one record. `app/review.py` reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from kiosk.presentation.acts import Offer
from kiosk.record.encounter_record import EncounterRecord
from kiosk.system.clock import Instant

PAGE: Final = 20
"""Number of records on one page of a list: each has a key of its own."""


MOST: Final = 99
"""Open work is counted up to here: of more, the number matters to nobody."""


class Shelf(StrEnum):
    """A list of records. `records.<id>` are its words."""

    ALL = "all"
    UNFINISHED = "unfinished"
    FLAGGED = "flagged"
    TO_DO = "to-do"
    ELIGIBLE = "eligible"


OPEN_WORK: Final = (Shelf.UNFINISHED, Shelf.FLAGGED, Shelf.TO_DO, Shelf.ELIGIBLE)
"""The lists of records that wait for somebody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The records to list: those of a shelf, older than record `before` if given, that contain all of `words`."""

    shelf: Shelf = Shelf.ALL
    words: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One record in a list. about: how the official came, and the state, in words."""

    no: str
    opened_at: Instant
    about: str


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of a list, newest first. older: whether there are older ones."""

    rows: Sequence[Row]
    older: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A value of a record that other records may have too. field: the id of its fact."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One record to read.

    lines: the record in words, with what was on the screen, what was said, and the time from its start to each.
    links: the numbers of linked records. matches: its values by which earlier records are found.
    offers: what can be done with it.
    """

    record: EncounterRecord
    lines: Sequence[str]
    links: Sequence[str]
    matches: Sequence[Match]
    offers: Sequence[Offer] = ()


class Reviewer(Protocol):
    """Reads the log for the review screens. Every method may be slow and may raise KioskError."""

    def offers(self) -> Sequence[Offer]:
        """Return what can be done beyond a single record."""

    def counts(self) -> Mapping[Shelf, int]:
        """Return the number of all records, and of those on each shelf of open work, at most MOST + 1."""

    def rows(self, wanted: Wanted) -> Rows:
        """Return one page of a list."""

    def record(self, no: str) -> Reviewed:
        """Return the record with this number."""
