"""A report as plain values, for a page, a text or a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.reports.figures.figure import Figure, Table


@dataclass(frozen=True, slots=True)
class Big:
    """A large figure at the top: a number, and what it counts."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report. figures: each with its sentence and its table. words: paragraphs after them."""

    title: str
    words: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report.

    mark:    level, school and mode in one line, for the head and each printed page.
    summary: the one line that sums it up.
    about:   (title, words) pairs: level, period, school, mode, for whom, when, log, protocol.
    signing: the words before a blank to fill in by hand; empty for none.
    """

    title: str
    mark: str
    summary: str
    big: tuple[Big, ...]
    sections: tuple[Section, ...]
    about: tuple[tuple[str, str], ...]
    signing: str = ""
