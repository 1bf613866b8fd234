"""A running encounter, rebuilt from entries alone, knows what it knew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.desk.running import CallMade, rebuild, slots, with_call
from kiosk.protocol.model import Text
from kiosk.protocol.replies import Attempt, Called, CallResult, Chosen, Missing, Place
from kiosk.record import bodies
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant
from tests.builders import CONTENT_HASH, DA, SAYS_AGENCY, SO, a_pack, a_station, place, walked


def at(second: int) -> Instant:
    """So many seconds after the start."""
    return Instant(second * 1_000_000, "boot-1", second * 1_000_000_000)


def kept(seq: int, kind: EntryKind, body: Mapping[str, Any], step: str | None = None) -> LoggedEntry:
    """An entry of one encounter, a second after the one before."""
    return LoggedEntry(seq, f"id-{seq}", kind, "encounter-1", step, "desk", CONTENT_HASH, at(seq), body)


def opened() -> LoggedEntry:
    """The first entry of an encounter."""
    people = {DA: 2, SO: 1}
    return kept(
        0, EntryKind.ENCOUNTER_OPENED, {"no": "2026-0001", "settings": {"wait-place": "outside"}, "people": people}
    )


def replied(seq: int, where: Place, reply: Any, kind: EntryKind = EntryKind.STEP_ANSWERED, **more: Any) -> LoggedEntry:
    """Return an entry with that reply."""
    return kept(seq, kind, {**bodies.reply_body(where, reply), **more}, where.step)


def tried(*results: CallResult) -> Called:
    """Calls to the designated administrator and the backup."""
    return Called(tuple(Attempt(DA, n, result) for n, result in enumerate(results)))


def test_an_encounter_just_opened_stands_at_the_first_step() -> None:
    """With the settings and contacts of the day it was opened."""
    new = rebuild([opened()], a_pack())
    assert (new.no, new.id, new.pack, new.opened_at) == ("2026-0001", "encounter-1", CONTENT_HASH, at(0))
    assert new.walk.at == place("danger")
    assert new.walk.situation.settings == {"wait-place": "outside"}
    assert (new.closed, new.resumed, new.outcome, new.not_notified) == (False, False, None, ())


def test_answers_corrections_calls_and_notes_come_back_in_order() -> None:
    """A corrected answer replaces, a corrected call too, a note is added."""
    entries = [
        opened(),
        replied(1, place("danger"), Chosen("no")),
        replied(2, place("who"), Chosen("police")),
        replied(3, place("call-now"), tried(CallResult.NO_ANSWER), name="Dana Ruiz"),
        kept(4, EntryKind.CALL_MADE, {"role": SO, "person": 0, "result": "reached", "name": "The office"}, "call-now"),
        kept(5, EntryKind.NOTE_ADDED, {"text": "two people, one van"}, "call-now"),
        replied(6, place("call-now"), tried(CallResult.NO_ANSWER, CallResult.REACHED), name="Sam Whitfield"),
        replied(
            7,
            place("call-now"),
            tried(CallResult.NO_ANSWER, CallResult.NO_ANSWER),
            EntryKind.STEP_CORRECTED,
            name="Sam Whitfield",
        ),
        replied(8, place("who"), Chosen("federal"), EntryKind.STEP_CORRECTED),
        kept(9, EntryKind.ENCOUNTER_RESUMED, {}),
    ]
    running = rebuild(entries, a_pack())
    assert running.walk.at == place("call-now")
    assert running.walk.next_attempt(place("call-now")) == (SO, 0)
    assert running.calls == (
        CallMade(DA, 0, "Dana Ruiz", CallResult.NO_ANSWER, at(3)),
        CallMade(SO, 0, "The office", CallResult.REACHED, at(4)),
        CallMade(DA, 1, "Sam Whitfield", CallResult.NO_ANSWER, at(7)),
    )
    assert (running.notes, running.notified, running.resumed) == (("two people, one van",), frozenset({SO}), True)


def test_what_was_let_go_since_does_not_stop_the_rest() -> None:
    """A withheld note or name is not there; everything else is."""
    entries = [
        opened(),
        replied(1, place("danger"), Chosen("no")),
        replied(2, place("who"), Chosen("police")),
        replied(3, place("call-now"), tried(CallResult.NO_ANSWER)),
        kept(4, EntryKind.NOTE_ADDED, {}, "call-now"),
    ]
    running = rebuild(entries, a_pack())
    assert running.notes == ()
    assert [call.name for call in running.calls] == [DA]


def test_facts_that_are_missing_and_roles_not_told_are_named() -> None:
    """They stay in view until the record is closed."""
    way = {
        "danger": Chosen("no"),
        "who": Chosen("police"),
        "call-now": tried(CallResult.REACHED),
        "identify": SAYS_AGENCY,
    }
    entries = [opened(), *(replied(n, place(s), r, name="x") for n, (s, r) in enumerate(way.items(), 1))]
    running = rebuild(
        [*entries, kept(9, EntryKind.STEP_ANSWERED, {"visit": 1, "pressed": "they-left"}, "request")], a_pack()
    )
    assert running.outcome is not None
    assert running.outcome.id == "left"
    assert running.walk.facts()["badge"] == Missing("refused")
    assert running.put_off == ()
    assert running.not_notified == (SO,)
    assert running.notified == {DA}


def test_a_closed_encounter_is_closed() -> None:
    """And nothing after that reopens it."""
    assert rebuild(
        [opened(), kept(1, EntryKind.ENCOUNTER_CLOSED, {}), kept(2, EntryKind.NOTE_ADDED, {"text": "later"})], a_pack()
    ).closed


def test_a_corrected_call_takes_the_place_of_the_newest_to_that_person() -> None:
    """Earlier calls to the same person really happened and stay."""
    first, second = (CallMade(DA, 0, "Dana Ruiz", CallResult.NO_ANSWER, at(n)) for n in (1, 2))
    other, again = (
        CallMade(SO, 0, "The office", CallResult.REACHED, at(3)),
        CallMade(DA, 0, "Dana Ruiz", CallResult.REACHED, at(4)),
    )
    assert with_call((first, second, other), again, again=True) == (first, other, again)
    assert with_call((first, second, other), again) == (first, second, other, again)
    assert with_call((), again, again=True) == (again,)


def inside(slot: str, language: str) -> str:
    """Return the value of a slot of the sample, in a language."""
    words = slots(a_station(), walked(), language)[slot]
    return words if isinstance(words, str) else words.say(language)


def test_slots_are_filled_with_the_settings_words_and_the_first_persons_number() -> None:
    """The words of a step name the place that the district chose, and a number that can be read aloud."""
    assert inside("wait-place", "en") == "at the entrance"
    assert inside(SO, "en") == "860-555-0100"
    assert inside(DA, "en") == "860-555-0142, extension 214"


def test_a_number_inside_a_sentence_speaks_the_sentences_language() -> None:
    """In the language that is asked for, and in the source language for a sentence that has to fall back to it."""
    assert slots(a_station(), walked(), "es")[DA] == Text(
        (("en", "860-555-0142, extension 214"), ("es", "860-555-0142, extensión 214"))
    )
    assert inside(DA, "fr") == "860-555-0142, extension 214"


def test_a_reason_is_no_value() -> None:
    """A refused badge is missing, however often it was asked."""
    facts = dict(SAYS_AGENCY.values)
    assert isinstance(facts["badge"], Missing)
