"""A JSON line holds the promised keys, and no raw control character."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest

from kiosk.record.entries import value_in
from kiosk.reports.exports.jsonl import line
from tests.reports.records import EASTERN, HOSTILE, a_label, a_record, an_amended_record


def test_the_keys_and_their_order_are_as_promised() -> None:
    """Outsiders rely on these names."""
    told = json.loads(line(a_record(), a_label(), EASTERN))
    assert list(told) == [
        "no", "school", "desk", "mode", "protocol", "opened_at", "closed_at",
        "outcome", "channel", "fields", "calls", "notes", "amendments", "path",
        "ending", "reason", "staff", "links", "still_to_do", "on_hold", "destroyed",
        "encounter", "settings", "not_notified", "superseded", "review", "interruptions", "cards",
        "retention", "entries", "meanings", "duties", "assessments", "level", "period", "withheld",
    ]  # fmt: skip
    assert list(told["protocol"]) == ["id", "version", "seal"]
    assert list(told["calls"][0])[:3] == ["role", "at", "result"]
    assert list(told["path"][0])[:3] == ["step", "at", "answer"]


def test_times_carry_their_offset() -> None:
    """RFC 3339, in the zone asked for."""
    told = json.loads(line(a_record(), a_label(), EASTERN))
    assert (told["opened_at"], told["closed_at"]) == ("2026-09-14T10:42:00-04:00", "2026-09-14T10:42:30-04:00")


def test_a_missing_fact_says_why() -> None:
    """A value and a reason can't be mistaken for each other."""
    assert json.loads(line(a_record(), a_label(), EASTERN))["fields"] == {
        "agency-as-stated": "An agency",
        "agents": 2,
        "badge": {"missing": "refused"},
    }


def test_hostile_words_come_back_exactly_and_are_never_raw() -> None:
    """One line, nothing a terminal would obey, and the reader gets the very words."""
    text = line(a_record(HOSTILE), a_label(), EASTERN)
    assert text.isprintable()
    assert json.loads(text)["notes"][0]["text"] == HOSTILE


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e400"])
def test_a_number_that_json_cannot_hold_is_refused(number: str) -> None:
    """An entry that no kiosk wrote can have one; a line that says null instead would be untrue."""
    value = value_in(urlsafe_b64encode(f'["salt","text",[{number}]]'.encode()).rstrip(b"="))
    record = a_record()
    with pytest.raises(ValueError, match="float"):
        line(replace(record, settings={"a": value}), a_label(), EASTERN)


def test_half_a_character_comes_back_as_its_escape() -> None:
    """An entry that no kiosk wrote can have one."""
    text = line(replace(a_record(), school="\ud800"), a_label(), EASTERN)
    assert (text.isprintable(), json.loads(text)["school"]) == (True, "\ud800")


def test_letters_of_other_languages_stay_readable() -> None:
    """Only what can't be printed is escaped."""
    assert "Señora 日本" in line(a_record("Señora 日本"), a_label(), EASTERN)


def test_an_amendment_stands_beside_what_was_recorded_and_names_it() -> None:
    """The fields, notes and calls are as the desk recorded them; each amendment says of which entry it is."""
    told = json.loads(line(an_amended_record(), a_label(), EASTERN))
    assert told["fields"] == json.loads(line(a_record(), a_label(), EASTERN))["fields"]
    first, second, plate, note, call, addition = told["amendments"]
    assert list(first) == [
        "entry", "event_id", "at", "late", "by", "reason", "target", "value", "was", "now", "meanings",
    ]  # fmt: skip
    assert (first["at"], first["late"]) == ("2026-09-14T10:43:30-04:00", "1 minute after it was closed")
    assert (first["was"], first["now"]) == ("An agency", "B")
    assert (second["was"], second["now"]) == ("B", {"missing": "not-seen"})
    assert (plate["value"], plate["was"]) == ("field.plate", None)
    assert (note["target"]["entry"], call["target"]["entry"]) == (told["notes"][0]["entry"], told["calls"][0]["entry"])
    assert (addition["value"], addition["now"]) == ("addition", "A third agent")


def test_hostile_words_in_an_amendment_come_back_exactly_and_are_never_raw() -> None:
    """As everywhere."""
    text = line(an_amended_record(HOSTILE), a_label(), EASTERN)
    assert text.isprintable()
    assert json.loads(text)["amendments"][0]["was"] == HOSTILE
