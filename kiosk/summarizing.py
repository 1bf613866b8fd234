"""The lines that searches look through: one for each encounter, made from its entries by whoever writes the log.

They save opening every entry, and nothing more: what a search finds is read from the entries before it is shown, and
an encounter whose line is not there, or behind, is looked at itself. So lines may be late, and may be thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kiosk.record.entries import Altered, SealedEntry, unseal
from kiosk.record.history import fold, searched

if TYPE_CHECKING:
    from db.row import Row, Summary
    from db.store import Store

BATCH: Final = 512
"""How many entries are taken in at one time: about 20 ms, at the end of an encounter."""


def catch_up(store: Store, batch: int = BATCH) -> bool:
    """Take the oldest entries that no line tells of into the lines; whether there were any. Raises the store's errors.

    They are taken in order, so no line ever tells of an entry while an earlier one waits.
    """
    waiting = store.lists.since_lines(batch)
    ids = list(dict.fromkeys(encounter_id for _, encounter_id in waiting))
    found = store.lists.of_encounters(ids) if ids else {}
    lines = [line for rows in found.values() for line in _line([row for row in rows if row.seq <= waiting[-1][0]])]
    if lines:
        store.summarize(lines)
    return bool(lines)


def _line(rows: Sequence[Row]) -> Iterator[Summary]:
    """The line of one encounter; none when an entry of it was altered, so that whoever searches meets that entry."""
    from db.row import Summary  # noqa: PLC0415 - only with a store

    first, last = rows[0], rows[-1]
    try:
        kept = [unseal(SealedEntry(r.seq, r.header, r.leaf, r.disclosures, r.sealed)) for r in rows]
    except Altered:
        return
    encounter_id = kept[0].encounter_id or ""
    try:
        record = fold(kept)
    except ValueError:  # an earlier log opened it
        yield Summary(first.seq, encounter_id, last.seq)
        return
    yield Summary(first.seq, encounter_id, last.seq, record.no, record.opened_at.wall_us, searched(record))
