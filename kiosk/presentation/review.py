"""What an administrator reviews, as plain values: lists of records, and one record. `app/review.py` reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, Protocol, TypeAlias

from kiosk.presentation.acts import Offer
from kiosk.record.encounter_record import EncounterRecord
from kiosk.system.clock import Instant
from kiosk.system.date_range import ALL_DAYS, DateRange

PAGE: Final = 20
"""Number of records on one page of a list: each has a key of its own."""


MOST: Final = 99
"""Open work is counted up to here: of more, the number matters to nobody."""


class Shelf(StrEnum):
    """A list of records, or of other things that wait for somebody. `records.<id>` are its words."""

    ALL = "all"
    OVERDUE = "overdue"
    DUTIES = "duties"
    REQUESTS = "open-requests"
    PRESENCE = "open-presence"
    UNFINISHED = "unfinished"
    FLAGGED = "flagged"
    TO_DO = "to-do"
    ELIGIBLE = "eligible"


ItemShelf: TypeAlias = Literal[Shelf.OVERDUE, Shelf.DUTIES, Shelf.REQUESTS, Shelf.PRESENCE]
"""A list that is not of records: of the duties of closed ones, of records requests, of reports of presence."""

ITEMS: Final = (Shelf.REQUESTS, Shelf.PRESENCE)
"""The lists whose lines lead to an item; those of the others lead to a record."""

RecordShelf: TypeAlias = Literal[Shelf.ALL, Shelf.UNFINISHED, Shelf.FLAGGED, Shelf.TO_DO, Shelf.ELIGIBLE]
"""A list of records."""

OPEN_RECORDS: Final[Sequence[RecordShelf]] = (Shelf.UNFINISHED, Shelf.FLAGGED, Shelf.TO_DO, Shelf.ELIGIBLE)
"""The lists of records that wait for somebody."""

OPEN_WORK: Final[Sequence[Shelf]] = (
    Shelf.OVERDUE,
    Shelf.DUTIES,
    Shelf.REQUESTS,
    Shelf.PRESENCE,
    *OPEN_RECORDS,
)
"""The lists of what waits for somebody, in the order of the home."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The records to list: those of a shelf, older than record `before` if given, that contain all of `words`.

    days: when they were opened; only the list of all records has some.
    """

    shelf: Shelf = Shelf.ALL
    words: str = ""
    before: str = ""
    days: DateRange = ALL_DAYS


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. no: of the record, or of the records request or report of presence.

    opened_at: when the record was opened; None for anything else. about: how the record ended, or what waits, in
    words. id: of this line, where several are of one record; empty for its number.
    """

    no: str
    opened_at: Instant | None
    about: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """One page of a list, newest first. older: whether there are older ones."""

    rows: Sequence[Row]
    older: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A value of a record that another record has too. field: the id of its fact."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One record to read.

    lines: the record in words, with what was on the screen, what was said, and the time from its start to each.
    links: the numbers of linked records. matches: its values that another record has too.
    offers: what can be done with it.
    """

    record: EncounterRecord
    lines: Sequence[str]
    links: Sequence[str]
    matches: Sequence[Match]
    offers: Sequence[Offer] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A records request or a report of presence to read. links: the numbers of its records.

    offers: what can be done with it.
    """

    no: str
    lines: Sequence[str]
    links: Sequence[str] = ()
    offers: Sequence[Offer] = ()


class Reviewer(Protocol):
    """Reads the log for the review screens. Every method may be slow and may raise KioskError."""

    def offers(self) -> Sequence[Offer]:
        """Return what can be done beyond a single record."""

    def counts(self) -> Mapping[Shelf, int]:
        """Return the number of all records, and of what is on each shelf of open work, at most MOST + 1."""

    def rows(self, wanted: Wanted) -> Rows:
        """Return one page of a list."""

    def record(self, no: str) -> Reviewed:
        """Return the record with this number."""

    def item(self, no: str) -> Item:
        """Return the records request, or the report of presence, with this number."""
