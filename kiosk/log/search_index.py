"""The search index: a row for each encounter, made from its entries by whoever writes the log.

It saves opening every entry, and nothing more: what a search finds is read from the entries before it is shown, and an
encounter whose row is missing or behind is looked at itself. So rows may be late, and may be thrown away.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kiosk.record import kinds as h
from kiosk.record.entries import Altered, SealedEntry, unseal
from kiosk.record.history import fold, searched

if TYPE_CHECKING:
    from db.queries import Lists
    from db.rows import Row, SearchRow
    from db.store import Store

BATCH: Final = 512
"""How many entries are indexed at one time: about 20 ms, at the end of an encounter."""

MANY: Final = 20_000
"""How many, where nobody waits."""

MOST: Final = 200
"""How many rows `stale` compares."""


def catch_up(store: Store, batch: int = BATCH) -> bool:
    """Index the oldest entries that no row tells of yet; whether there were any. Raises the store's errors.

    They are taken in order, so no row ever tells of an entry while an earlier one waits.
    """
    waiting = store.lists.next_to_index(batch)
    ids = list(dict.fromkeys(encounter_id for _, encounter_id in waiting))
    found = store.lists.of_encounters(ids) if ids else {}
    rows = [made for entries in found.values() for made in _made([e for e in entries if e.seq <= waiting[-1][0]])]
    if rows:
        store.index(rows)
    return bool(rows)


def rebuilt(store: Store) -> None:
    """Index every entry, after throwing all rows away when some are wrong. Raises the store's errors."""
    if stale(store.lists):
        store.clear_index()
    while catch_up(store, MANY):
        pass


def stale(lists: Lists, most: int = MOST) -> int:
    """How many rows belong to no encounter, or do not say what its entries say.

    Of what they say, `most` are compared, chosen by chance, and the row that tells of the newest entry: the others are
    taken to be as new as that one. A row that is behind is not stale. Raises the store's errors.
    """
    ids = [encounter_id for _, encounter_id in lists.opened(h.OPENED)]
    chosen = {*random.sample(ids, min(most, len(ids))), *lists.last_indexed()}
    found = [_compared(lists, encounter_id) for encounter_id in sorted(chosen)]
    return lists.stray_rows() + sum(row is not None and row != made for row, made in found)


def _compared(lists: Lists, encounter_id: str) -> tuple[SearchRow | None, SearchRow | None]:
    """The row of an encounter, and what it would be if it were made now from the entries that it tells of."""
    row = lists.search_row(encounter_id)
    entries = lists.of_encounters([encounter_id])[encounter_id]
    told = [entry for entry in entries if row is not None and entry.seq <= row.last_seq]
    return row, next(_made(told), None) if told else None


def _made(entries: Sequence[Row]) -> Iterator[SearchRow]:
    """The row of one encounter; none when an entry of it was altered, so that whoever searches meets that entry."""
    from db.rows import SearchRow  # noqa: PLC0415 - only with a store

    first, last = entries[0], entries[-1]
    try:
        kept = [unseal(SealedEntry(e.seq, e.header, e.leaf, e.disclosures, e.sealed)) for e in entries]
    except Altered:
        return
    encounter_id = kept[0].encounter_id or ""
    try:
        record = fold(kept)
    except ValueError:  # an earlier log opened it
        yield SearchRow(first.seq, encounter_id, last.seq)
        return
    yield SearchRow(first.seq, encounter_id, last.seq, record.no, record.opened_at.wall_us, searched(record))
