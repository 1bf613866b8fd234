"""Retention effects: the holds and destructions in entries, which the store applies in the same commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.record.entries import LoggedEntry, NewEntry
from kiosk.record.entry_kinds import EFFECTS, EntryKind


@dataclass(frozen=True, slots=True)
class RetentionEffects:
    """The effects, in the form of `db.rows.RetentionEffects`, which documents each part."""

    held: tuple[tuple[str, int], ...] = ()
    released: tuple[tuple[str, str, int], ...] = ()
    destroyed: tuple[tuple[str, int], ...] = ()


def effects_of(entries: Iterable[NewEntry]) -> RetentionEffects | None:
    """Return the effects of these entries; None if they have none."""
    found = [entry.kept for entry in entries if entry.kind in EFFECTS]
    return _effects(found) if found else None


def _effects(entries: list[LoggedEntry]) -> RetentionEffects:
    of = {kind: [(k.encounter_id or "", k) for k in entries if k.kind == kind] for kind in EFFECTS}
    return RetentionEffects(
        held=tuple((encounter, k.seq) for encounter, k in of[EntryKind.HOLD_PLACED]),
        released=tuple((encounter, str(k.body.get("hold", "")), k.seq) for encounter, k in of[EntryKind.HOLD_RELEASED]),
        destroyed=tuple((encounter, k.seq) for encounter, k in of[EntryKind.RECORD_DESTROYED]),
    )
