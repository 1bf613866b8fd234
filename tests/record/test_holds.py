"""A legal hold is an entry, and is in force until an entry that releases it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from kiosk.record.entries import Actor, Entry, LoggedEntry, decode, encode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.holds import Hold, hold_of, in_force, placing, releasing
from kiosk.system.clock import FixedClock

AT: Final = FixedClock().now()
HOLD: Final = Hold("enc", "hold-1", "2026-0001", AT, "A subpoena", "Dana Ruiz", "Docket 7")


def logged(kind: EntryKind, event_id: str, body: Mapping[str, Any], encounter_id: str | None = "enc") -> LoggedEntry:
    """An entry of a command."""
    return LoggedEntry(1, event_id, kind, encounter_id, None, Actor.COMMAND, None, AT, body)


def placed(*event_ids: str) -> list[LoggedEntry]:
    """The entries that place holds with these ids on one record."""
    return [logged(EntryKind.HOLD_PLACED, event_id, {"no": "2026-0001"}) for event_id in event_ids]


def released(*event_ids: str) -> list[LoggedEntry]:
    """The entries that release these holds."""
    return [logged(EntryKind.HOLD_RELEASED, f"release-{n}", {"hold": hold}) for n, hold in enumerate(event_ids)]


def test_a_hold_is_placed_on_one_record_with_its_reason_its_matter_and_a_name() -> None:
    """By a command, not by the desk."""
    entry = placing("enc", "2026-0001", reason="A subpoena", by="Dana Ruiz", matter="Docket 7")
    body = {"no": "2026-0001", "reason": "A subpoena", "by": "Dana Ruiz", "matter": "Docket 7"}
    assert entry == Entry(EntryKind.HOLD_PLACED, body, "enc", actor=Actor.COMMAND)


def test_a_hold_needs_no_matter() -> None:
    """Its entry then has an empty one, so that every such entry has the same values."""
    assert placing("enc", "2026-0001", reason="A request", by="Dana Ruiz").body["matter"] == ""


def test_a_hold_reads_back_from_the_log_as_it_was_placed() -> None:
    """The record, the entry, the time and every value, through the very bytes."""
    entry = placing("enc", "2026-0001", reason="A subpoena", by="Dana Ruiz", matter="Docket 7")
    kept = decode(encode(entry, origin="kiosk-test", seq=4, event_id="hold-1", at=AT))
    assert in_force([kept], []) == (HOLD,)


def test_a_release_names_the_entry_that_placed_the_hold() -> None:
    """And why and by whom it was released, not why it was placed."""
    body = {"no": "2026-0001", "hold": "hold-1", "matter": "Docket 7", "reason": "Case closed", "by": "Sam Okafor"}
    entry = releasing(HOLD, reason="Case closed", by="Sam Okafor")
    assert entry == Entry(EntryKind.HOLD_RELEASED, body, "enc", actor=Actor.COMMAND)


def test_a_released_hold_is_no_longer_in_force() -> None:
    """Through the bytes of both entries, as a log has them."""
    entries = (placing("enc", "2026-0001", reason="A subpoena", by="Dana Ruiz"), releasing(HOLD, reason="", by=""))
    first, second = (
        decode(encode(entry, origin="kiosk-test", seq=n, event_id=f"hold-{n}", at=AT))
        for n, entry in enumerate(entries, 1)
    )
    assert [hold.event_id for hold in in_force([first], [])] == ["hold-1"]
    assert in_force([first], [second]) == ()


@pytest.mark.parametrize(
    ("releases", "left"),
    [
        ((), ["first", "second", "third"]),
        (("second",), ["first", "third"]),
        (("third", "first"), ["second"]),
        (("first", "first"), ["second", "third"]),
        (("another",), ["first", "second", "third"]),
        (("first", "second", "third"), []),
    ],
)
def test_each_hold_needs_its_own_release(releases: tuple[str, ...], left: list[str]) -> None:
    """One release never ends two holds, and the holds stay in the order in which they were placed."""
    assert [hold.event_id for hold in in_force(placed("first", "second", "third"), released(*releases))] == left


def test_a_release_that_does_not_show_its_hold_releases_nothing() -> None:
    """Its value was withheld; a hold ends only by an entry that names it."""
    nameless = replace(released("first")[0], body={}, withheld=("hold",))
    assert [hold.event_id for hold in in_force(placed("first"), [nameless])] == ["first"]


def test_a_release_of_nonsense_releases_nothing() -> None:
    """An entry of a command can come from any program, and stops no list of holds."""
    odd = [logged(EntryKind.HOLD_RELEASED, "release", {"hold": hold}) for hold in (["first"], {"first": 1}, None, 7)]
    assert [hold.event_id for hold in in_force(placed("first"), odd)] == ["first"]


def test_a_hold_whose_values_are_withheld_is_still_in_force() -> None:
    """With empty text, and for the same record."""
    assert hold_of("enc", "hold-1", {}, AT) == Hold("enc", "hold-1", "", AT, "", "", "")
    assert in_force([logged(EntryKind.HOLD_PLACED, "hold-1", {})], []) == (hold_of("enc", "hold-1", {}, AT),)


def test_values_that_are_no_text_are_read_as_text() -> None:
    """An entry of a command can come from any program."""
    assert hold_of("enc", "hold-1", {"no": 7, "reason": ["a"]}, AT) == Hold("enc", "hold-1", "7", AT, "['a']", "")


def test_a_hold_of_no_record_is_kept_with_an_empty_id() -> None:
    """So it is listed, and applies to no record."""
    (hold,) = in_force([logged(EntryKind.HOLD_PLACED, "hold-1", {}, encounter_id=None)], [])
    assert hold.encounter_id == ""
