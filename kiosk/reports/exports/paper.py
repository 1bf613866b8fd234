"""Records and counts for people, as a document that becomes a PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kiosk.errors import UsageError
from kiosk.record.disclosure.statistics import Division
from kiosk.record.disclosure.withholding import decisions
from kiosk.record.entries import LoggedEntry
from kiosk.reports.document.model import (
    LARGEST,
    Block,
    Cell,
    Document,
    Heading,
    Line,
    Pairs,
    Paragraph,
    Style,
    Table,
    cell,
    row,
)
from kiosk.reports.exports import statistics
from kiosk.reports.exports.html import Counts, Group, Page, Row
from kiosk.reports.formatting import ground
from kiosk.reports.label import Label

_SHARES: Final = (1.0, 2.2, 2.8, 6.0)


def records(page: Page, encounters: Iterable[Sequence[LoggedEntry]]) -> Document:
    """Return the records of a page. Raises UsageError if they have too many entries for a PDF."""
    counts, blocks, left = Counts(), list[Block](), LARGEST
    for group in page.groups(encounters, (), counts):
        rows = tuple(_row(one) for one in group.rows)
        left -= len(rows)
        if left < 0:
            what = f"A PDF has at most {LARGEST} entries of records; this would have more."
            raise UsageError(what, "Choose fewer records or days, or another format.")
        blocks += _group(group, rows)
    made = [row(one.no, one.value, one.extent, ground(one), one.by) for one in decisions(page.chosen)]
    if made:
        heads = ("Record", "Value", "Withheld", "Ground", "Decided by")
        blocks = [Heading("Withheld by decision"), Table(heads, tuple(made), (3, 3, 2, 5, 3)), *blocks]
    return _document("Copy of records", page.label, [_about(page.label, page.about), *blocks, *_counts(counts)])


def counted(table: statistics.Table) -> Document:
    """Return counts by month: a row for each count that is not 0, because all categories side by side do not fit."""
    about = f"{statistics.ABOUT} What is not named has no encounter."
    blocks: list[Block] = [_about(table.label, table.about), Paragraph(about)]
    for by in Division:
        rows = [
            row(one.name, words, statistics.shown(count))
            for one in table.months
            for words, count in (("all", one.encounters), *one.divided[by].items())
            if count != 0 or words == "all"
        ]
        blocks += [Heading(by.words), Table(("Month", by.words, "Encounters"), tuple(rows), (1.0, 2.0, 1.0))]
    return _document("Encounters by month", table.label, blocks)


def _document(title: str, label: Label, blocks: Sequence[Block]) -> Document:
    mark = "PRACTICE: none of this happened" if label.mode == "practice" else ""
    foot = " · ".join(filter(None, (label.level.name.lower(), label.period, label.school, label.mode)))
    return Document(f"{title}{label.heading}", tuple(blocks), foot, mark)


def _about(label: Label, about: Iterable[tuple[str, str]]) -> Pairs:
    return Pairs((*label.lines, *about))


def _group(group: Group, rows: tuple[tuple[Cell, ...], ...]) -> Iterator[Block]:
    yield Heading(group.title)
    if group.facts:
        yield Pairs(tuple(pair for pair in group.facts if pair[1]))
    caption = f"{group.title}: every entry, in the order of the log"
    yield Table(("Entry", "Time", "What happened", "Values"), rows, _SHARES, caption)


def _row(one: Row) -> tuple[Cell, ...]:
    lines: list[Line] = []
    for value in one.values:
        lines += [Line(f"{value.name}: {value.words}")] if value.words or not value.reason else []
        lines += [Line(f"{value.name}: {value.reason}", Style.QUIET)] if value.reason else []
    if one.amended:
        lines.append(Line(f"amended later: see entry {', '.join(map(str, one.amended))}", Style.QUIET))
    return cell(str(one.seq)), cell(one.at), cell(one.what), tuple(lines)


def _counts(counts: Counts) -> Iterator[Block]:
    yield Heading("Counts")
    yield Paragraph(f"Encounters: {counts.month.total()}")
    for title, found in (("Month", counts.month), ("Channel", counts.channel), ("Outcome", counts.outcome)):
        rows = tuple(row(words, str(count)) for words, count in sorted(found.items()))
        yield Table((title, "Encounters"), rows, (3.0, 1.0), f"By {title.lower()}")
