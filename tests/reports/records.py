"""Encounter records for the tests of reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from kiosk.clock import Instant
from kiosk.engine.replies import Missing
from kiosk.record.history import CallNoted, EncounterRecord, Note, Passed, ProtocolUsed

EASTERN = timezone(timedelta(hours=-4))
HOSTILE = '\x1b]52;c;aGk=\x07 \u202e \u2028 \x00 \x9b \x7f "quote" \\ \n=1+1 \ufeff 😀'


def an_instant(second: int = 0) -> Instant:
    """10:42 on 14 September 2026 in Connecticut."""
    wall = datetime(2026, 9, 14, 14, 42, second, tzinfo=UTC)
    return Instant(round(wall.timestamp() * 1_000_000), "boot", 0)


def a_record(words: str = "An agency") -> EncounterRecord:
    """A closed encounter; `words` are what somebody typed, wherever something can be typed."""
    return EncounterRecord(
        id="enc",
        no="2026-0001",
        school=words,
        desk=words,
        mode="live",
        protocol=ProtocolUsed("small", "2026.1", "5e"),
        opened_at=an_instant(),
        closed_at=an_instant(30),
        outcome="handover",
        channel="door",
        fields={"agency-as-stated": words, "agents": 2, "badge": Missing("refused")},
        calls=(CallNoted("office", words, an_instant(5), "reached"),),
        notes=(Note(an_instant(6), words),),
        path=(Passed("channel", an_instant(1), "door", corrected=True),),
    )
