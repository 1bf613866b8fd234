"""What entries change in the store, in the same commit: holds placed and released, and records destroyed."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.record.entries import Entry, NewEntry, encode
from kiosk.record.entry_kinds import EFFECTS, EntryKind
from kiosk.record.retention.effects import RetentionEffects, effects_of
from kiosk.system.clock import FixedClock

AT: Final = FixedClock().now()
PLACED: Final = Entry(EntryKind.HOLD_PLACED, {"reason": "A subpoena"}, "a")
RELEASED: Final = Entry(EntryKind.HOLD_RELEASED, {"hold": "hold-1", "reason": "Case closed"}, "b")
DESTROYED: Final = Entry(EntryKind.RECORD_DESTROYED, {"values": 9}, "c")


def written(*entries: Entry) -> list[NewEntry]:
    """These entries, encoded as numbers 5, 6 and so on."""
    return [encode(e, origin="kiosk-test", seq=n, event_id=f"e{n}", at=AT) for n, e in enumerate(entries, 5)]


def test_a_placed_hold_names_its_record_and_its_entry() -> None:
    """No other part has anything."""
    assert effects_of(written(PLACED)) == RetentionEffects(held=(("a", 5),))


def test_a_released_hold_names_the_entry_that_placed_it() -> None:
    """With its record and the entry of the release."""
    assert effects_of(written(RELEASED)) == RetentionEffects(released=(("b", "hold-1", 5),))


def test_a_destroyed_record_is_named_with_its_entry() -> None:
    """The values before that entry are the ones to destroy."""
    assert effects_of(written(DESTROYED)) == RetentionEffects(destroyed=(("c", 5),))


def test_a_commit_can_have_every_effect_several_times() -> None:
    """Each in the order of the entries, with its own number; other entries change nothing."""
    other = Entry(EntryKind.NOTE_ADDED, {"text": "Two cars"}, "d")
    found = effects_of(written(DESTROYED, other, PLACED, RELEASED, PLACED, RELEASED, DESTROYED))
    assert found == RetentionEffects(
        held=(("a", 7), ("a", 9)),
        released=(("b", "hold-1", 8), ("b", "hold-1", 10)),
        destroyed=(("c", 5), ("c", 11)),
    )


@pytest.mark.parametrize("kind", sorted(set(EntryKind) - EFFECTS))
def test_an_entry_of_any_other_kind_has_no_effect(kind: EntryKind) -> None:
    """Also a refused destruction, whatever its body holds."""
    assert effects_of(written(Entry(kind, {"hold": "hold-1"}, "a"))) is None
    assert effects_of([]) is None


@pytest.mark.parametrize("kind", sorted(EFFECTS))
def test_every_kind_with_the_trait_has_an_effect(kind: EntryKind) -> None:
    """None is forgotten."""
    assert effects_of(written(Entry(kind, {}, "a"))) not in (None, RetentionEffects())


def test_an_entry_without_a_record_or_a_hold_has_empty_ids() -> None:
    """They match no row, so the store changes nothing by them."""
    bare = [Entry(kind) for kind in (EntryKind.HOLD_PLACED, EntryKind.HOLD_RELEASED, EntryKind.RECORD_DESTROYED)]
    assert effects_of(written(*bare)) == RetentionEffects((("", 5),), (("", "", 6),), (("", 7),))
