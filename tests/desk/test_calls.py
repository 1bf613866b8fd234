"""Calls at the desk: those outside the steps, those that need not be made again, and whom to call after hours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.station import Pack, Station
from kiosk.desk.unfinished import UnfinishedRecords
from kiosk.protocol.replies import Attempt, CallResult, Chosen
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.record.entries import decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.transcript import transcript_lines
from tests.builders import CONTENT_HASH, DA, DUTY, SO, a_desk, a_sparing_protocol, a_station, place
from tests.fakes import MemoryLog

PACK = Pack(a_sparing_protocol(), CONTENT_HASH)
ALL_DAY, NEVER_NOW = "Mon-Sun 00:00-23:59", "Sat 03:00-03:01"
"""Hours at which somebody is there, and is not, on the Monday of the fixed clock, whatever the machine's zone."""


def a_post_with(hours: str) -> Station:
    """A school where the administrator keeps these hours, and somebody is on duty after hours."""
    roles = {
        DA: (Contact("Dana Ruiz", phone="860-555-0142", hours=hours),),
        SO: (Contact("The office", phone="860-555-0100", hours=hours),),
        DUTY: (Contact("On duty", phone="860-555-0199", hours=ALL_DAY),),
    }
    return replace(a_station(), contacts=Contacts("Lincoln Elementary School", roles))


@pytest.mark.parametrize(("hours", "late"), [(ALL_DAY, False), (NEVER_NOW, True), ("", False)])
def test_whether_it_is_after_hours_is_fixed_when_an_encounter_opens(log: MemoryLog, hours: str, late: bool) -> None:
    """It is in the log, and holds for whoever continues it on a school day."""
    desk = a_desk(log, pack=PACK, station=a_post_with(hours))
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    (opened,) = map(decode, log.of_kind(EntryKind.ENCOUNTER_OPENED))
    assert opened.body["after_hours"] is late
    assert running.walk.next_attempt(running.walk.at) == ((DUTY, 0) if late else (DA, 0))
    by_day = a_desk(log, pack=PACK, station=a_post_with(ALL_DAY))
    assert by_day.unfinished() == UnfinishedRecords((running,))


def test_a_call_outside_the_steps_spares_the_step_that_asks_for_it(log: MemoryLog) -> None:
    """At the step itself, too; the log alone says so, and tells the words as they were shown."""
    desk = a_desk(log, pack=PACK, station=a_post_with(ALL_DAY))
    running = desk.call(desk.open(), Attempt(SO, 0, CallResult.CALLED_BACK))
    running = desk.answer(running, place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    assert running.walk.at == place("identify")
    assert a_desk(log, pack=PACK, station=a_post_with(ALL_DAY)).unfinished() == UnfinishedRecords((running,))
    told = "\n".join(transcript_lines([decode(entry) for entry in log.entries(running.id)], PACK.protocol))
    assert "call-now" not in told
    assert told.endswith(running.walk.at.step) or "at the end: identify" in told


def test_a_call_outside_the_steps_passes_the_step_that_waits_for_it(log: MemoryLog) -> None:
    """And is no answer of that step."""
    desk = a_desk(log, pack=PACK, station=a_post_with(ALL_DAY))
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    passed = desk.call(running, Attempt(SO, 0, CallResult.REACHED))
    assert passed.walk.at == place("identify")
    assert place("call-now") not in passed.walk.replies
    assert passed.notified == {SO}
