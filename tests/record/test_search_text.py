"""A search finds a record by every fact in it and by the words that staff saw, and by nothing that the log hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.model import Protocol, Text
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import fold
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.search_text import matches, own_text, search_words, shared_text
from kiosk.system.clock import Instant
from tests.builders import DA, SO, a_protocol

PHONE = "(860) 555-0142"
OPENING: Mapping[str, Json] = {
    "no": "2026-0001",
    "school": "Lincoln Elementary School",
    "desk": "Front office",
    "mode": "live",
    "settings": {"wait-place": "entrance"},
    "people": {SO: 1},
    "slots": {"room": "Room 12"},
    "language": "en",
    "staff": "DR",
    "protocol": {"id": "sample", "version": "2026.1", "content_hash": "5e"},
}


def kept(*told: tuple[EntryKind, str | None, Mapping[str, Json]]) -> list[LoggedEntry]:
    """Entries of one encounter: its opening, then these (kind, step, body)."""
    return [
        LoggedEntry(n, f"e{n}", kind, "enc", step, "desk", "5e", Instant(n, "b", n), body)
        for n, (kind, step, body) in enumerate([(EntryKind.ENCOUNTER_OPENED, None, OPENING), *told])
    ]


def answered(step: str, **body: Json) -> tuple[EntryKind, str, Mapping[str, Json]]:
    """An answer at the first visit of a step."""
    return EntryKind.STEP_ANSWERED, step, {"visit": 1, **body}


def facts(values: Mapping[str, Json]) -> tuple[EntryKind, str, Mapping[str, Json]]:
    """Facts of a form."""
    return EntryKind.STEP_ANSWERED, "identify", {"visit": 1, "recorded": True, **values}


def noted(text: str) -> list[LoggedEntry]:
    """A record with one note."""
    return kept((EntryKind.NOTE_ADDED, None, {"text": text}))


def finds(words: str, entries: list[LoggedEntry], protocol: Protocol | None = None) -> bool:
    """Whether a search for these words finds the record."""
    return matches(fold(entries), entries, search_words(words), lambda _: protocol)


FULL = kept(
    facts({"field.agency-as-stated": "Coast Guard", "field.badge": "B-77/41"}),
    facts({"field.agents-count": 3, "field.phone": PHONE}),
    (EntryKind.STEP_CORRECTED, "identify", {"visit": 1, "recorded": True, "field.badge": {"missing": "refused"}}),
    answered("call-da", attempts=[{"role": DA, "person": 0, "result": "no-answer"}], name="Dana Ruiz"),
    (EntryKind.NOTE_ADDED, None, {"text": "Señora Müller, blue car"}),
    (EntryKind.STAFF_CHANGED, None, {"staff": "QX"}),
    (EntryKind.ENCOUNTER_LINKED, None, {"to": "an-id", "no": "2026-0099", "how": "follows"}),
    (EntryKind.ENCOUNTER_CLOSED, "handover", {"outcome": "handover", "not_notified": [SO]}),
    (EntryKind.CALL_MADE, None, {"role": SO, "person": 0, "result": "reached", "name": "Lee Novak", "by": "P. Sample"}),
    (EntryKind.AMENDMENT_ADDED, None, {"was.text": "Original", "text": "Replaced", "reason": "Typo"}),
    (EntryKind.AMENDMENT_ADDED, None, {"addition": "A green van", "reason": "Said later", "by": "A. Example"}),
    (EntryKind.HOLD_PLACED, None, {"no": "2026-0001", "reason": "A request", "by": "J. Fiction", "matter": "M-2026-5"}),
)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "2026-0001", "20260001", "coast GUARD", "b-77", "7741", "3", "refused", "dana ruiz", "senora muller",
        "ＭÜLLER", "QX", "dr", "2026-0099", "handover", SO, DA, "reached", "no answer", "novak", "p. sample", "typo",
        "original replaced", "green van", "said later", "example", "fiction", "m-2026-5", "m–2026–5", "identify",
        "guard 0001 car", "",
    ],
)  # fmt: skip
def test_every_fact_of_a_record_is_found(words: str) -> None:
    """Numbers, facts, an answer that was changed, calls, names, notes, amendments, holds; without the protocol too."""
    assert finds(words, FULL)


@pytest.mark.parametrize("words", ["red", "coast red", "Lincoln", "front office", "room 12", "live", "an-id", "true"])
def test_what_no_fact_says_is_not_found(words: str) -> None:
    """Neither what almost all records of a kiosk have in common, nor what nobody sees."""
    assert not finds(words, FULL, a_protocol())


@pytest.mark.parametrize(
    "written", ["860-555-0142", "(860) 555-0142", "860.555.0142", "860 555 0142", "8605550142", "+1 860-555-0142"]
)
@pytest.mark.parametrize("typed", ["860-555-0142", "(860) 555-0142", "8605550142", "+18605550142", "555 0142"])
def test_a_phone_number_is_found_however_it_is_written(written: str, typed: str) -> None:
    """In a fact or inside a sentence; other digits are another number."""
    assert finds(typed, noted(f"Call {written}, please"))
    assert not finds("860-555-0143", noted(f"Call {written}, please"))


SEEN = kept(
    answered("wait", chosen="not-sure"),
    answered("call-now", attempts=[{"role": DA, "person": 0, "result": "nobody"}]),
    answered("request", ticked=["records", "papers"]),
    answered("identify", pressed="went-past"),
    (EntryKind.ENCOUNTER_CLOSED, "emergency", {"outcome": "emergency"}),
)


@pytest.mark.parametrize(
    "words",
    ["esperarán", "ESPERARAN", "will wait?", "designated", "not called", "information", "hand over", "went past me"],
)
def test_the_words_on_the_screen_are_found(words: str) -> None:
    """The heading of the step in each language, the label of an answer, a tick or an interrupt, the title of a role."""
    protocol = a_protocol()
    wait = protocol.steps["wait"]
    asked = Text((("en", "Will they wait?"), ("es", "¿Esperarán?")))
    protocol = replace(protocol, steps={**protocol.steps, "wait": replace(wait, title=asked)})
    assert finds(words, SEEN, protocol)
    assert not finds("student", SEEN, protocol), "an answer that was not given"


def test_an_outcome_is_found_by_its_title() -> None:
    """Without the protocol, by its id alone."""
    closed = kept((EntryKind.ENCOUNTER_CLOSED, "handover", {"outcome": "handover"}))
    assert [finds("handed", closed, protocol) for protocol in (a_protocol(), None)] == [True, False]


def test_a_choice_is_found_by_its_label_also_as_the_original_value() -> None:
    """The entry has the id of the choice; people know its label."""
    protocol = a_protocol()
    form = replace(protocol.fields["badge"], choices={"state": Text.of(en="Connecticut"), "us": Text.of(en="Federal")})
    protocol = replace(protocol, fields={"badge": form})
    entries = kept((EntryKind.AMENDMENT_ADDED, None, {"was.field.badge": "state", "field.badge": "us"}))
    assert finds("connecticut federal", entries, protocol)
    assert not finds("connecticut", entries)


def test_what_was_encrypted_withheld_or_destroyed_is_not_found() -> None:
    """Nor the words of its answer; that the step was reached is in the header, and shows no value."""
    hidden = kept(
        facts({"field.badge": {"missing": "encrypted"}}),
        (EntryKind.NOTE_ADDED, None, {}),
        (EntryKind.STEP_ANSWERED, "wait", {}),
    )
    hidden[2] = replace(hidden[2], encrypted=("text",))
    entries = [replace(hidden[0], body={"no": "2026-0001"}), *hidden[1:]]
    assert own_text(fold(entries), entries).split("\n") == ["2026-0001", "20260001"]
    seen = shared_text(fold(entries), entries, a_protocol()).split("\n")
    assert seen == ["identify", "write what they give you"]


def test_no_word_is_found_across_two_values() -> None:
    """Each value is a line of its own, also one that was typed in several lines."""
    entries = kept(
        (EntryKind.NOTE_ADDED, None, {"text": "Alpha\nBravo"}), (EntryKind.NOTE_ADDED, None, {"text": "Golf"})
    )
    assert own_text(fold(entries), entries).split("\n") == ["2026-0001", "dr", "alpha bravo", "golf", "20260001"]
    assert search_words(" Two  CARS\n") == ["two", "cars"]


@given(text=st.text(st.characters(exclude_categories=["Cs"])) | st.text("0123456789+(). -/x"))
def test_every_word_of_a_note_finds_it(text: str) -> None:
    """Whatever it is made of."""
    entries = noted(text)
    found = own_text(fold(entries), entries)
    assert [word for one in text.split() for word in search_words(one) if word not in found] == []


NONSENSE: list[Mapping[str, Json]] = [
    {"role": ["office", 7], "result": {"reached": True}, "name": 7, "attempts": "x", "chosen": {"a": 1}},
    {
        "attempts": [1, {"role": 2}],
        "ticked": 3,
        "pressed": [None],
        "field.badge": ["a", {"missing": 3}],
        "reason": None,
    },
]


@pytest.mark.parametrize("body", NONSENSE)
def test_any_values_of_an_entry_of_a_command_can_be_searched(body: Mapping[str, Json]) -> None:
    """Its file can be anybody's."""
    entries = kept((EntryKind.CALL_MADE, None, body), (EntryKind.AMENDMENT_ADDED, None, body))
    assert finds("2026-0001", entries, a_protocol())
    assert not finds("nothing-of-it", entries, a_protocol())
