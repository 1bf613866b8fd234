"""One encounter, folded from its entries, says what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kiosk.protocol.replies import Missing
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import fold, matches
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
        kept((EntryKind.ENCOUNTER_REVIEWED, None, {"facts_only": True}), (EntryKind.ENCOUNTER_CLOSED, "handover", end))
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
    assert matches(record, "two")


def test_a_search_needs_every_word_somewhere() -> None:
    """Number, outcome, channel, agency as stated and notes are searched, in any case."""
    record = fold(
        kept(
            answered("channel", chosen="door"),
            answered("identify", **{"field.agency-as-stated": "Coast Guard", "field.badge": "777"}),
            (EntryKind.NOTE_ADDED, None, {"text": "Blue car"}),
        )
    )
    for words in ("2026-0001", "DOOR", "coast blue", "", "guard 0001 car"):
        assert matches(record, words), words
    for words in ("red", "coast red", "777", "Lincoln"):
        assert not matches(record, words), words


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
    assert (record.ending, record.outcome, record.reason, record.closed_by) == (
        Ending.UNFINISHED,
        None,
        "They left",
        "AB",
    )
    record = fold(kept((EntryKind.ENCOUNTER_CLOSED, "left", {"outcome": "left"})))
    assert (record.ending, record.outcome, record.reason, record.closed_by) == (Ending.OUTCOME, "left", "", "")
