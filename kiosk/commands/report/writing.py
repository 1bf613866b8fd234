"""Save or print a report, with its entry in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, TypeVar, assert_never

import click

from kiosk.commands.common import output
from kiosk.commands.common.documents import format_of, format_option
from kiosk.commands.common.export_entries import entered, entered_or_removed, hashed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.formatting import with_meaning
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.reports.period import page
from kiosk.reports.period.document import as_document
from kiosk.reports.period.lines import lines
from kiosk.reports.period.model import Report
from kiosk.reports.period.request import Kind, Made, Progress, Source, entry_of
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import SystemClock
from kiosk.worded import many

F = TypeVar("F", bound=Callable[..., Any])


def report_options(run: F) -> F:
    """Add the options that every report of a period has: `--format`, `--meaning`, `--for` and `-o`."""
    made = meaning_option(output_option("file to write (default: standard output)")(run))
    return format_option(
        click.option("--for", "whom", metavar="NAME", default="", help="recipient; kept in the log")(made)
    )


def write(
    home: Home,
    mode: Mode,
    kind: Kind,
    make: Callable[[Source, Progress], Made],
    *,
    format_: str | None,
    whom: str,
    path: str | None,
    texts: PromptedTexts,
) -> int:
    """Make the report, write it and record it in the log; return 1 if that entry could not be written."""
    how = format_of(format_, path)
    target = texts.path(str(output.new_path(path))) if path else None
    whom = texts.recipient(whom) if whom else ""
    named = with_meaning(whom, texts.meaning(whom))
    with reading(home, mode) as log, Bar("Reading records") as bar:
        made = make(Source(log, home, mode, SystemClock().now(), named), bar.show)
    if target:
        digest = sha256()
        output.save_pieces(target, hashed(_pieces(made.report, how, home), digest))
        entry = texts.kept(entry_of(kind, made, how, target, whom, digest.hexdigest()))
        code = entered_or_removed(home, mode, entry, target, what="this report")
        one = "practice record" if mode == "practice" else "record"
        output.message(f"The {kind.words} covers {many(made.count, one)}. It is in {target}.")
        return code
    code = entered(home, mode, texts.kept(entry_of(kind, made, how, target, whom)), what="this report")
    for piece in _pieces(made.report, how, home):
        output.raw(piece)
    return code


def _pieces(report: Report, how: DocumentFormat, home: Home) -> Iterator[bytes]:
    match how:
        case DocumentFormat.TEXT:
            yield from (f"{line}\n".encode() for line in lines(report))
        case DocumentFormat.HTML:
            yield from (piece.encode() for piece in page.pieces(report))
        case DocumentFormat.PDF:
            yield as_pdf(as_document(report), read_settings(home).paper)
        case _:
            assert_never(how)
