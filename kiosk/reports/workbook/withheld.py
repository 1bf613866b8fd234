"""The sheet of values that were withheld from this copy by decision, each with its ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.privacy.meanings import Meaning
from kiosk.record.disclosure.withholding import Chosen, decisions
from kiosk.reports.workbook.model import Column, Row, Sheet

SHEET: Final = Sheet(
    "Withheld",
    "One row for each value that a person decided to withhold from this copy, all of it or in part.",
    (
        Column("Record", width=11),
        Column("Value", width=24),
        Column("Extent", width=9),
        Column("Ground", width=44),
        Column("Ground means", width=20),
        Column("Decided by", width=24),
        Column("Name means", width=20),
    ),
)


def rows(chosen: Chosen) -> Iterator[Row]:
    """Yield the row of each decision."""
    for made in decisions(chosen):
        means = {name: Meaning.words_for(meaning) for name, meaning in made.meanings.items()}
        yield made.no, made.value, made.extent, made.ground, means.get("ground"), made.by, means.get("by")
