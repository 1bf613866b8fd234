"""Encounter records for the tests of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from kiosk.protocol.replies import Missing, Value
from kiosk.record.amendments import ADDITION, NOWHERE, Amendment, Ref
from kiosk.record.disclosure.levels import Level
from kiosk.record.encounter_record import EncounterRecord, LoggedCall, Note, Passed, ProtocolUsed
from kiosk.reports.label import Label
from kiosk.settings import Mode
from kiosk.system.clock import Instant

EASTERN = timezone(timedelta(hours=-4))
HOSTILE = '\x1b]52;c;aGk=\x07 \u202e \u2028 \x00 \x9b \x7f "quote" \\ \n=1+1 \ufeff 😀'


def a_label(level: Level = Level.FULL, mode: Mode = "live") -> Label:
    """The label of a copy of everything."""
    return Label(level, "all days", "Lincoln Elementary School", mode)


def an_instant(second: int = 0) -> Instant:
    """10:42 on 14 September 2026 in Connecticut."""
    wall = datetime(2026, 9, 14, 14, 42, tzinfo=UTC) + timedelta(seconds=second)
    return Instant(round(wall.timestamp() * 1_000_000), "boot", second * 1_000_000_000)


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
        calls=(LoggedCall("office", words, an_instant(5), "reached"),),
        notes=(Note(an_instant(6), words),),
        path=(Passed("channel", an_instant(1), "door", corrected=True),),
    )


def an_amendment(name: str, was: Value | None, now: Value | None, target: Ref = NOWHERE) -> Amendment:
    """An amendment of one value, a minute after the closing."""
    return Amendment(Ref(9, "e9"), target, name, was, now, "Misread", "Dana Ruiz", an_instant(90))


def an_amended_record(words: str = "An agency") -> EncounterRecord:
    """The same, with every kind of value amended since, the agency twice."""
    call, note, answer, end = (Ref(n, f"e{n}") for n in range(2, 6))
    record = a_record(words)
    return replace(
        record,
        calls=tuple(replace(one, ref=call) for one in record.calls),
        notes=tuple(replace(one, ref=note) for one in record.notes),
        path=tuple(replace(one, ref=answer) for one in record.path),
        closing=end,
        amendments=(
            an_amendment("field.agency-as-stated", words, "B", answer),
            an_amendment("field.agency-as-stated", "B", Missing("not-seen"), answer),
            an_amendment("field.plate", None, "CT 12", end),
            an_amendment("text", words, "More cars", note),
            an_amendment("result", "reached", "nobody", call),
            an_amendment(ADDITION, None, "A third agent", end),
        ),
    )
