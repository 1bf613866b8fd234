"""One encounter, folded from its entries, says what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kiosk.protocol.replies import Missing
from kiosk.record.amendments import NOWHERE, Amendment, Ref
from kiosk.record.canonical import Json
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.encounter_record import (
    AtDesk,
    Destroyed,
    Interruption,
    Linked,
    LoggedCall,
    Note,
    Passed,
    ProtocolUsed,
    fold,
    frame_of,
)
from kiosk.record.endings import Ending, closing_body
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

OPENING: Mapping[str, Json] = {
    "no": "2026-0001",
    "school": "Lincoln Elementary School",
    "desk": "Front office",
    "mode": "live",
    "settings": {},
    "people": {},
    "protocol": {"id": "small", "version": "2026.1", "content_hash": "5e"},
}


def kept(*happenings: tuple[EntryKind, str | None, Mapping[str, Json]]) -> list[LoggedEntry]:
    """Entries of one encounter, a second apart: its opening, then these (kind, step, body)."""
    told = [(EntryKind.ENCOUNTER_OPENED, None, OPENING), *happenings]
    return [
        LoggedEntry(
            n, f"e{n}", kind, "enc", step, "desk", "5e", Instant(1_790_000_000_000_000 + n * 1_000_000, "b", n), body
        )
        for n, (kind, step, body) in enumerate(told)
    ]


def answered(step: str, **body: Json) -> tuple[EntryKind, str, Mapping[str, Json]]:
    """An answer at the first visit of a step."""
    return EntryKind.STEP_ANSWERED, step, {"visit": 1, **body}


def corrected(step: str, **body: Json) -> tuple[EntryKind, str, Mapping[str, Json]]:
    """Another answer to that place."""
    return EntryKind.STEP_CORRECTED, step, {"visit": 1, **body}


def amended(name: str, was: str, now: str, entry: int = 1) -> tuple[EntryKind, None, Mapping[str, Json]]:
    """A correction of a value in this entry."""
    target: Json = {"entry": entry, "event_id": f"e{entry}"}
    return EntryKind.AMENDMENT_ADDED, None, {"target": target, f"was.{name}": was, name: now}


def test_facts_kept_in_part_are_facts() -> None:
    """Each stands in the entry that first had it, also where the step was never done; the path tells them apart."""
    record = fold(
        kept(
            (EntryKind.STEP_PARTIAL, "identify", {"visit": 1, "recorded": True, "field.agency": "ICE"}),
            answered("identify", recorded=True, **{"field.badge": {"missing": "deferred"}}),
            corrected("identify", recorded=True, **{"field.badge": "12"}),
            (EntryKind.STEP_PARTIAL, "left", {"visit": 1, "recorded": True, "field.card": "grey"}),
            answered("left", pressed="danger"),
        )
    )
    assert record.fields == {"agency": "ICE", "badge": "12", "card": "grey"}
    assert [record.places[name].entry for name in record.fields] == [1, 3, 4]
    assert [(p.partial, p.corrected) for p in record.path] == [
        (True, False),
        (False, False),
        (False, True),
        (True, False),
        (False, False),
    ]


def test_an_opened_encounter_already_folds() -> None:
    """What was only begun has its number, its protocol, and no end."""
    record = fold(kept())
    assert (record.no, record.state, record.closed_at, record.outcome) == ("2026-0001", "open", None, None)
    assert (record.protocol.id, record.protocol.version, record.protocol.content_hash) == ("small", "2026.1", "5e")


def test_entries_without_an_opening_are_refused() -> None:
    """An encounter begins with its opening."""
    with pytest.raises(ValueError, match="must open"):
        fold(kept()[1:])


def test_a_closed_encounter_says_how_it_ended() -> None:
    """Outcome, end, the people not notified and superseded answers come from the closing."""
    end: Mapping[str, Json] = {"outcome": "handover", "not_notified": ["office"], "superseded": ["past#2"]}
    record = fold(
        kept((EntryKind.ENCOUNTER_REVIEWED, None, {"facts_only": True}), (EntryKind.ENCOUNTER_CLOSED, None, end))
    )
    assert (record.state, record.outcome, record.not_notified, record.superseded) == (
        "closed",
        "handover",
        ("office",),
        ("past#2",),
    )
    assert record.review == {"facts_only": True}
    assert record.last_seq == 2


def test_the_channel_is_the_newest_answer_to_that_step() -> None:
    """A correction changes the channel."""
    assert fold(kept(answered("channel", chosen="phone"), corrected("channel", chosen="door"))).channel == "door"


def test_a_corrected_fact_replaces_the_earlier_one() -> None:
    """The same place answered again counts whole, even when the fact is now missing."""
    first = answered("identify", **{"field.badge": "1234", "field.agency-as-stated": "A"})
    facts: dict[str, Json] = {"field.badge": {"missing": "refused"}, "field.agency-as-stated": "B"}
    again = corrected("identify", **facts)
    assert fold(kept(first, again)).fields == {"badge": Missing("refused"), "agency-as-stated": "B"}


def test_a_fact_once_got_is_not_lost_at_a_later_step() -> None:
    """Another step that could not get it again does not take it away."""
    record = fold(
        kept(
            answered("identify", **{"field.badge": "1234"}),
            answered("later", **{"field.badge": {"missing": "not-seen"}}),
        )
    )
    assert record.fields == {"badge": "1234"}


def test_facts_set_aside_do_not_count_but_stay_in_the_path() -> None:
    """What the walk no longer passes is not among the facts; the path still tells of it."""
    record = fold(
        kept(
            answered("past", **{"field.badge": "1"}),
            (EntryKind.ENCOUNTER_CLOSED, "x", {"outcome": "x", "superseded": ["past"]}),
        )
    )
    assert record.fields == {}
    assert [p.step for p in record.path] == ["past"]


def test_the_path_is_in_the_order_of_the_log() -> None:
    """Every answer is there, corrections marked, each as scenarios write it."""
    record = fold(
        kept(
            answered("channel", chosen="phone"),
            corrected("channel", chosen="door"),
            answered("want", ticked=["records", "papers"]),
            answered("call-now", attempts=[{"role": "office", "person": 0, "result": "reached"}], name="Dana Ruiz"),
            answered("wait", confirmed=True),
            answered("identify", **{"field.badge": {"missing": "refused"}}),
            answered("who", pressed="left"),
        )
    )
    assert [p.answer for p in record.path] == [
        "phone",
        "door",
        ["records", "papers"],
        {"office": "reached"},
        "done",
        {"badge": {"missing": "refused"}},
        {"press": "left"},
    ]
    assert [p.corrected for p in record.path] == [False, True, False, False, False, False, False]


def test_every_call_is_told_once() -> None:
    """Calls at steps and beside them are in order; a corrected one replaces the newest to the same person."""
    tried: Json = {"role": "office", "person": 0, "result": "no-answer"}
    all_cited: Json = {"role": "office", "person": 0, "result": "reached"}
    record = fold(
        kept(
            answered("call-now", attempts=[tried], name="Dana Ruiz"),
            corrected("call-now", attempts=[all_cited], name="Dana Ruiz"),
            (EntryKind.CALL_MADE, "wait", {"role": "backup", "person": 0, "result": "nobody", "name": "Sam Okafor"}),
        )
    )
    assert [(c.role, c.name, c.result) for c in record.calls] == [
        ("office", "Dana Ruiz", "reached"),
        ("backup", "Sam Okafor", "nobody"),
    ]


def test_notes_cards_and_breaks_are_told() -> None:
    """What happened beside the steps is there."""
    record = fold(
        kept(
            (EntryKind.NOTE_ADDED, "who", {"text": "Two cars"}),
            (EntryKind.CARD_SHOWN, "who", {"refer": "office"}),
            (EntryKind.ENCOUNTER_RESUMED, None, {}),
            answered("who", pressed="left"),
            (EntryKind.AMENDMENT_ADDED, None, {"addition": "Later"}),
        )
    )
    assert [n.text for n in record.notes] == ["Two cars"]
    assert len(record.cards) == 1
    assert [(i.kind, i.what) for i in record.interruptions] == [("resumed", ""), ("pressed", "left")]
    assert [a.now for a in record.amendments] == ["Later"]


def test_what_is_no_longer_kept_breaks_nothing() -> None:
    """Entries whose values were destroyed still fold; nothing is guessed."""
    entries = kept(
        answered("channel"),
        (EntryKind.NOTE_ADDED, None, {}),
        (EntryKind.CALL_MADE, None, {}),
        (EntryKind.ENCOUNTER_CLOSED, None, {}),
    )
    record = fold(
        [LoggedEntry(0, "e", EntryKind.ENCOUNTER_OPENED, "enc", None, "desk", "5e", entries[0].at, {}), *entries[1:]]
    )
    assert (record.no, record.protocol.content_hash, record.path[0].answer, record.notes) == ("", "5e", None, ())


def test_a_note_that_is_sealed_for_the_district_is_still_told_of() -> None:
    """That there was one, and when; so the numbers of the others stay the same."""
    entries = kept((EntryKind.NOTE_ADDED, "who", {"text": "One"}), (EntryKind.NOTE_ADDED, "who", {"text": "Two"}))
    entries[1] = replace(entries[1], body={}, encrypted=("text",))
    record = fold(entries)
    assert [note.text for note in record.notes] == [Missing("encrypted"), "Two"]


def test_how_late_an_amendment_is_follows_the_order_of_the_log() -> None:
    """One that stands before the closing was not made after it, whatever the clocks say."""
    closed = (EntryKind.ENCOUNTER_CLOSED, "handover", {"outcome": "handover"})
    record = fold(
        kept((EntryKind.AMENDMENT_ADDED, None, {"addition": "A"}), closed, (EntryKind.AMENDMENT_ADDED, None, {}))
    )
    early, late = record.amendments
    assert (record.lateness(early), record.lateness(late)) == (
        "before it was closed",
        "less than a minute after it was closed",
    )
    assert replace(record, closing=None, closed_at=None).lateness(late) == "before it was closed"


def test_a_closing_before_an_outcome_says_why_and_by_whom() -> None:
    """It has no outcome; at an outcome there is neither reason nor name."""
    record = fold(kept((EntryKind.ENCOUNTER_CLOSED, None, closing_body(Ending.UNFINISHED, "They left", "AB"))))
    assert (record.ending, record.outcome) == (Ending.UNFINISHED, None)
    assert (record.reason, record.closed_by) == ("They left", "AB")
    record = fold(kept((EntryKind.ENCOUNTER_CLOSED, "left", {"outcome": "left"})))
    assert (record.ending, record.outcome, record.reason, record.closed_by) == (Ending.OUTCOME, "left", "", "")


def test_the_opening_identifies_the_record() -> None:
    """Its id, number, school, desk, mode, protocol and time."""
    entries = kept()
    record = fold(entries)
    assert (record.id, record.no, record.school) == ("enc", "2026-0001", "Lincoln Elementary School")
    assert (record.desk, record.mode) == ("Front office", "live")
    assert (record.protocol, record.opened_at) == (ProtocolUsed("small", "2026.1", "5e"), entries[0].at)
    other = {**OPENING, "protocol": {"id": "small", "version": "2026.1", "content_hash": "6f"}}
    assert fold([replace(entries[0], body=other)]).protocol.content_hash == "6f"


def test_a_record_whose_opening_is_withheld_has_empty_text() -> None:
    """Only what the entry itself says is left: its id, its time and the hash of its protocol."""
    opening = replace(kept()[0], body={})
    record = fold([opening])
    assert (record.id, record.opened_at, record.protocol) == ("enc", opening.at, ProtocolUsed("", "", "5e"))
    assert {record.no, record.school, record.desk, record.mode} == {""}
    record = fold([replace(opening, encounter_id=None, pack=None)])
    assert (record.id, record.protocol.content_hash) == ("", "")


def test_a_destroyed_record_is_identified_by_the_entry_that_destroyed_it() -> None:
    """Its opening has no values any more; the newest destruction counts."""
    frame = frame_of(fold(kept()))
    assert frame == {name: OPENING[name] for name in ("no", "school", "desk", "mode", "protocol")}
    first: Mapping[str, Json] = {"record": frame, "reference": "RC-075 a", "authorized_by": "P", "by": "Dana Ruiz"}
    second: Mapping[str, Json] = {"record": frame, "reference": "RC-075 b", "authorized_by": "Q", "by": "Sam Okafor"}
    entries = kept((EntryKind.RECORD_DESTROYED, None, first), (EntryKind.RECORD_DESTROYED, None, second))
    record = fold([replace(entries[0], body={}), *entries[1:]])
    assert frame_of(record) == frame
    assert record.destroyed == Destroyed(entries[2].at, "RC-075 b", "Q", "Sam Okafor")
    assert record.retention == tuple(entries[1:])
    assert fold(entries[:1]).destroyed is None
    bare = replace(entries[1], body={})
    assert fold([entries[0], bare]).destroyed == Destroyed(bare.at, "", "", "")


def test_no_other_entry_identifies_a_record() -> None:
    """An entry of a command can hold any values; a hold never names the school or the desk."""
    hold = (EntryKind.HOLD_PLACED, None, {"record": {"school": "Another"}})
    odd = (EntryKind.HOLD_PLACED, None, {"record": "odd"})
    frame: Mapping[str, Json] = {"record": frame_of(fold(kept()))}
    entries = kept(hold, odd, (EntryKind.RECORD_DESTROYED, None, frame))
    assert fold([replace(entries[0], body={}), *entries[1:]]).school == "Lincoln Elementary School"


def test_a_hold_applies_until_it_is_released() -> None:
    """A copy that does not show which hold was released leaves it unknown."""
    placed = (EntryKind.HOLD_PLACED, None, {"reason": "A subpoena"})
    released = (EntryKind.HOLD_RELEASED, None, {"hold": "e1"})
    assert fold(kept()).on_hold is False
    assert fold(kept(placed)).on_hold is True
    assert fold(kept(placed, released)).on_hold is False
    assert fold(kept(placed, placed, released)).on_hold is True
    entries = kept(placed, released)
    assert fold([*entries[:2], replace(entries[2], body={}, withheld=("hold",))]).on_hold is None


def test_staff_and_links_are_in_the_order_of_the_log() -> None:
    """Initials at the opening and at each change; a link of a newer version keeps its id."""
    entries = kept(
        (EntryKind.ENCOUNTER_LINKED, None, {"how": "follows", "no": "2026-0002", "to": "other"}),
        (EntryKind.STAFF_CHANGED, None, {"staff": "CD"}),
        (EntryKind.STAFF_CHANGED, None, {}),
        (EntryKind.ENCOUNTER_LINKED, None, {}),
        (EntryKind.CALL_MADE, None, {"staff": "EF"}),
    )
    entries[0] = replace(entries[0], body={**OPENING, "staff": "AB"})
    record = fold(entries)
    assert record.staff == (AtDesk(entries[0].at, "AB"), AtDesk(entries[2].at, "CD"))
    assert record.links == (
        Linked(entries[1].at, "follows", "2026-0002", "other"),
        Linked(entries[4].at, "", "", ""),
    )


def test_each_part_has_its_time_and_its_entry() -> None:
    """So that a report can cite it, and an amendment can name it."""
    entries = kept(
        answered("who", pressed="left"),
        (EntryKind.ENCOUNTER_PAUSED, None, {}),
        (EntryKind.ENCOUNTER_RESUMED, None, {}),
        (EntryKind.NOTE_ADDED, "who", {"text": "Two cars"}),
        (EntryKind.NOTE_ADDED, "who", {}),
        (EntryKind.CALL_MADE, None, {"role": "office", "person": 1, "result": "reached", "name": "Dana Ruiz"}),
        (EntryKind.STEP_PARTIAL, None, {"visit": 1, "ticked": ["records"]}),
    )
    entries[5] = replace(entries[5], encrypted=("text",))
    at, refs = [e.at for e in entries], [Ref(e.seq, e.event_id) for e in entries]
    record = fold(entries)
    assert record.interruptions == (
        Interruption(at[1], "pressed", "left"),
        Interruption(at[2], "paused"),
        Interruption(at[3], "resumed"),
    )
    assert record.notes == (Note(at[4], "Two cars", refs[4]), Note(at[5], Missing("encrypted"), refs[5]))
    assert record.calls == (LoggedCall("office", "Dana Ruiz", at[6], "reached", 1, refs[6]),)
    assert record.path == (
        Passed("who", at[1], {"press": "left"}, corrected=False, ref=refs[1]),
        Passed("", at[7], ["records"], corrected=False, ref=refs[7], partial=True),
    )


def test_each_visit_of_a_step_is_a_place_of_its_own() -> None:
    """A closing can supersede one visit and keep the other; an answer without its visit is of the first."""
    first = answered("identify", **{"field.badge": "1", "field.agency": "A"})
    second: tuple[EntryKind, str, Mapping[str, Json]] = (
        EntryKind.STEP_ANSWERED,
        "identify",
        {"visit": 2, "field.badge": "2"},
    )
    bare: tuple[EntryKind, str, Mapping[str, Json]] = (EntryKind.STEP_ANSWERED, "identify", {"field.badge": "3"})

    def badge(*superseded: Json) -> object:
        end: Mapping[str, Json] = {"superseded": superseded}
        return fold(kept(first, second, bare, (EntryKind.ENCOUNTER_CLOSED, "x", end))).fields.get("badge")

    assert badge() == "2"
    assert badge("identify#2") == "3"
    assert badge("identify") == "2"
    assert badge("identify", "identify#2") is None


def test_a_correction_replaces_only_the_newest_call_to_the_same_person() -> None:
    """Calls to other people, and earlier calls, stay."""

    def tried(person: int, result: str) -> Json:
        return [{"role": "office", "person": person, "result": result}]

    record = fold(
        kept(
            answered("call-now", attempts=tried(0, "no-answer")),
            answered("call-now", attempts=tried(0, "nobody")),
            answered("call-now", attempts=tried(1, "no-answer")),
            corrected("call-now", attempts=tried(0, "reached")),
            corrected("call-now", attempts=tried(2, "reached")),
            answered("call-now", attempts=[{"role": "office", "result": "reached"}]),
        )
    )
    assert [c.person for c in record.calls] == [0, 1, 0, 2, 0]
    assert [c.result for c in record.calls] == ["no-answer", "no-answer", "reached", "reached", "reached"]
    assert {c.name for c in record.calls} == {""}


NONSENSE: list[tuple[EntryKind, Mapping[str, Json]]] = [
    (EntryKind.CALL_MADE, {"result": "reached"}),
    (EntryKind.CALL_MADE, {"role": ["office"], "result": {"reached": True}, "person": [], "name": 7}),
    (EntryKind.HOLD_PLACED, {"attempts": 7, "pressed": "left"}),
    (EntryKind.HOLD_RELEASED, {"attempts": {"role": "office"}, "hold": ["e1"]}),
    (EntryKind.AMENDMENT_ADDED, {"attempts": ["result"], "pressed": ["left"], "staff": "AB"}),
    (EntryKind.DESTRUCTION_REFUSED, {"record": 7, "attempts": [{"role": "office", "result": "reached"}]}),
]


@pytest.mark.parametrize(("kind", "body"), NONSENSE)
def test_an_entry_of_a_command_with_any_values_breaks_no_record(kind: EntryKind, body: Mapping[str, Json]) -> None:
    """Its file can be anybody's. It is a call, a hold or an amendment, and never an answer or an interruption."""
    closed = (EntryKind.ENCOUNTER_CLOSED, "x", {"outcome": "x", "not_notified": ["office"]})
    record = fold(kept(closed, (kind, None, body)))
    assert (record.interruptions, record.staff, record.no) == ((), (), "2026-0001")
    assert [c.role for c in record.calls] == ([str(body.get("role", ""))] if kind == EntryKind.CALL_MADE else [])
    assert tasks_of(record).calls == ("office",)
    assert record.on_hold is (kind == EntryKind.HOLD_PLACED)


def test_amendments_are_found_by_value_by_entry_and_by_fact() -> None:
    """Oldest first, also for a fact that the desk never recorded."""
    record = fold(
        kept(
            answered("identify", **{"field.badge": "1"}),
            (EntryKind.ENCOUNTER_CLOSED, "x", {"outcome": "x"}),
            amended("field.badge", "1", "2"),
            amended("field.plate", "", "CT 12", 2),
            amended("field.agency", "A", "B"),
            amended("field.badge", "2", "3"),
            (EntryKind.AMENDMENT_ADDED, None, {"addition": "More"}),
        )
    )

    def values(found: Sequence[Amendment]) -> list[object]:
        return [amendment.now for amendment in found]

    assert values(record.amended("field.badge", Ref(1, "e1"))) == ["2", "3"]
    assert values(record.amended("field.badge", Ref(2, "e2"))) == []
    assert values(record.amendments_of(Ref(1, "e1"))) == ["2", "B", "3"]
    assert values(record.amended_field("plate")) == ["CT 12"]
    assert record.late_fields == ("plate", "agency")


def test_an_entry_is_late_if_it_is_after_the_closing() -> None:
    """The closing itself is not; in an open record nothing is."""
    record = fold(kept((EntryKind.NOTE_ADDED, None, {}), (EntryKind.ENCOUNTER_CLOSED, "x", {"outcome": "x"})))
    assert [record.is_late(Ref(n, f"e{n}")) for n in range(4)] == [False, False, False, True]
    assert not fold(kept()).is_late(Ref(9, "e9"))


def test_only_an_amendment_that_is_before_the_closing_in_the_log_is_early() -> None:
    """One that is not in the log yet has no number, and comes after."""
    record = fold(kept((EntryKind.ENCOUNTER_CLOSED, "x", {"outcome": "x"}), (EntryKind.AMENDMENT_ADDED, None, {})))
    (made,) = record.amendments
    late = record.lateness(made)
    assert record.lateness(replace(made, ref=Ref(0, "e0"))) == "before it was closed" != late
    assert record.lateness(replace(made, ref=Ref(1, "e1"))) == late
    assert record.lateness(replace(made, ref=NOWHERE)) == late
