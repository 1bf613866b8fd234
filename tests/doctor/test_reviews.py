"""Flagged records: the daily check names those that nobody has read yet."""

from __future__ import annotations

from kiosk.desk.service import Desk
from kiosk.doctor.check import State, Subject
from kiosk.doctor.reviews import check_reviews
from kiosk.protocol.replies import Attempt, CallResult, Chosen
from kiosk.record.disclosure.review import reviewing
from kiosk.record.encounter_record import fold
from kiosk.record.entries import decode, encode
from kiosk.system.clock import FixedClock
from tests.builders import DA, SAYS_AGENCY, a_desk, place
from tests.fakes import MemoryLog


def closed(desk: Desk, *, names_child: bool) -> str:
    """The number of a closed record, flagged or not."""
    running = desk.answer(desk.open(), place("danger"), Chosen("no"))
    running = desk.answer(running, place("who"), Chosen("federal"))
    running = desk.attempt(running, place("call-now"), Attempt(DA, 0, CallResult.REACHED))
    running = desk.answer(running, place("identify"), SAYS_AGENCY)
    return desk.close(desk.press(running, place("request"), "they-left"), names_child=names_child).no


def test_a_log_without_a_flagged_record_has_no_check() -> None:
    """Neither an empty log, nor one whose record names no child."""
    log = MemoryLog()
    assert list(check_reviews(log)) == []
    closed(a_desk(log), names_child=False)
    assert list(check_reviews(log)) == []


def test_a_flagged_record_is_named_until_a_person_has_read_it() -> None:
    """It hinders nothing at the desk, so it is green."""
    log = MemoryLog()
    desk = a_desk(log)
    other, flagged = closed(desk, names_child=False), closed(desk, names_child=True)
    (check,) = check_reviews(log)
    assert (check.name, check.state) == (Subject.REVIEWS, State.GREEN)
    assert (flagged in check.words, other in check.words) == (True, False)
    record = next(r for r in (fold(map(decode, log.entries(one))) for one in ids(log)) if r.no == flagged)
    entry = reviewing(record, record.entries[-1], reason="Read", by="Lee Novak")
    log.append([encode(entry, origin=log.origin, seq=log.size(), event_id="read", at=FixedClock().now())])
    assert list(check_reviews(log)) == []


def ids(log: MemoryLog) -> list[str]:
    """The ids of the encounters."""
    return list(dict.fromkeys(kept.encounter_id for kept in log.told() if kept.encounter_id))
