"""What entries say of keeping and letting go, for the store to write in the same commit as the entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.record.entries import LoggedEntry, NewEntry
from kiosk.record.entry_kinds import EFFECTS, EntryKind


@dataclass(frozen=True, slots=True)
class RetentionEffects:
    """Fits `db.rows.Beside`, which says what each part is."""

    held: tuple[tuple[str, int], ...] = ()
    released: tuple[tuple[str, str, int], ...] = ()
    destroyed: tuple[tuple[str, int], ...] = ()


def effects_of(entries: Iterable[NewEntry]) -> RetentionEffects | None:
    """What these entries say; None when they say nothing of it, as nearly all do."""
    saying = [entry.kept for entry in entries if entry.kind in EFFECTS]
    return _beside(saying) if saying else None


def _beside(saying: list[LoggedEntry]) -> RetentionEffects:
    of = {kind: [(k.encounter_id or "", k) for k in saying if k.kind == kind] for kind in EFFECTS}
    return RetentionEffects(
        held=tuple((encounter, k.seq) for encounter, k in of[EntryKind.HOLD_PLACED]),
        released=tuple((encounter, str(k.body.get("hold", "")), k.seq) for encounter, k in of[EntryKind.HOLD_RELEASED]),
        destroyed=tuple((encounter, k.seq) for encounter, k in of[EntryKind.RECORD_DESTROYED]),
    )
