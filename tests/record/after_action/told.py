"""Records of the small pack, made entry by entry, each at its second after the opening."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant
from tests.homes import PACK

START_S: Final = 1_790_000_000
"""21 September 2026, 14:13:20 UTC."""

Told = tuple[float, EntryKind, str | None, Mapping[str, Any]]
"""(second, kind, step, body)."""


def protocol(text: str = PACK) -> Protocol:
    """The protocol in this file, by default the small pack with an agency of the class public."""
    public = text.replace(
        "{label: {en: Agency}, type: line, missing: [refused]}",
        "{label: {en: Agency}, type: line, class: public, missing: [refused, not-asked]}",
    )
    found = read_pack({PROTOCOL_FILE: public.encode()}).protocol
    assert found is not None
    return found


def instant(second: float, boot: str = "boot") -> Instant:
    """A time so many seconds after the opening, by both clocks."""
    return Instant(round((START_S + second) * 1_000_000), boot, round(second * 1_000_000_000) + 5)


def entry(n: int, told: Told) -> LoggedEntry:
    """One entry of the encounter."""
    second, kind, step, body = told
    return LoggedEntry(n, f"e{n}", kind, "enc", step, "desk", "5e", instant(second), body)


def record(*told: Told, no: str = "2026-0001", start: float = 0, **opening: Any) -> EncounterRecord:
    """The record of these entries after its opening at second `start`."""
    body = {
        "no": no,
        "school": "Lincoln",
        "desk": "Front",
        "mode": "live",
        "settings": {},
        "people": {},
        "protocol": {"id": "small", "version": "2026.1", "content_hash": "5e"},
        **opening,
    }
    every: list[Told] = [(start, EntryKind.ENCOUNTER_OPENED, None, body), *told]
    return fold(entry(n, one) for n, one in enumerate(every))


def answered(second: float, step: str, visit: int = 1, **body: Any) -> Told:
    """A complete answer."""
    return second, EntryKind.STEP_ANSWERED, step, {"visit": visit, **body}


def called(second: float, *results: str, role: str = "office", step: str = "call-now") -> Told:
    """Calls at a call step; the last one is new."""
    attempts = [{"role": role, "person": 0, "result": result} for result in results]
    return answered(second, step, attempts=attempts)


def facts(second: float, visit: int = 1, **values: Any) -> Told:
    """The facts at `identify`: a value, or the reason why one is missing as `("refused",)`."""
    body = {
        f"field.{name.replace('_', '-')}": {"missing": value[0]} if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    return answered(second, "identify", visit, recorded=True, **body)


def closed(second: float, outcome: str = "handover", *not_notified: str, **body: Any) -> Told:
    """The closing at an outcome."""
    end = {"outcome": outcome, "not_notified": list(not_notified), "superseded": [], **body}
    return second, EntryKind.ENCOUNTER_CLOSED, None, end


def owes(second: float, **due: float) -> Told:
    """What a closed record owes: the second by which each duty is due."""
    listed = [
        {"id": name.replace("_", "-"), "owner": "office", "due": _utc(at).isoformat()} for name, at in due.items()
    ]
    return second, EntryKind.DUTIES_OWED, None, {"outcome": "handover", "duties": listed}


def did(second: float, duty: str) -> Told:
    """A duty that was done on the day of this second."""
    body = {"duty": duty, "on": f"{_utc(second):%Y-%m-%d}", "by": "A. Example"}
    return second, EntryKind.DUTY_DONE, None, body


def _utc(second: float) -> datetime:
    return datetime.fromtimestamp(START_S + second, UTC)


def usual(at: float = 60, no: str = "2026-0001", start: float = 0, **opening: Any) -> EncounterRecord:
    """A visit at the door in which the office is reached `at` seconds after the opening, and closed 40 s later."""
    return record(
        answered(start + 10, "channel", chosen="door"),
        called(start + at, "reached"),
        facts(start + at + 30, agency_as_stated="An agency", badge=("refused",)),
        closed(start + at + 40),
        no=no,
        start=start,
        **opening,
    )
