"""The entries about duties: what a closing owes, and the entry when none is open any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kiosk.record.duties import owing
from kiosk.record.duties.open_duties import open_duties
from kiosk.record.encounter_record import EncounterRecord, fold
from kiosk.record.entries import encode
from kiosk.record.entry_kinds import EntryKind, Kind
from kiosk.system.clock import FixedClock
from tests.builders import DA, SO, a_desk_with_duties, closed_with_duties
from tests.fakes import MemoryLog

ON = date(2026, 9, 14)


def record_in(log: MemoryLog, encounter_id: str) -> EncounterRecord:
    """The record of this encounter."""
    return fold(entry for entry in log.told() if entry.encounter_id == encounter_id)


def owed_in(log: MemoryLog) -> Mapping[str, Any]:
    """The body of the one entry about the duties of a closing."""
    (owed,) = (entry for entry in log.told() if entry.kind == EntryKind.DUTIES_OWED)
    return owed.body


def entered(log: MemoryLog, encounter_id: str, duty: str) -> list[Kind]:
    """Enter that a duty was done; return the kinds of the entries."""
    entries = owing.done(record_in(log, encounter_id), duty, on=ON, by="Dana Ruiz")
    at = FixedClock().now()
    log.append(
        [
            encode(entry, origin=log.origin, seq=log.size() + n, event_id=f"done-{log.size() + n}", at=at)
            for n, entry in enumerate(entries)
        ]
    )
    return [entry.kind for entry in entries]


def test_a_closing_enters_its_duties_with_owner_and_time_before_it() -> None:
    """The closing entry stays the last."""
    log = MemoryLog()
    closed_with_duties(a_desk_with_duties(log))
    assert [k for k in log.kinds() if k in {"duties.owed", "encounter.closed"}] == ["duties.owed", "encounter.closed"]
    assert log.kinds()[-1] == EntryKind.ENCOUNTER_CLOSED
    body = owed_in(log)
    assert (body["no"], body["outcome"]) == ("2026-0001", "handover")
    assert [(duty["id"], duty["owner"]) for duty in body["duties"]] == [("papers", DA), ("entry", SO)]
    assert [duty["due"][:10] for duty in body["duties"]] == ["2026-09-14", "2026-09-17"]


def test_the_districts_holidays_move_the_time_of_a_duty() -> None:
    """Only of one that is counted in business days."""
    log = MemoryLog()
    closed_with_duties(a_desk_with_duties(log, closed_days=frozenset({date(2026, 9, 15), date(2026, 9, 17)})))
    assert [duty["due"][:10] for duty in owed_in(log)["duties"]] == ["2026-09-14", "2026-09-21"]


def test_an_outcome_without_duties_enters_none() -> None:
    """Nor does a record that is void, or ended early."""
    log = MemoryLog()
    desk = a_desk_with_duties(log)
    closed_with_duties(desk, outcome="left")
    assert EntryKind.DUTIES_OWED not in log.kinds()
    assert record_in(log, log.encounter_ids(EntryKind.ENCOUNTER_OPENED)[0]).duties == ()


def test_the_entry_about_the_last_duty_says_that_none_is_open() -> None:
    """Once: another entry about a settled duty is a correction."""
    log = MemoryLog()
    one = closed_with_duties(a_desk_with_duties(log))
    assert entered(log, one.id, "entry") == [EntryKind.DUTY_DONE]
    assert entered(log, one.id, "entry") == [EntryKind.DUTY_DONE]
    assert entered(log, one.id, "papers") == [EntryKind.DUTY_DONE, EntryKind.DUTIES_SETTLED]
    assert entered(log, one.id, "papers") == [EntryKind.DUTY_DONE]
    settled = owing.excepted(record_in(log, one.id), "papers", reason="None came.", by="Dana Ruiz")
    assert [entry.kind for entry in settled] == [EntryKind.DUTY_EXCEPTED]


def test_open_duties_are_found_without_the_records() -> None:
    """Those that were closed last first; a record whose duties are settled is not among them."""
    log = MemoryLog()
    desk = a_desk_with_duties(log)
    first, second, third = (closed_with_duties(desk) for _ in range(3))
    assert [one.no for one in open_duties(log)] == [third.no, second.no, first.no]
    assert [one.no for one in open_duties(log, second.id)] == [first.no]
    for duty in ("papers", "entry"):
        entered(log, second.id, duty)
    entered(log, third.id, "papers")
    assert [(one.no, [duty.id for duty in one.duties]) for one in open_duties(log)] == [
        (third.no, ["entry"]),
        (first.no, ["papers", "entry"]),
    ]
    assert next((one.outcome, one.id) for one in open_duties(log)) == ("handover", third.id)


def test_an_altered_entry_about_duties_stops_no_list() -> None:
    """The others are in it."""
    log = MemoryLog()
    desk = a_desk_with_duties(log)
    first, second = closed_with_duties(desk), closed_with_duties(desk)
    spot = next(
        n for n, entry in enumerate(log.told()) if (entry.encounter_id, entry.kind) == (first.id, "duties.owed")
    )
    log.kept[spot] = replace(log.kept[spot], leaf=bytes(32))
    assert [one.no for one in open_duties(log)] == [second.no]
