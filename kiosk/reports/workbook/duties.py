"""The sheet of duties: what is left to do for each record.

Today these are the open tasks of the desk: calls to make, and facts to fill in. Other duties of a record come here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.record.duties import duties_of
from kiosk.record.encounter_record import EncounterRecord
from kiosk.reports.workbook.model import Column, Row, Sheet
from kiosk.reports.workbook.words import Words

SHEET: Final = Sheet(
    "Duties",
    "One row for each open task of a closed record.",
    (
        Column("Record", width=11),
        Column("Duty", width=12),
        Column("Of", width=24),
        Column("Of, in words", width=36),
        Column("State", width=10),
    ),
)


def rows(record: EncounterRecord, words: Words) -> Iterator[Row]:
    """Yield the row of each open task of a record."""
    open_ = duties_of(record)
    for role in open_.calls:
        yield record.no, "call", role, words.role(role), "open"
    for name in open_.facts:
        yield record.no, "fill in", name, words.fact(name), "open"
