"""The lines that searches look through: one for each encounter, made from its entries by whoever writes the log.

They save opening every entry, and nothing more: what a search finds is read from the entries before it is shown, and
an encounter whose line is not there, or behind, is looked at itself. So lines may be late, and may be thrown away.
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
    from db.rows import Row, Summary
    from db.store import Store

BATCH: Final = 512
"""How many entries are taken in at one time: about 20 ms, at the end of an encounter."""

MANY: Final = 20_000
"""How many, where nobody waits."""

MOST: Final = 200
"""How many lines `amiss` looks at."""


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


def rebuilt(store: Store) -> None:
    """Take every entry into the lines, after throwing them away when some are wrong. Raises the store's errors."""
    if stale(store.lists):
        store.forget_summaries()
    while catch_up(store, MANY):
        pass


def stale(lists: Lists, most: int = MOST) -> int:
    """How many lines belong to no encounter, or do not say what its entries say.

    Of what they say, `most` are looked at, chosen by chance, and the line that tells of the newest entry: the others
    are taken to be as new as that one. A line that is behind is not amiss. Raises the store's errors.
    """
    ids = [encounter_id for _, encounter_id in lists.opened(h.OPENED)]
    chosen = {*random.sample(ids, min(most, len(ids))), *lists.latest()}
    found = [_told_by(lists, encounter_id) for encounter_id in sorted(chosen)]
    return lists.astray() + sum(line is not None and line != anew for line, anew in found)


def _told_by(lists: Lists, encounter_id: str) -> tuple[Summary | None, Summary | None]:
    """The line of an encounter, and what it would be if it were made now from the entries that it tells of."""
    line = lists.line(encounter_id)
    rows = lists.of_encounters([encounter_id])[encounter_id]
    told = [row for row in rows if line is not None and row.seq <= line.last_seq]
    return line, next(_line(told), None) if told else None


def _line(rows: Sequence[Row]) -> Iterator[Summary]:
    """The line of one encounter; none when an entry of it was altered, so that whoever searches meets that entry."""
    from db.rows import Summary  # noqa: PLC0415 - only with a store

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
