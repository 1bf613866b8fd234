"""A JSON line holds the promised keys, and no raw control character."""

from __future__ import annotations

import json

from kiosk.reports.jsonl import line
from tests.reports.records import EASTERN, HOSTILE, a_record


def test_the_keys_and_their_order_are_as_promised() -> None:
    """Outsiders rely on these names."""
    told = json.loads(line(a_record(), EASTERN))
    assert list(told) == [
        "no", "school", "desk", "mode", "protocol", "opened_at", "closed_at",
        "outcome", "channel", "fields", "calls", "notes", "amendments", "path",
    ]  # fmt: skip
    assert list(told["protocol"]) == ["id", "version", "seal"]
    assert list(told["calls"][0])[:3] == ["role", "at", "result"]
    assert list(told["path"][0])[:3] == ["step", "at", "answer"]


def test_times_carry_their_offset() -> None:
    """RFC 3339, in the zone asked for."""
    told = json.loads(line(a_record(), EASTERN))
    assert (told["opened_at"], told["closed_at"]) == ("2026-09-14T10:42:00-04:00", "2026-09-14T10:42:30-04:00")


def test_a_missing_fact_says_why() -> None:
    """A value and a reason can't be mistaken for each other."""
    assert json.loads(line(a_record(), EASTERN))["fields"] == {
        "agency-as-stated": "An agency",
        "agents": 2,
        "badge": {"missing": "refused"},
    }


def test_hostile_words_come_back_exactly_and_are_never_raw() -> None:
    """One line, nothing a terminal would obey, and the reader gets the very words."""
    text = line(a_record(HOSTILE), EASTERN)
    assert text.isprintable()
    assert json.loads(text)["notes"][0]["text"] == HOSTILE


def test_letters_of_other_languages_stay_readable() -> None:
    """Only what can't be printed is escaped."""
    assert "Señora 日本" in line(a_record("Señora 日本"), EASTERN)
