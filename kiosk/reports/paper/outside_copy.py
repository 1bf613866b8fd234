"""Outside copies on paper: the verification code of a closed record, or a signed checkpoint of the whole log.

Neither contains personal data. Both say their purpose, and how to check the log with them later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.notices import DestructionNotice
from kiosk.record.transparency.verification_code import VerificationCode
from kiosk.reports.paper.sheet import Modules, Sheet
from kiosk.system.clock import Instant
from kiosk.worded import many

WIDTH: Final = 90

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


def code_sheet(copy: CodeCopy, matrix: Callable[[str], Modules]) -> Sheet:
    """Return the sheet of a verification code; `matrix` makes the QR code of a text."""
    return Sheet(
        _title("Verification code", copy),
        tuple(_cut(_code_lines(copy))),
        _copied(copy.code),
        matrix(copy.code.text),
    )


def checkpoint_sheet(copy: CheckpointCopy, matrix: Callable[[str], Modules]) -> Sheet:
    """Return the sheet of a checkpoint: its text, the exact signed note, the verification code as text and QR code."""
    code = copy.code_copy.code
    exact = (*copy.note.rstrip("\n").split("\n"), "", "Public key of this log:", copy.key, "", *_copied(code))
    return Sheet(_title("Checkpoint", copy.code_copy), tuple(_cut(_checkpoint_lines(copy))), exact, matrix(code.text))


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


def _title(what: str, copy: CodeCopy) -> str:
    return f"{'PRACTICE: ' if copy.practice else ''}{what} for the encounter log of {copy.school or 'this school'}"


def _code_lines(copy: CodeCopy) -> Iterator[str]:
    yield f"{copy.desk}, kiosk {copy.code.log_id}"
    if copy.no:
        yield f"Record {copy.no} was closed{_on(copy.at)}. The log then had {_entries(copy.code.size)}."
    else:
        yield f"The log had {_entries(copy.code.size)}{_on(copy.at)}."
    yield ""
    yield from _purpose("code")
    if copy.practice:
        yield "This code is from PRACTICE. It says nothing about real encounters."


def _checkpoint_lines(copy: CheckpointCopy) -> Iterator[str]:
    code = copy.code_copy
    yield f"For: {copy.whom}"
    yield f"{code.desk}, kiosk {code.code.log_id}, log {copy.origin}"
    yield f"Made{_on(code.at)}. The log has {_entries(code.code.size)}."
    yield ""
    size, at = copy.since or (0, None)
    since = f"Since the last checkpoint ({_entries(size)}{_on(at)})" if copy.since else "Since the log was started"
    yield f"{since}: {_entries(code.code.size - size)}."
    yield from (f"  {count:5}  {_COUNTED[kind]}" for kind in _COUNTED if (count := copy.counts.get(kind, 0)))
    if copy.destroyed:
        yield "Destroyed, which no checkpoint has named before:"
        yield from (f"  {notice}" for notice in copy.destroyed)
    yield ""
    yield from _purpose("checkpoint")
    yield ""
    yield "The checkpoint exactly as the kiosk signed it, then its code:"


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


def _cut(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield from wrap(line, WIDTH, subsequent_indent="  " if line.startswith(" ") else "") or [""]
