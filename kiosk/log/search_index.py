"""The search index: one row for each record, made from its entries by the process that writes the log.

With the index, a search need not read every entry. Results are read from the entries before they are shown, and a
record without an up-to-date row is searched in its entries. So rows may be out of date or missing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kiosk.record.encounter_record import fold
from kiosk.record.entries import Altered, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.pack_entries import Protocols, kept_protocols
from kiosk.record.search_text import own_text, shared_text

if TYPE_CHECKING:
    from db.queries import Lists
    from db.reads import Reads
    from db.rows import Row, SearchRow
    from db.store import Store

BATCH: Final = 512
"""Number of entries indexed in one pass at the end of an encounter, about 20 ms."""

LARGE_BATCH: Final = 20_000
"""Number of entries indexed in one pass by a command."""

MOST: Final = 200
"""Maximum number of rows that `stale` compares."""


def catch_up(store: Store, batch: int = BATCH) -> bool:
    """Index the oldest unindexed entries; return whether there were any. Raises the store's errors.

    Entries are indexed in order, so no row covers an entry while an earlier one is unindexed.
    """
    waiting = store.lists.next_to_index(batch)
    ids = list(dict.fromkeys(encounter_id for _, encounter_id in waiting))
    found = store.lists.of_encounters(ids) if ids else {}
    protocols = kept_protocols(store)
    indexed = ([e for e in entries if e.seq <= waiting[-1][0]] for entries in found.values())
    rows = [row for entries in indexed for row in _row(entries, protocols)]
    if rows:
        store.index(rows)
    return bool(rows)


def rebuild(store: Store) -> None:
    """Index all entries; delete the index first when rows are wrong. Raises the store's errors."""
    if stale(store):
        store.clear_index()
    while catch_up(store, LARGE_BATCH):
        pass


def stale(store: Reads, most: int = MOST) -> int:
    """Return the number of rows that belong to no record or differ from their entries.

    Compare a random sample of `most` rows, and the row with the newest entry. A row that is only behind is not stale.
    Raises the store's errors.
    """
    ids = [encounter_id for _, encounter_id in store.lists.opened(EntryKind.ENCOUNTER_OPENED)]
    chosen = {*random.sample(ids, min(most, len(ids))), *store.lists.last_indexed()}
    protocols = kept_protocols(store)
    pairs = [_stored_and_expected(store.lists, encounter_id, protocols) for encounter_id in sorted(chosen)]
    return store.lists.stray_rows() + sum(stored is not None and stored != expected for stored, expected in pairs)


def _stored_and_expected(
    lists: Lists, encounter_id: str, protocols: Protocols
) -> tuple[SearchRow | None, SearchRow | None]:
    """Return a record's index row, and the row made now from the entries it covers."""
    row = lists.search_row(encounter_id)
    entries = lists.of_encounters([encounter_id])[encounter_id]
    covered = [entry for entry in entries if row is not None and entry.seq <= row.last_seq]
    return row, next(_row(covered, protocols), None) if covered else None


def _row(entries: Sequence[Row], protocols: Protocols) -> Iterator[SearchRow]:
    """Yield the row of one record; none when an entry was altered, so that a search reports that entry."""
    from db.rows import SearchRow  # noqa: PLC0415 - only with a store

    first, last = entries[0], entries[-1]
    try:
        kept = [*map(decode, entries)]
    except Altered:
        return
    encounter_id = kept[0].encounter_id or ""
    try:
        record = fold(kept)
    except ValueError:  # the record was opened in a previous log
        yield SearchRow(first.seq, encounter_id, last.seq)
        return
    yield SearchRow(
        first.seq,
        encounter_id,
        last.seq,
        record.no,
        record.opened_at.wall_us,
        own_text(record, kept),
        shared_text(record, kept, protocols(record.protocol.content_hash)),
    )
