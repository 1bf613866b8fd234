"""Whether a log still holds what was sealed into it: every byte against its hash, every value against its commitment.

What this can't see yet: entries cut off at the end, and a log rewritten whole with fresh hashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from kiosk.record.entries import Altered, Kept, SealedEntry, unseal

PURGED: Final = "retention.purged"
"""The kind of the entry that says its encounter's values were let go; without it, a value that is gone is a problem."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries match, from the first on; `entry` and `problem` name the first that does not."""

    matching: int
    entry: int | None = None
    problem: str = ""
    repair: str = ""

    @property
    def whole(self) -> bool:
        """Whether all entries match."""
        return self.entry is None


def verify(entries: Iterable[SealedEntry], origin: str) -> Verdict:
    """Check entries, oldest first, of the log named `origin`: numbers without a gap, hashes, commitments."""
    count = 0
    gone: dict[str | None, Verdict] = {}
    for sealed in entries:
        try:
            _require_next(sealed, count, origin)
            kept = unseal(sealed)
        except Altered as altered:
            return Verdict(count, sealed.seq, altered.what, altered.repair)
        if kept.withheld:
            gone.setdefault(kept.encounter_id, _gone(kept))
        if kept.kind == PURGED:
            gone.pop(kept.encounter_id, None)
        count += 1
    return min(gone.values(), key=lambda verdict: verdict.matching, default=Verdict(count))


def _gone(kept: Kept) -> Verdict:
    error = _altered(kept.seq, f"its “{kept.withheld[0]}” is gone")
    return Verdict(kept.seq, kept.seq, error.what, error.repair)


def _require_next(sealed: SealedEntry, seq: int, origin: str) -> None:
    if sealed.seq != seq:
        raise _altered(seq, "it is missing")
    header = _header(sealed)
    if header.get("seq") != seq or header.get("origin") != origin or not isinstance(header.get("sd"), dict):
        raise _altered(seq, "its header belongs to another entry or another log")


def _header(sealed: SealedEntry) -> dict[str, Any]:
    try:
        header = json.loads(sealed.header)
    except ValueError as error:
        raise _altered(sealed.seq, "its header can't be read") from error
    return header if isinstance(header, dict) else {}


def _altered(seq: int, how: str) -> Altered:
    return Altered(
        f"Entry {seq} of the log does not match what was sealed: {how}.",
        "Keep the file as it is and call the Superintendent's Office.",
    )
