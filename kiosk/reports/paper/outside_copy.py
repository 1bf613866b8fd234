"""Outside copies on paper: the verification code of a closed record, or a signed checkpoint of the whole log.

Neither contains personal data. Both say their purpose, and how to check the log with them later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.notices import DestructionNotice
from kiosk.record.transparency.verification_code import VerificationCode
from kiosk.reports.document.model import Block, Code, Document, Exact, Modules, Paragraph, Table, row
from kiosk.system.clock import Instant
from kiosk.worded import many

_COUNTED: Final[Mapping[str, str]] = {
    EntryKind.ENCOUNTER_OPENED: "encounters opened",
    EntryKind.ENCOUNTER_CLOSED: "records closed",
    EntryKind.AMENDMENT_ADDED: "amendments to closed records",
    EntryKind.HOLD_PLACED: "legal holds placed",
    EntryKind.HOLD_RELEASED: "legal holds released",
    EntryKind.RECORD_DESTROYED: "records whose details were destroyed",
    EntryKind.DESTRUCTION_REFUSED: "destructions refused",
    EntryKind.EXPORT_MADE: "exports",
    EntryKind.BACKUP_MADE: "backups",
    EntryKind.SESSION_STARTED: "starts of the kiosk",
    EntryKind.CLOCK_CHANGED: "clock changes",
    EntryKind.PACK_ACTIVATED: "protocols installed",
    EntryKind.PACK_REJECTED: "protocols refused",
    EntryKind.KEY_REPLACED: "replacements of the superintendent's key",
    EntryKind.CONTACTS_CHANGED: "changes of the contacts",
    EntryKind.KEY_REFUSED: "refusals of another superintendent's key",
    EntryKind.RECORDS_KEY_FIXED: "settings of the records officer's key",
    EntryKind.RECORDS_KEY_REPLACED: "replacements of the records officer's key",
    EntryKind.RECORDS_KEY_REFUSED: "refusals of another records officer's key",
}
"""The kinds that the paper counts, in this order. Other kinds count only in the total."""


@dataclass(frozen=True, slots=True)
class CodeCopy:
    """A verification code for an outside copy. no: its record, empty for the whole log; at: when it was made."""

    school: str
    desk: str
    practice: bool
    code: VerificationCode
    at: Instant | None
    no: str = ""


@dataclass(frozen=True, slots=True)
class CheckpointCopy:
    """A checkpoint for an outside copy, with counts of the entries since the last issued one.

    code_copy: its verification code, desk and time. whom: the recipient. origin: the log ID. note: the signed text.
    key: the log's public key, as `kiosk log verify --key` reads it. counts: entries by kind since the last issued
    checkpoint; since: (size, time) of that one, None for none. destroyed: the destructions since then.
    """

    code_copy: CodeCopy
    whom: str
    origin: str
    note: str
    key: str
    counts: Mapping[str, int]
    since: tuple[int, Instant] | None = None
    destroyed: tuple[DestructionNotice, ...] = ()


def code_sheet(copy: CodeCopy, matrix: Callable[[str], Modules]) -> Document:
    """Return the page of a verification code; `matrix` makes the QR code of a text."""
    return _page("Verification code", copy, [*_about_code(copy), Exact(_copied(copy.code))], matrix)


def checkpoint_sheet(copy: CheckpointCopy, matrix: Callable[[str], Modules]) -> Document:
    """Return the page of a checkpoint: its text, the exact signed note, the verification code as text and QR code."""
    code = copy.code_copy.code
    exact = (*copy.note.rstrip("\n").split("\n"), "", "Public key of this log:", copy.key, "", *_copied(code))
    return _page("Checkpoint", copy.code_copy, [*_about_checkpoint(copy), Exact(exact)], matrix)


def checkpoint_json(copy: CheckpointCopy) -> dict[str, object]:
    """Return the same facts as the sheet, for scripts."""
    return {
        "for": copy.whom,
        "log_id": copy.origin,
        "practice": copy.code_copy.practice,
        "entries": copy.code_copy.code.size,
        "checkpoint": copy.note,
        "key": copy.key,
        "code": copy.code_copy.code.text,
        "counts": {str(kind): count for kind, count in copy.counts.items() if kind in _COUNTED},
        "destroyed": [
            {
                "day": str(one.day),
                "records": one.records,
                "by": one.by,
                "authorized_by": one.authorized_by,
                "reference": one.reference,
            }
            for one in copy.destroyed
        ],
    }


def _page(what: str, copy: CodeCopy, blocks: list[Block], matrix: Callable[[str], Modules]) -> Document:
    mark = "PRACTICE" if copy.practice else ""
    title = f"{what} for the encounter log of {copy.school or 'this school'}"
    code = Code(matrix(copy.code.text), "QR code of the verification code; the line above has the same in letters")
    foot = " · ".join(filter(None, (mark, copy.school, copy.desk, f"kiosk {copy.code.log_id}", what.lower())))
    return Document(f"{mark}: {title}" if mark else title, (*blocks, code), foot, mark)


def _about_code(copy: CodeCopy) -> Iterator[Block]:
    yield Paragraph(f"{copy.desk}, kiosk {copy.code.log_id}")
    if copy.no:
        closed = f"Record {copy.no} was closed{_on(copy.at)}. The log then had {_entries(copy.code.size)}."
        yield Paragraph(closed)
    else:
        yield Paragraph(f"The log had {_entries(copy.code.size)}{_on(copy.at)}.")
    yield from map(Paragraph, _purpose("code"))
    if copy.practice:
        yield Paragraph("This code is from PRACTICE. It says nothing about real encounters.")


def _about_checkpoint(copy: CheckpointCopy) -> Iterator[Block]:
    code = copy.code_copy
    yield Paragraph(f"For: {copy.whom}")
    yield Paragraph(f"{code.desk}, kiosk {code.code.log_id}, log {copy.origin}")
    yield Paragraph(f"Made{_on(code.at)}. The log has {_entries(code.code.size)}.")
    size, at = copy.since or (0, None)
    since = f"Since the last checkpoint ({_entries(size)}{_on(at)})" if copy.since else "Since the log was started"
    counted = f"{since}: {_entries(code.code.size - size)}."
    counts = tuple(row(str(count), words) for kind, words in _COUNTED.items() if (count := copy.counts.get(kind, 0)))
    yield Table(("Count", "Of"), counts, (1, 9), counted) if counts else Paragraph(counted)
    if copy.destroyed:
        named = tuple(row(str(notice)) for notice in copy.destroyed)
        yield Table(("Destroyed",), named, (1,), "Destroyed, which no checkpoint has named before:")
    yield from map(Paragraph, _purpose("checkpoint"))
    yield Paragraph("The checkpoint exactly as the kiosk signed it, then its code:")


def _purpose(what: str) -> Iterator[str]:
    yield (
        f"Keep this {what} away from the kiosk. It has nothing on it from any record. With it, anyone can check later"
        " whether the log still starts with exactly these entries. If an entry was changed, inserted or removed, the"
        f" {what} no longer matches. This works even against a person who has the kiosk's signing key."
    )
    yield (
        "To check it, run `kiosk log verify --code` at the kiosk, or where a copy of its log is. Add the code below, or"
        " the name of this file if you have it as text."
    )


def _copied(code: VerificationCode) -> tuple[str, ...]:
    return ("To copy by hand:", *code.lines(), "", "On one line:", code.text)


def _on(at: Instant | None) -> str:
    return "" if at is None else f" on {at.local():%Y-%m-%d at %H:%M %z}"


def _entries(count: int) -> str:
    return many(count, "entry", "entries")
