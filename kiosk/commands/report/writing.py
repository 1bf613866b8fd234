"""Save or print a report, with its entry in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar, assert_never

import click

from kiosk.commands.common import output
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import Texts
from kiosk.commands.common.values import OneOf
from kiosk.reports.formatting import with_meaning
from kiosk.reports.period import page
from kiosk.reports.period.lines import lines
from kiosk.reports.period.model import Report
from kiosk.reports.period.request import Kind, Made, Progress, Source, entry_of
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock
from kiosk.worded import Worded, many

F = TypeVar("F", bound=Callable[..., Any])


class ReportFormat(Worded):
    """The format of a report."""

    TEXT = "text", "lines for the terminal"
    HTML = "html", "a page to read and print"


_BY_ID: Final = {one.value: one for one in ReportFormat}
FORMATS: Final = f"Formats: {'; '.join(f'{one} ({one.words})' for one in ReportFormat)}."
"""The formats, for the help."""


def report_options(run: F) -> F:
    """Add the options that every report has: `--format`, `--meaning`, `--for` and `-o`."""
    made = meaning_option(output_option("file to write (default: standard output)")(run))
    made = click.option("--for", "whom", metavar="NAME", default="", help="recipient; kept in the log")(made)
    kind = OneOf(_BY_ID)
    words = f"format of the report (default: {ReportFormat.TEXT})"
    return click.option(
        "--format", "format_", metavar="FORMAT", type=kind, default=ReportFormat.TEXT.value, help=words
    )(made)


def write(
    home: Home,
    mode: Mode,
    kind: Kind,
    make: Callable[[Source, Progress], Made],
    *,
    format_: str,
    whom: str,
    path: str | None,
    texts: Texts,
) -> int:
    """Make the report, write it and record it in the log; return 1 if that entry could not be written."""
    how = _BY_ID[format_]
    target = texts.path(str(output.new_path(path))) if path else None
    whom = texts.recipient(whom) if whom else ""
    named = with_meaning(whom, texts.meaning(whom))
    with reading(home, mode) as log, Bar("Reading records") as bar:
        made = make(Source(log, home, mode, SystemClock().now(), named), bar.show)
    entry = texts.kept(entry_of(kind, made, how, target, whom))
    if target:
        output.save_pieces(target, (piece.encode() for piece in _pieces(made.report, how)))
        code = entered_or_removed(home, mode, entry, target, what="this report")
        one = "practice record" if mode == "practice" else "record"
        output.message(f"The {kind.words} covers {many(made.count, one)}. It is in {target}.")
        return code
    code = entered(home, mode, entry, what="this report")
    for piece in _pieces(made.report, how):
        output.raw(piece.encode())
    return code


def _pieces(report: Report, how: ReportFormat) -> Iterator[str]:
    match how:
        case ReportFormat.TEXT:
            return (f"{line}\n" for line in lines(report))
        case ReportFormat.HTML:
            return page.pieces(report)
        case _:
            assert_never(how)
