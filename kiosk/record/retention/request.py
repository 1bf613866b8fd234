"""A request to destroy records: the text that the records officer reads, and that an authorization signs as it is.

It names the log and its state, the schedule, and each record with a hash of what the record is. So an authorization is
for exactly these records of exactly this log, and for no record that has an entry more.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kiosk.errors import UsageError
from kiosk.record.entries import Encoded, decode
from kiosk.record.entry_kinds import RETENTION
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.record.retention.schedule import RetentionRule
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.merkle import Tree

MOST: Final = 1000
"""The maximum number of records in one request: an officer reads each, and the signed text stays small."""

_FIRST: Final = "front-office-kiosk destruction request 1"
_RECORD: Final = re.compile(
    r"record ([^\s:]+): ended as (\S+), closed (\d{4}-\d\d-\d\d), eligible from (\d{4}-\d\d-\d\d), "
    r"encounter ([^\s,]+), content ([0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record as a request names it. content: the hash of what it is, as `content_of` computes it."""

    no: str
    outcome: str
    closed: date
    eligible_from: date
    encounter_id: str
    content: str


@dataclass(frozen=True, slots=True)
class DestructionRequest:
    """A request. state: the log's newest checkpoint. schedule: a line for each rule in force. on: its day."""

    school: str
    desk: str
    mode: str
    state: Checkpoint
    on: date
    schedule: tuple[str, ...]
    records: tuple[NamedRecord, ...]


def content_of(entries: Iterable[Encoded]) -> str:
    """Return the hash of what a record is: the Merkle root over its entries, without those about holds and destruction.

    The hashed headers stay when details are destroyed, so the hash can be computed before and after. Raises Altered.
    """
    return Tree().grown(entry.leaf for entry in entries if decode(entry).kind not in RETENTION).root.hex()


def schedule_lines(rules: Mapping[str, RetentionRule]) -> tuple[str, ...]:
    """Return a line for each rule of the retention schedule."""
    return tuple(
        " ".join(
            f"{rule.category}: {rule.period}, from {rule.applies_from}, {rule.authority}, set by {rule.by}".split()
        )
        for rule in rules.values()
    )


def matches(one: NamedRecord, status: RetentionStatus) -> bool:
    """Check that the record still is what was named; whether it is eligible now is another question."""
    return [*named([replace(status, eligible_from=one.eligible_from)])] == [one]


def named(statuses: Iterable[RetentionStatus]) -> Iterator[NamedRecord]:
    """Yield the records as a request names them; they must be closed and have a day of eligibility."""
    for status in statuses:
        record = status.record
        if record.closed_at is not None and status.eligible_from is not None:
            closed = record.closed_at.local().date()
            yield NamedRecord(record.no, record.outcome or "-", closed, status.eligible_from, record.id, status.content)


def request_text(request: DestructionRequest) -> str:
    """Return the text of a request file."""
    return "".join(f"{line}\n" for line in (_FIRST, *request_lines(request)))


def request_lines(request: DestructionRequest) -> Iterator[str]:
    """Yield the lines of a request after the first; an authorization has the same."""
    yield f"school: {request.school}"
    yield f"desk: {request.desk}"
    yield f"mode: {request.mode}"
    yield f"log ID: {request.state.origin}"
    yield f"entries: {request.state.size}"
    yield f"root hash: {base64.b64encode(request.state.root).decode('ascii')}"
    yield f"made on: {request.on}"
    yield from (f"schedule: {line}" for line in request.schedule)
    for one in request.records:
        yield (
            f"record {one.no}: ended as {one.outcome}, closed {one.closed}, eligible from {one.eligible_from}, "
            f"encounter {one.encounter_id}, content {one.content}"
        )


def read_request(data: bytes) -> DestructionRequest:
    """Parse a request file. Raises UsageError unless it is exactly as `request_text` writes it."""
    try:
        text = data.decode("utf-8")
        first, *lines = text.splitlines()
        request = parsed_lines(lines)
    except ValueError as error:
        raise _other() from error
    if first != _FIRST or request_text(request) != text:
        raise _other()
    return request


def parsed_lines(lines: Sequence[str]) -> DestructionRequest:
    """Parse the lines of `request_lines`. Raises ValueError; the caller compares the text of the result."""
    names = ("school", "desk", "mode", "log ID", "entries", "root hash", "made on")
    values = dict(line.split(": ", 1) for line in lines[: len(names)])
    if tuple(values) != names:
        raise ValueError("lines are missing")
    rest = lines[len(names) :]
    schedule = tuple(line.removeprefix("schedule: ") for line in rest if line.startswith("schedule: "))
    found = [_RECORD.fullmatch(line) for line in rest[len(schedule) :]]
    records = tuple(_named(one) for one in found if one is not None)
    if not records or len({one.encounter_id for one in records}) < len(found):
        raise ValueError("a record is missing, named twice or not readable")
    try:
        root = base64.b64decode(values["root hash"], validate=True)
    except binascii.Error as error:
        raise ValueError("the root hash is not readable") from error
    state = Checkpoint(values["log ID"], int(values["entries"]), root)
    on = date.fromisoformat(values["made on"])
    return DestructionRequest(values["school"], values["desk"], values["mode"], state, on, schedule, records)


def _named(found: re.Match[str]) -> NamedRecord:
    no, outcome, closed, eligible_from, encounter_id, content = found.groups()
    return NamedRecord(
        no, outcome, date.fromisoformat(closed), date.fromisoformat(eligible_from), encounter_id, content
    )


def _other() -> UsageError:
    return UsageError(
        "This is not a request to destroy records, or it was changed.",
        "Name the file that `kiosk log retention eligible -o FILE` wrote.",
    )
