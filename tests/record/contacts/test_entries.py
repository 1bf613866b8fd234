"""Test calls and changed days as entries: a number is in them only as a hash, and the newest call counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.protocol.site.people import Contact
from kiosk.record.contacts.entries import NumberResult, NumberTest, day_changed, entry_of, newest_tests, number_of
from kiosk.record.entries import encode
from kiosk.system.clock import FixedClock
from tests.fakes import MemoryLog

DANA = Contact("Dana Ruiz", phone="860-555-0142", extension="214")
CALL = NumberTest("Dana Ruiz", number_of(DANA), NumberResult.NO_ANSWER, date(2026, 11, 30), "A. Example")


def test_a_number_has_one_hash_however_it_is_written() -> None:
    """Another extension is another number."""
    assert number_of(replace(DANA, phone="(860) 555-0142", name="D. Ruiz")) == number_of(DANA)
    others = (replace(DANA, extension=""), replace(DANA, phone="860-555-0143"), replace(DANA, phone="front desk"))
    assert len({number_of(one) for one in (DANA, *others)}) == 4


def test_no_number_is_in_the_entry() -> None:
    """Only its hash, the name and what came of it."""
    body = entry_of(CALL).body
    assert "0142" not in str(body)
    assert {name: body[name] for name in ("name", "result", "on", "by")} == {
        "name": "Dana Ruiz",
        "result": "no-answer",
        "on": "2026-11-30",
        "by": "A. Example",
    }


def test_the_newest_test_call_to_a_number_counts() -> None:
    """Entries of other kinds, and one that can't be read, count for nothing."""
    log, now = MemoryLog(), FixedClock().now()
    later = replace(CALL, result=NumberResult.REACHED, on=date(2026, 12, 1))
    other = replace(CALL, number=number_of(replace(DANA, extension="")))
    entries = [
        entry_of(CALL),
        entry_of(other),
        entry_of(later),
        day_changed(date(2026, 12, 1), "", "closed", "A. Example"),
    ]
    broken = replace(entries[0], body={**entries[0].body, "result": "?"})
    for seq, entry in enumerate([*entries, broken]):
        log.append([encode(entry, origin=log.origin, seq=seq, event_id=f"id{seq}", at=now)])
    assert newest_tests(log) == {CALL.number: later, other.number: other}
