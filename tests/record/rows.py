"""Logs in memory as the rows that a store would keep, for checking them and for spoiling them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kiosk.record.entries import EncodedEntry, Entry, encode
from kiosk.record.transparency.checkpoint import SignedCheckpoint, sign_checkpoint
from kiosk.record.transparency.merkle import Tree
from kiosk.record.transparency.signed_note import Signer, VerifierKey
from kiosk.record.verification.result import Result, merge, wanted_sizes
from kiosk.record.verification.segment import SEGMENT, check
from kiosk.system.clock import FixedClock

ORIGIN: Final = "front-office-kiosk/3f0a12bc-0000-4000-8000-000000000001"
SIGNER: Final = Signer(ORIGIN, bytes(range(32)))


@dataclass
class Rows:
    """The rows of one page; fits `verifying.Rows`."""

    entries: list[tuple[Any, ...]]
    values: list[tuple[Any, ...]]
    checkpoints: list[tuple[Any, ...]]


@dataclass
class Whole:
    """All rows of a log; fits `result.Outline`."""

    rows: Rows
    size: int
    newest: SignedCheckpoint | None
    outside: int = 0
    holds: list[tuple[str, int, int | None, str | None]] = field(default_factory=list)
    destructions: list[tuple[str, str, int]] = field(default_factory=list)

    def verdict(self, asked: Iterable[int] = (), key: VerifierKey | None = SIGNER.public) -> Result:
        """What is proven of it."""
        sizes = wanted_sizes(self, asked)
        starts = range(0, self.size, SEGMENT)
        parts = [
            check([_cut(self.rows, s)], ORIGIN, s, min(s + SEGMENT, self.size), key=key, asked=sizes) for s in starts
        ]
        return merge(ORIGIN, key, self, parts, sizes)


def encoded(entries: Sequence[Entry], origin: str = ORIGIN) -> list[EncodedEntry]:
    """These entries, sealed in order."""
    at = FixedClock().now()
    return [encode(entry, origin=origin, seq=n, event_id=f"e{n}", at=at) for n, entry in enumerate(entries)]


def entry_row(one: EncodedEntry) -> tuple[Any, ...]:
    """The row of an entry, its columns made from the header as the store makes them."""
    said = json.loads(one.header)
    columns = (None if said[name] is None else said[name].encode() for name in ("event_id", "encounter_id", "kind"))
    return (one.seq, one.header.encode(), one.leaf, *columns, said["wall_us"])


def rows_of(kept: Sequence[EncodedEntry], signed_at: Iterable[int] = (), signer: Signer = SIGNER) -> Whole:
    """The rows of a log with a checkpoint at each of these sizes, and one over all of it."""
    signed = [sign_checkpoint(ORIGIN, Tree().grown(e.leaf for e in kept[:size]), signer) for size in signed_at]
    values = [(e.seq, name.encode(), 0, body) for e in kept for name, body in e.disclosures]
    checkpoints = [(one.size, one.root, one.note.encode()) for one in signed]
    newest = sign_checkpoint(ORIGIN, Tree().grown(e.leaf for e in kept), signer)
    return Whole(Rows([entry_row(e) for e in kept], values, checkpoints), len(kept), newest)


def _cut(rows: Rows, first: int) -> Rows:
    end = first + SEGMENT
    return Rows(
        [row for row in rows.entries if first <= row[0] < end],
        [row for row in rows.values if first <= row[0] < end],
        [row for row in rows.checkpoints if first < row[0] <= end],
    )
