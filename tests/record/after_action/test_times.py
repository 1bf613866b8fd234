"""The times of one record, compared with values computed by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.model import REFERRAL
from kiosk.record.after_action.times import AtStep, Mark, Moment, office_roles, seconds_between, times_of
from kiosk.record.encounter_record import fold
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant
from tests.record.after_action.told import answered, called, closed, facts, instant, protocol, record, usual


def test_each_answer_call_hand_off_and_closing_has_its_time_from_the_start() -> None:
    """The hand-off is the answer that leads to an outcome with a referral."""
    assert times_of(usual(), protocol()).marks == (
        Mark(Moment.STEP, "channel", 10),
        Mark(Moment.STEP, "call-now", 60),
        Mark(Moment.CALL, "office", 60),
        Mark(Moment.STEP, "identify", 90),
        Mark(Moment.HAND_OFF, "handover", 90),
        Mark(Moment.CLOSED, "handover", 100),
    )


def test_the_first_call_that_reached_a_person_counts() -> None:
    """Not one without an answer, and not a later one."""
    found = times_of(
        record(
            answered(10, "channel", chosen="door"),
            called(20, "no-answer"),
            called(50, "no-answer", "called-back"),
            (70, EntryKind.CALL_MADE, None, {"role": REFERRAL, "person": 0, "result": "reached", "name": "X"}),
        ),
        protocol(),
    )
    assert (found.reached, found.office, found.known, found.called) == (50, 50, True, True)
    assert times_of(record(called(20, "no-answer"), closed(30)), protocol()).reached is None


def test_a_designee_counts_as_the_office_only_by_the_protocol() -> None:
    """Without a protocol, only the reserved role is the office."""
    assert office_roles(protocol()) == {REFERRAL, "office"}
    assert office_roles(None) == {REFERRAL}
    found = times_of(usual(), None)
    assert (found.reached, found.office) == (60, None)


def test_a_record_without_any_call_wanted_none() -> None:
    """One that names a role to notify did."""
    assert not times_of(record(answered(5, "channel", chosen="door"), closed(9))).called
    assert times_of(record(answered(5, "channel", chosen="door"), closed(9, "handover", "office"))).called


def test_the_time_at_a_step_is_the_time_since_the_answer_before_without_pauses() -> None:
    """Pauses and partial answers belong to the step that is answered next; a changed answer to its own."""
    found = times_of(
        record(
            answered(10, "channel", chosen="phone"),
            (20, EntryKind.ENCOUNTER_PAUSED, None, {}),
            (500, EntryKind.ENCOUNTER_RESUMED, None, {}),
            (530, EntryKind.STEP_PARTIAL, "identify", {"visit": 1, "recorded": True, "field.badge": "1"}),
            (536, EntryKind.STEP_CORRECTED, "channel", {"visit": 1, "chosen": "door"}),
            called(540, "reached"),
            facts(600, agency_as_stated="A"),
            (610, EntryKind.ENCOUNTER_PAUSED, None, {}),
        )
    )
    assert found.steps == {
        "channel": AtStep(10 + 6, 0, 1, 0),
        "identify": AtStep(10 + 30 + 60, 1, 0, 1),
        "call-now": AtStep(4),
    }
    assert (found.partial, found.changed, found.pauses) == (1, 1, 2)


def test_a_time_that_no_clock_gives_is_unknown() -> None:
    """After a restart with the clock set back, neither the wait nor the time at the step is known."""
    entries = list(usual().entries)
    back = [replace(one, at=Instant(instant(-99).wall_us, "other", 7)) for one in entries[2:]]
    found = times_of(fold([*entries[:2], *back]), protocol())
    assert (found.reached, found.known) == (None, False)
    assert found.steps["call-now"].seconds is None
    assert found.steps["identify"].seconds == 0


def test_a_destroyed_call_is_unknown_and_not_never() -> None:
    """Its result is gone, so nobody can say whether a person was reached."""
    destroyed = (99.0, EntryKind.RECORD_DESTROYED, None, {"reference": "R"})
    assert not times_of(record(answered(5, "channel", chosen="door"), destroyed)).known


@given(st.integers(-10, 10), st.integers(-10, 10), st.booleans())
def test_the_boot_clock_decides_unless_the_machine_was_restarted(wall: int, boot: int, same: bool) -> None:
    """A negative time is unknown."""
    first, later = Instant(100_000_000, "a", 100), Instant(100_000_000 + wall * 1_000_000, "a" if same else "b", 0)
    later = replace(later, boot_ns=100 + boot * 1_000_000_000)
    wanted = boot if same else wall
    assert seconds_between(first, later) == (wanted if wanted >= 0 else None)
