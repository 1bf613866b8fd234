"""Entries and records of a given day, for the tests of retention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from kiosk.record.encounter_record import EncounterRecord, ProtocolUsed
from kiosk.record.entries import Actor, Entry, LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.authorization import (
    Authorization,
    SignedAuthorization,
    authorization_text,
    authorized,
    destroyed,
)
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.record.retention.request import DestructionRequest, NamedRecord
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import Signer
from kiosk.system.clock import Instant

TODAY: Final = date(2026, 11, 24)


def noon(day: date) -> Instant:
    """Return noon of that day in UTC, which is the same day wherever the tests run."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Instant(int(at.timestamp()) * 1_000_000, "boot", 0)


def logged(
    kind: EntryKind,
    body: Mapping[str, Any],
    encounter: str | None = "a",
    *,
    seq: int = 1,
    event_id: str = "id",
    day: date = TODAY,
    step: str = "",
    encrypted: tuple[str, ...] = (),
) -> LoggedEntry:
    """Return an entry of noon of that day."""
    return LoggedEntry(seq, event_id, kind, encounter, step, "desk", None, noon(day), body, encrypted=encrypted)


def a_record(no: str = "2026-0001", *, opened: date = TODAY, closed: date | None = TODAY) -> EncounterRecord:
    """Return the record `a`, opened and closed at noon of these days."""
    used = ProtocolUsed("sample", "2026.1", "5e")
    closed_at = None if closed is None else noon(closed)
    return EncounterRecord("a", no, "Lincoln Elementary School", "Front office", "live", used, noon(opened), closed_at)


OFFICER: Final = Signer("records", bytes([7] * 32))
"""The key of a made-up records officer."""


def act_of_two(
    encounter_id: str, reference: str = "RC-075 1", *, signer: Signer = OFFICER, content: str = "ab" * 32
) -> tuple[Entry, ...]:
    """Return the entries that set the officer's key, keep an authorization, and destroy a record under it."""
    one = NamedRecord("2026-0001", "handover", TODAY, TODAY, encounter_id, content)
    state = Checkpoint("front-office-kiosk/1", 1, bytes(32))
    request = DestructionRequest("Lincoln Elementary School", "Front office", "live", state, TODAY, (), (one,))
    said = Authorization("Pat Example", reference, TODAY, request)
    found = SignedAuthorization(said, signer.sign(authorization_text(said)), signer.public)
    status = RetentionStatus(replace(a_record(), id=encounter_id), (), (), TODAY, content)
    return (
        Entry(EntryKind.RECORDS_KEY_FIXED, {"before": "", "now": str(OFFICER.public)}, actor=Actor.COMMAND),
        authorized(found),
        destroyed(status, found, by="Dana Ruiz", reason="The period is over"),
    )
