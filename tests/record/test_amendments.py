"""An amendment is an entry of its own, and says of what, from what, to what, by whom, why and how late."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.replies import Missing, Value
from kiosk.record import bodies
from kiosk.record.amendments import (
    ADDITION,
    CALL,
    NOTE,
    NOWHERE,
    WITHHELD,
    Amendment,
    Ref,
    amended_json,
    amendment_in,
    amendment_of,
    entry_of,
    how_late,
    name_in,
)
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.clock import Instant

CLOSED = Instant(1_790_000_000_000_000, "boot", 1_000_000_000)
HOUR_US = 3_600_000_000


def an_amendment(name: str = "field.badge", was: Value | None = "12", now: Value | None = "13") -> Amendment:
    """Made an hour after the closing."""
    at = Instant(CLOSED.wall_us + HOUR_US, "boot", CLOSED.boot_ns + HOUR_US * 1000)
    return Amendment(Ref(9, "e9"), Ref(4, "e4"), name, was, now, "Misread", "Dana Ruiz", at)


def kept(amendment: Amendment, *gone: str) -> LoggedEntry:
    """The entry that keeps it, through its very bytes; the values named are destroyed."""
    entry = entry_of(amendment, encounter_id="enc", no="2026-0001", pack="5e")
    encoded = encode(entry, origin="test", seq=9, event_id="e9", at=amendment.at)
    left = tuple((name, value) for name, value in encoded.disclosures if name not in gone)
    return decode(EncodedEntry(encoded.seq, encoded.header, encoded.leaf, left))


@pytest.mark.parametrize(
    ("name", "was", "now"),
    [
        ("field.badge", "12", "13"),
        ("field.badge", Missing("refused"), "13"),
        ("field.badge", None, Missing("not-seen")),
        ("field.agents", 2, 3),
        (NOTE, "Two cars", "Three cars"),
        (CALL, "reached", "no-answer"),
        (ADDITION, None, "There was a third car"),
    ],
)
def test_an_amendment_survives_being_kept(name: str, was: Value | None, now: Value | None) -> None:
    """What it is about, the value before and after, reason, person and time, byte for byte."""
    made = an_amendment(name, was, now)
    assert amendment_in(kept(made)) == made


def test_its_entry_is_one_of_the_encounter_and_names_its_values_as_the_record_does() -> None:
    """So a purge of the encounter reaches it, and a field's class counts for what was said before and after."""
    entry = kept(an_amendment())
    assert (entry.kind, entry.encounter_id, entry.actor, entry.pack) == (
        EntryKind.AMENDMENT_ADDED,
        "enc",
        "command",
        "5e",
    )
    assert set(entry.body) == {"no", "target", "was.field.badge", "field.badge", "reason", "by"}
    assert bodies.reply_of("identify", entry.body) is None, "it must never be taken for an answer"


def test_what_was_let_go_reads_as_withheld_and_still_says_what_it_was_about() -> None:
    """Nothing is guessed, and a correction does not turn into an addition."""
    everything = kept(an_amendment())
    told = amendment_in(kept(an_amendment(), *everything.body))
    assert (told.name, told.was, told.now) == ("field.badge", WITHHELD, WITHHELD)
    assert (told.target, told.reason, told.by) == (NOWHERE, "(withheld)", "(withheld)")
    assert amendment_in(kept(an_amendment(), "was.field.badge")).now == "13"


def test_what_is_sealed_for_the_district_reads_as_sealed_before_and_after() -> None:
    """This desk can't read it again, and says so; it is neither lost nor a mere addition."""
    entry, shut = kept(an_amendment(NOTE, "Two cars", "Three cars")), {"text", "was.text"}
    assert entry.body.keys() >= shut
    left = {name: value for name, value in entry.body.items() if name not in shut}
    told = amendment_in(replace(entry, body=left, encrypted=tuple(sorted(shut))))
    assert (told.name, told.was, told.now) == (NOTE, Missing("encrypted"), Missing("encrypted"))
    assert told.reason == "Misread"


scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=3)
values = scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.sampled_from(["missing", "entry"]), scalars)
names = st.sampled_from(["target", "was.text", "text", "was.field.a", "field.a", "reason", "by", "no", "was."])


@given(st.dictionaries(names, values))
def test_any_body_reads_as_some_amendment(body: dict[str, Any]) -> None:
    """Another program can write nonsense, but it breaks no reader."""
    made = amendment_of(json.loads(json.dumps(body)), CLOSED)
    assert isinstance(how_late(made, CLOSED), str)
    assert isinstance(made.was, str | int | Missing | None)
    assert isinstance(made.now, str | int | Missing | None)


LATE = [
    (0, "less than a minute after it was closed"),
    (59, "less than a minute after it was closed"),
    (60, "1 minute after it was closed"),
    (119 * 60, "119 minutes after it was closed"),
    (120 * 60, "2 hours after it was closed"),
    (47 * 3600, "47 hours after it was closed"),
    (2 * 86_400 - 1, "47 hours after it was closed"),
    (2 * 86_400, "2 days after it was closed"),
    (3 * 86_400 + 5, "3 days after it was closed"),
    (-1, "after it was closed, though the clock says before"),
]


@pytest.mark.parametrize(("seconds", "words"), LATE)
@pytest.mark.parametrize("boot", ["boot", "another boot"])
def test_how_late_it_is_is_said_in_words(boot: str, seconds: int, words: str) -> None:
    """By either clock."""
    at = Instant(CLOSED.wall_us + seconds * 1_000_000, boot, CLOSED.boot_ns + seconds * 1_000_000_000)
    assert how_late(amendment_of({}, at), CLOSED) == words


def test_within_one_start_of_the_machine_the_clock_no_one_can_set_counts() -> None:
    """The wall clock was set back a day; the boot clock ran on for an hour and a half."""
    at = Instant(CLOSED.wall_us - 24 * HOUR_US, "boot", CLOSED.boot_ns + 5_400_000_000_000)
    assert how_late(amendment_of({}, at), CLOSED) == "90 minutes after it was closed"


def test_only_a_correction_has_an_original_value() -> None:
    """An addition has none, not even an empty one; a value that the desk never recorded is corrected from nothing."""
    added = entry_of(an_amendment(ADDITION, None, "More"), encounter_id="enc", no="2026-0001", pack="5e")
    assert added.body.keys() == {"no", "target", "addition", "reason", "by"}
    late = entry_of(an_amendment("field.badge", None, "13"), encounter_id="enc", no="2026-0001", pack="5e")
    assert (late.body["was.field.badge"], late.body["field.badge"]) == (None, "13")


def test_a_value_that_is_no_value_is_read_as_text() -> None:
    """A file can be anybody's; a reason that is no text is none."""
    for odd in (["a"], {"a": 1}, {"missing": 7}):
        assert amendment_of({"was.text": odd, "text": odd}, CLOSED).now == str(odd)


def test_the_name_of_an_amended_value_is_the_one_with_an_original_value() -> None:
    """Other values only accompany it."""
    assert name_in(["no", "target", "reason", "was.field.badge", "field.badge"]) == "field.badge"
    assert name_in(["no", "text"]) == ADDITION
    assert name_in([]) == ADDITION


def test_json_has_a_value_as_its_entry_has_it() -> None:
    """With the reason of a missing one, and null for none."""
    assert [amended_json(value) for value in ("12", 2, Missing("refused"), None)] == [
        "12",
        2,
        {"missing": "refused"},
        None,
    ]
