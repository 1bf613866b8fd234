"""What is handed to a witness outside: the receipt of a closed record, and the weekly head of the whole log.

Neither holds anything personal. Both say what they are for, and how to check the log against them later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.receipt import Receipt
from kiosk.reports.pdf import Modules, Sheet
from kiosk.system.clock import Instant

WIDTH: Final = 90

_COUNTED: Final[Mapping[str, str]] = {
    EntryKind.ENCOUNTER_OPENED: "encounters begun",
    EntryKind.ENCOUNTER_CLOSED: "records closed",
    EntryKind.AMENDMENT_ADDED: "amendments to closed records",
    "hold.placed": "holds placed",
    "hold.released": "holds released",
    "record.destroyed": "records whose values were let go",
    "destruction.refused": "purges refused",
    EntryKind.EXPORT_MADE: "exports made",
    "backup.made": "backups made",
    EntryKind.SESSION_STARTED: "starts of the kiosk",
    EntryKind.CLOCK_CHANGED: "steps of the clock",
    EntryKind.PACK_ACTIVATED: "protocols installed",
    EntryKind.PACK_REJECTED: "protocols refused",
    EntryKind.KEY_REPLACED: "replacements of the superintendent's key",
}
"""What a head counts, in its order. Everything else is only in the number of entries."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A receipt to hand out. no: the record's number, empty when it is of no one record; at: when the log had it."""

    school: str
    desk: str
    practice: bool
    receipt: Receipt
    at: Instant | None
    no: str = ""


@dataclass(frozen=True, slots=True)
class WeeklyHead:
    """A signed state of the log with what happened since the last one that was issued.

    who: for whom it is. at: when it is made. note: the signed checkpoint. counts: entries by kind since the last head;
    since: (size, when) of that one.
    """

    slip: Slip
    who: str
    origin: str
    note: str
    counts: Mapping[str, int]
    since: tuple[int, Instant] | None = None


def slip_sheet(slip: Slip, matrix: Callable[[str], Modules]) -> Sheet:
    """The receipt on paper; `matrix` makes the QR code of a text."""
    return Sheet(_title("Receipt", slip), tuple(_cut(_slip(slip))), _copied(slip.receipt), matrix(slip.receipt.code))


def head_sheet(head: WeeklyHead, matrix: Callable[[str], Modules]) -> Sheet:
    """The weekly head on paper: its words, the signed note to the letter, the receipt and its code."""
    receipt = head.slip.receipt
    exact = (*head.note.rstrip("\n").split("\n"), "", *_copied(receipt))
    return Sheet(_title("Head", head.slip), tuple(_cut(_head(head))), exact, matrix(receipt.code))


def _title(what: str, slip: Slip) -> str:
    return f"{'PRACTICE: ' if slip.practice else ''}{what} of the encounter log of {slip.school or 'this school'}"


def _slip(slip: Slip) -> Iterator[str]:
    yield f"{slip.desk}, kiosk {slip.receipt.kiosk}"
    if slip.no:
        yield f"Record {slip.no} was closed{_on(slip.at)}. The log then had {_entries(slip.receipt.size)}."
    else:
        yield f"The log has {_entries(slip.receipt.size)}, the newest made{_on(slip.at)}."
    yield ""
    yield from _purpose("receipt")
    if slip.practice:
        yield "This one is of PRACTICE and says nothing of any real visit."


def _head(head: WeeklyHead) -> Iterator[str]:
    slip = head.slip
    yield f"For: {head.who}"
    yield f"{slip.desk}, kiosk {slip.receipt.kiosk}, log {head.origin}"
    yield f"Made{_on(slip.at)}. The log has {_entries(slip.receipt.size)}."
    yield ""
    size, at = head.since or (0, None)
    since = f"Since the last head, of {_entries(size)}{_on(at)}" if head.since else "Since the log began"
    yield f"{since}: {_entries(slip.receipt.size - size)}."
    yield from (f"  {count:5}  {_COUNTED[kind]}" for kind in _COUNTED if (count := head.counts.get(kind, 0)))
    yield ""
    yield from _purpose("head")
    yield ""
    yield "To the letter, the state that the kiosk signed; its code follows:"


def _purpose(what: str) -> Iterator[str]:
    yield (
        f"What it is for: keep this {what} away from the kiosk. It holds nothing of what was recorded. With it anybody"
        " can prove later whether the log still begins with exactly these entries: when one was changed, added or taken"
        " out, even by somebody who has the kiosk's own key, it no longer matches."
    )
    yield (
        "How to check it: at the kiosk, or with a copy of its log, run `kiosk log verify --receipt` and the code below,"
        " or the name of this file if you have it as text."
    )


def _copied(receipt: Receipt) -> tuple[str, ...]:
    return ("To copy by hand:", *receipt.lines(), "", "In one piece:", receipt.code)


def _on(at: Instant | None) -> str:
    return "" if at is None else f" on {at.local():%Y-%m-%d at %H:%M %z}"


def _entries(count: int) -> str:
    return f"{count} {'entry' if count == 1 else 'entries'}"


def _cut(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield from wrap(line, WIDTH, subsequent_indent="  " if line.startswith(" ") else "") or [""]
