"""The approval that a superintendent signs: one line per fact, with the content hash of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.protocol.model import Protocol
from kiosk.record.transparency.signed_note import BadNote

_FIRST: Final = "front-office-kiosk approval 1"
_LINES: Final = (
    ("pack", "pack"),
    ("title", "title"),
    ("version", "version"),
    ("content hash", "content_hash"),
    ("approved by", "name"),
    ("role", "role"),
    ("approved on", "on"),
    ("effective", "effective"),
    ("review by", "review_by"),
)
"""The name of each line and its field, in this order; all are required."""

_DAYS: Final = frozenset({"on", "effective", "review_by"})


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval: the person, the exact content, the day, and the period in force.

    content_hash: hex SHA-256 of the pack's canonical content.
    """

    pack: str
    title: str
    version: str
    content_hash: str
    name: str
    role: str
    on: date
    effective: date
    review_by: date


def approval_of(protocol: Protocol, content_hash: str, *, name: str, role: str, on: date) -> Approval:
    """Return the approval of this content by this person."""
    release, title = protocol.release, " ".join(protocol.title.say(protocol.source_language).split())
    return Approval(
        protocol.id, title, release.version, content_hash, name, role, on, release.effective, release.review_by
    )


def statement(approval: Approval) -> str:
    """Return the text that is signed."""
    return "".join(f"{line}\n" for line in (_FIRST, *(f"{words}: {getattr(approval, f)}" for words, f in _LINES)))


def read_statement(text: str) -> Approval:
    """Parse a signed text. Raises BadNote unless it is exactly as `statement` writes it."""
    try:
        lines = dict(line.split(": ", 1) for line in text.splitlines()[1:])
        values = {f: date.fromisoformat(lines[words]) if f in _DAYS else lines[words] for words, f in _LINES}
        approval = Approval(**values)  # type: ignore[arg-type]  # days are dates, all else is text
    except (ValueError, KeyError) as error:
        raise _other() from error
    if statement(approval) != text:
        raise _other()
    return approval


def matches(approval: Approval, protocol: Protocol, content_hash: str) -> bool:
    """Check that the approval is of exactly this content and its release."""
    return approval == approval_of(protocol, content_hash, name=approval.name, role=approval.role, on=approval.on)


def _other() -> BadNote:
    return BadNote("The signed note is not an approval.", "Use the note that `kiosk protocol approve` wrote.")
