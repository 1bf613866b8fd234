"""What entries say of keeping and letting go, for the store to write in the same commit as the entries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.record import kinds as h
from kiosk.record.entries import Kept, SealedEntry, unseal

_SAYING: Final = frozenset({h.HOLD_PLACED, h.HOLD_RELEASED, h.PURGED})


@dataclass(frozen=True, slots=True)
class Beside:
    """Fits `db.rows.Beside`, which says what each part is."""

    held: tuple[tuple[str, int], ...] = ()
    released: tuple[tuple[str, str, int], ...] = ()
    destroyed: tuple[tuple[str, int], ...] = ()


def beside_of(entries: Iterable[SealedEntry]) -> Beside | None:
    """What these entries say; None when they say nothing of it, as nearly all do."""
    saying = [entry for entry in entries if json.loads(entry.header)["kind"] in _SAYING]
    return _beside([unseal(entry) for entry in saying]) if saying else None


def _beside(saying: list[Kept]) -> Beside:
    of = {kind: [(k.encounter_id or "", k) for k in saying if k.kind == kind] for kind in _SAYING}
    return Beside(
        held=tuple((encounter, k.seq) for encounter, k in of[h.HOLD_PLACED]),
        released=tuple((encounter, str(k.body.get("hold", "")), k.seq) for encounter, k in of[h.HOLD_RELEASED]),
        destroyed=tuple((encounter, k.seq) for encounter, k in of[h.PURGED]),
    )
