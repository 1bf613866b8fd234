"""The exchange with the district about one log, pure: from what is acknowledged to the next call, from an answer on.

The district's copy of a log is a prefix of the desk's, or something is wrong. So each answer has the size and the root
of that copy, and only an answer whose root equals the desk's root at that size moves what counts as acknowledged. The
first call of each connection compares: it sends no entry, only a size with its root.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Protocol, assert_never

from db.district.calls import Answer, Word
from kiosk.district.told import Told


class Own(Protocol):
    """The desk's log, as far as the exchange needs it."""

    @property
    def size(self) -> int:
        """The number of its entries."""

    def root_at(self, size: int) -> bytes:
        """Return the root hash of its first `size` entries."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the district acknowledged of one log. entries: their number. values: of how many entries, from the first.

    compared: whether it was compared in this connection. stopped: why nothing more is sent, None if it is.
    """

    entries: int = 0
    values: int = 0
    compared: bool = False
    stopped: Told | None = None


NOTHING_YET: Final = Acknowledged()


@dataclass(frozen=True, slots=True)
class Compare:
    """Send only a size with its root."""

    size: int


@dataclass(frozen=True, slots=True)
class SendEntries:
    """Send entries from this number on."""

    first: int


@dataclass(frozen=True, slots=True)
class SendValues:
    """Send the values of the entries from number `first` up to `upto`, exclusive."""

    first: int
    upto: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Send nothing: all is acknowledged."""


Call = Compare | SendEntries | SendValues | Rest


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows from an answer. told: the finding, if any; then `since` is the acknowledged size before it.

    moved: whether it is worth calling again at once; otherwise the same call would get the same answer.
    """

    now: Acknowledged
    told: Told | None = None
    since: int = 0
    moved: bool = True


def next_call(known: Acknowledged, size: int) -> Call:
    """Return the next call for a log of this size. Values come first, so that they are never far behind."""
    if known.stopped is not None or not known.compared:
        return Compare(min(known.entries, size))
    if known.values < known.entries:
        return SendValues(known.values, known.entries)
    if known.entries < size:
        return SendEntries(known.entries)
    return Rest()


def heard(known: Acknowledged, sent: int, answer: Answer, own: Own) -> Heard:
    """Return what follows from an answer. sent: the size that the call claimed, or where its values end."""
    match answer.word:
        case Word.OK | Word.GAP:
            return _compared(known, sent, answer, own)
        case Word.FORKED | Word.ROOT_MISMATCH:
            return _stopped(known, Told.FORKED)
        case Word.QUARANTINED:
            # The reason was told when it happened, if the answer arrived.
            return _stopped(known, known.stopped or Told.QUARANTINED)
        case Word.MALFORMED:
            return _stopped(known, Told.MALFORMED)
        case Word.NOT_COMMITTED:
            return _stopped(known, Told.NOT_COMMITTED)
        case Word.TOO_WIDE:
            return _stopped(known, Told.TOO_WIDE)
        case Word.REPLACED:
            return _replaced(known, answer, own)
        case _:
            assert_never(answer.word)


def _compared(known: Acknowledged, sent: int, answer: Answer, own: Own) -> Heard:
    if answer.size > own.size:
        return _stopped(known, Told.OLDER_COPY)
    if own.root_at(answer.size) != answer.root:
        return _differs(known, answer)
    values = max(0, min(answer.disclosed_to, answer.size))
    now = Acknowledged(answer.size, values, compared=True)
    back = answer.size < known.entries or values < known.values
    told = Told.WENT_BACK if back else None
    # A server that takes a batch and keeps nothing of it must not be sent it again and again.
    moved = now != known and not (answer.word is Word.OK and answer.size < sent)
    return Heard(now, told, known.entries, moved)


def _differs(known: Acknowledged, answer: Answer) -> Heard:
    """Compare at the district's size first, so that it finds out too and keeps both; then stop."""
    asked = known.stopped is Told.FORKED
    return Heard(replace(known, entries=answer.size, stopped=Told.FORKED), Told.FORKED, known.entries, not asked)


def _replaced(known: Acknowledged, answer: Answer, own: Own) -> Heard:
    whole = answer.size == own.size and own.root_at(answer.size) == answer.root
    if not whole:
        return _stopped(known, Told.REPLACED)
    # Nothing more is taken of it, values included.
    return Heard(Acknowledged(own.size, own.size, compared=True), moved=False)


def _stopped(known: Acknowledged, why: Told) -> Heard:
    return Heard(replace(known, compared=False, stopped=why), why, known.entries, moved=False)
