"""Where a record differs from its protocol."""

from __future__ import annotations

from kiosk.record.after_action.followed import Followed, followed, walk_again
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entry_kinds import EntryKind
from tests.record.after_action.told import answered, called, closed, facts, protocol, record, usual

DOOR = answered(10, "channel", chosen="door")
FACTS = facts(30, agency_as_stated="A", badge="12")


def test_a_record_that_follows_its_protocol_differs_in_nothing() -> None:
    """The engine walks it to the same outcome."""
    found = followed(usual(), protocol())
    assert bool(found)
    assert found == Followed(checked=True)


def test_a_step_left_by_an_interrupt_and_never_answered_is_skipped() -> None:
    """One that was answered at a later visit is not."""
    left = record(DOOR, answered(20, "call-now", pressed="left"), closed(30, "gone"))
    assert followed(left, protocol()).skipped == ("call-now",)
    back = record(
        answered(5, "channel", chosen="phone"),
        answered(10, "identify", pressed="danger"),
        called(20, "reached"),
        facts(30, 2, agency_as_stated="A", badge="1"),
        closed(40),
    )
    assert followed(back, protocol()).skipped == ()


def test_a_record_closed_early_was_left_at_the_step_that_waited() -> None:
    """The engine says at which."""
    end = (40.0, EntryKind.ENCOUNTER_CLOSED, None, closing_body(Ending.UNFINISHED, "over"))
    found = followed(record(DOOR, called(20, "reached"), end), protocol())
    assert (found.early, found.skipped, found.elsewhere) == (True, ("identify",), False)


def test_an_outcome_to_which_the_answers_do_not_lead_is_named() -> None:
    """Also one before the walk arrives anywhere."""
    assert followed(record(DOOR, called(20, "reached"), FACTS, closed(40, "gone")), protocol()).elsewhere
    assert followed(record(DOOR, closed(40)), protocol()).elsewhere


def test_facts_put_off_and_filled_in_late_are_told_apart() -> None:
    """One that an amendment filled in is late as well; one that it added is only late."""
    base = (DOOR, called(20, "reached"), facts(30, agency_as_stated=("deferred",), badge=("deferred",)), closed(40))

    def filled(name: str, was: object, entry: int) -> tuple[float, EntryKind, None, dict[str, object]]:
        target = {"entry": entry, "event_id": f"e{entry}"}
        body = {"target": target, f"was.field.{name}": was, f"field.{name}": "12"}
        return 99, EntryKind.AMENDMENT_ADDED, None, body

    found = followed(record(*base, filled("badge", {"missing": "deferred"}, 3), filled("plate", None, 4)), protocol())
    assert found.put_off == ("agency-as-stated", "badge")
    assert found.late == ("badge", "plate")


def test_superseded_answers_and_roles_not_notified_are_those_of_the_closing() -> None:
    """As the desk wrote them."""
    end = closed(40, "handover", "office", superseded=["identify#2"])
    found = followed(record(DOOR, called(20, "no-answer"), FACTS, end), protocol())
    assert (found.not_notified, found.superseded) == (("office",), ("identify#2",))


def test_nothing_is_said_of_a_record_that_the_engine_can_not_walk() -> None:
    """Its protocol is not in the log, an answer is gone, or its opening has no settings."""
    assert followed(usual(), None) == Followed()
    gone = record(answered(10, "channel"), closed(40))
    assert not followed(gone, protocol()).checked
    assert walk_again(record(DOOR, closed(9), settings={}, people={}), protocol()) is not None
    void = (40.0, EntryKind.ENCOUNTER_CLOSED, None, closing_body(Ending.VOID, "by-mistake"))
    assert followed(record(DOOR, void), protocol()) == Followed()
    assert followed(record(DOOR), protocol()) == Followed()


def test_a_call_after_the_closing_changes_no_walk() -> None:
    """The walk is of what the desk knew."""
    late = (99.0, EntryKind.CALL_MADE, None, {"role": "office", "person": 0, "result": "reached", "name": "X"})
    walk = walk_again(record(DOOR, called(20, "no-answer"), FACTS, closed(40), late), protocol())
    assert walk is not None
    assert walk.outside == ()
