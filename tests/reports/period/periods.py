"""A period of made-up records, with everything that can be in a report."""

from __future__ import annotations

import random
from datetime import UTC, date
from typing import Any

from kiosk.record.after_action.period import Period
from kiosk.record.after_action.versions import Versions
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.period.head import Head
from kiosk.settings import Mode
from kiosk.system.date_range import DateRange
from tests.record.after_action.told import answered, called, closed, did, entry, facts, instant, owes, protocol, record

DAY = 86_400.0
SCHOOLS = ("Lincoln High", "Roosevelt Middle", "Oak Elementary", "Mission Elementary")
AUTUMN = DateRange(date(2026, 7, 1), date(2026, 11, 30))


def some_records(count: int, schools: tuple[str, ...] = SCHOOLS, typed: str = "An agency") -> list[EncounterRecord]:
    """So many encounters from July on, the same ones each time. typed: what staff typed, wherever they could."""
    chance = random.Random(7)  # noqa: S311 - made-up records
    return [_one(n, chance, schools, typed) for n in range(count)]


def _one(n: int, chance: random.Random, schools: tuple[str, ...], typed: str) -> EncounterRecord:
    start = (chance.triangular(-80, 69, 30)) * DAY
    wait = 60 * chance.expovariate(1 / 9)
    result = chance.choices(["reached", "no-answer"], [9, 1])[0]
    badge: Any = chance.choice([("refused",), ("deferred",), typed])
    middle = [called(start + 20 + wait, result)] if chance.random() < 0.95 else []
    amendment = {
        "target": {"entry": 1, "event_id": "e1"},
        "was.field.badge": "1",
        "field.badge": typed,
        "by": typed,
        "reason": typed,
    }
    later = [(start + wait + DAY, EntryKind.AMENDMENT_ADDED, None, amendment)] if chance.random() < 0.1 else []
    return record(
        answered(start + 20, "channel", chosen=chance.choice(["door", "door", "phone"])),
        *middle,
        (start + wait + 25, EntryKind.NOTE_ADDED, None, {"text": typed}),
        facts(start + wait + 30, agency_as_stated=typed, badge=badge),
        closed(start + wait + 60, "handover", *([] if result == "reached" else ["office"])),
        owes(start + wait + 60, papers=start + DAY, debrief=start + 14 * DAY),
        *([did(start + wait + DAY, "papers")] if n % 3 else []),
        *later,
        no=f"2026-{n + 1:04}",
        start=start,
        school=chance.choice(schools),
        staff=typed,
        protocol={"id": "small", "version": "2026.1", "content_hash": "5e" if n % 9 else "4d"},
    )


def a_period(*records: EncounterRecord, text: str | None = None) -> Period:
    """The period of these records, newest first. text: the protocol file, if not the small one."""
    body = {"id": "small", "version": "2026.1", "content_hash": "5e", "effective": "2026-01-01"}
    versions = Versions([entry(0, (-99 * DAY, EntryKind.PACK_ACTIVATED, None, body))])
    period, of = Period(instant(71 * DAY), UTC, versions), protocol(text) if text else protocol()
    for one in sorted(records, key=lambda one: -one.opened_at.wall_us):
        period.add(one, of)
    return period


def a_head(
    days: DateRange = AUTUMN, mode: Mode = "live", whom: str = "Superintendent", school: str = "Lincoln"
) -> Head:
    """The facts of a report."""
    return Head(days, school, mode, whom, instant(71 * DAY), "front-office-kiosk/7f3a91c2")
