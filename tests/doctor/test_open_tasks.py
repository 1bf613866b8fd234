"""Open tasks in a log: calls to make are amber, facts to fill in are green."""

from __future__ import annotations

from kiosk.desk.running import Running
from kiosk.desk.service import Desk
from kiosk.doctor.check import State, Subject
from kiosk.doctor.open_tasks import check_open_tasks
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Recorded
from tests.builders import DA, SAYS_AGENCY, SO, a_desk, place
from tests.fakes import MemoryLog

LATER = Recorded.of({"agency-as-stated": "An agency", "agents-count": 2, "badge": Missing("deferred")})


def closed(desk: Desk, facts: Recorded = SAYS_AGENCY, reached: str = DA) -> Running:
    """A record closed as `left`, whose outcome notifies the superintendent's office."""
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(reached, 0, CallResult.REACHED))
    running = desk.answer(running, place("identify"), facts)
    return desk.close(desk.press(running, place("request"), "they-left"), names_child=False)


def states(log: MemoryLog) -> dict[Subject, State]:
    """Each check by its subject."""
    return {check.name: check.state for check in check_open_tasks(log)}


def test_a_log_without_duties_has_no_checks() -> None:
    """Neither an empty log, nor one whose record has nothing left to do."""
    log = MemoryLog()
    assert states(log) == {}
    closed(a_desk(log), reached=SO)
    assert states(log) == {}


def test_a_call_to_make_is_amber_and_names_record_and_role() -> None:
    """The desk knows which record and whom to call."""
    log = MemoryLog()
    record = closed(a_desk(log))
    (check,) = check_open_tasks(log)
    assert (check.name, check.state) == (Subject.CALLS, State.AMBER)
    assert record.no in check.words
    assert SO in check.words
    assert check.repair


def test_a_fact_to_fill_in_is_green() -> None:
    """It may be filled in, and nobody waits for it."""
    log = MemoryLog()
    closed(a_desk(log), LATER, reached=SO)
    assert states(log) == {Subject.FACTS: State.GREEN}


def test_the_duties_of_all_records_are_counted() -> None:
    """Calls and facts, each in one check."""
    log = MemoryLog()
    desk = a_desk(log)
    records = [closed(desk, LATER), closed(desk)]
    checks = {check.name: check.words for check in check_open_tasks(log)}
    assert checks.keys() == {Subject.CALLS, Subject.FACTS}
    assert checks[Subject.CALLS].startswith("2 ")
    assert all(record.no in checks[Subject.CALLS] for record in records)
    assert checks[Subject.FACTS].startswith("1 ")
