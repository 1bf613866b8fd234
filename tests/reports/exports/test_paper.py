"""Records on paper: what a page of records has, as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

import pytest

from kiosk.errors import UsageError
from kiosk.protocol.model import DisclosureClass
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.withholding import Withholding, values_of
from kiosk.record.entries import LoggedEntry
from kiosk.reports.document.model import LARGEST, Heading, Pairs, Table, words_of
from kiosk.reports.exports.html import Page
from kiosk.reports.exports.paper import records
from kiosk.reports.paper.document_pdf import as_pdf
from tests.builders import classes_with
from tests.reports.exports.test_html import an_encounter
from tests.reports.paper.reading import faults, misplaced, words
from tests.reports.records import a_label

HOSTILE = '=HYPERLINK("x") {{ 7*7 }} #let x = 1 <script> \u202e \x1b]52;c;aGk=\x07 Señora Nguyễn 王'


def a_page(level: Level = Level.FULL) -> Page:
    """A page of records at this level."""
    return Page(a_label(level), classes_with({"agency": DisclosureClass.EXEMPT}), [("Made for", "Counsel")], UTC)


def test_each_record_is_headed_and_the_counts_come_last() -> None:
    """What the page is, each record with its entries, then the numbers."""
    made = records(a_page(), [an_encounter("A school")] * 2)
    titles = [block.words.removesuffix(" (PRACTICE)") for block in made.blocks if isinstance(block, Heading)]
    assert titles == ["Record 2026-0001", "Record 2026-0001", "Counts"]
    assert isinstance(made.blocks[0], Pairs)
    assert ("Made for", "Counsel") in made.blocks[0].rows


def test_a_value_that_is_withheld_by_decision_is_listed_first_and_named_at_its_entry() -> None:
    """With its ground, and who decided."""
    entries = an_encounter("A school")
    decision = Withholding("2026-0001", "agency", "CGS 1-210(b)(2)", "Dana Sample")
    made = records(replace(a_page(), chosen=values_of(entries, decision)), [entries])
    found = next(block for block in made.blocks if isinstance(block, Table))
    assert [line.words for cell in found.rows[0] for line in cell] == [
        "2026-0001",
        "agency",
        "all",
        "CGS 1-210(b)(2)",
        "Dana Sample",
    ]
    assert any("withheld (by decision: CGS 1-210(b)(2))" in one for one in words_of(made))


def test_hostile_words_are_only_words_on_paper() -> None:
    """Nothing is run, nothing is lost, and the PDF is accessible."""
    data = as_pdf(records(a_page(), [an_encounter(HOSTILE)]))
    assert (faults(data), misplaced(data)) == ([], [])
    shown = words(data)
    for part in ("{{ 7*7 }}", "#let x = 1", "Señora", "Nguyễn", "王"):
        assert part in shown


def test_more_entries_than_a_pdf_may_have_are_refused() -> None:
    """While they are read: so a million take no memory."""
    entries = an_encounter("A school")
    read: list[int] = []

    def many() -> Iterator[list[LoggedEntry]]:
        for number in range(10 * LARGEST):
            read.append(number)
            yield entries

    with pytest.raises(UsageError) as raised:
        records(a_page(), many())
    assert raised.value.repair
    assert len(read) <= LARGEST // len(entries) + 1
