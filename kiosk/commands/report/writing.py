"""Save or print a report, with its entry in the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kiosk.app.acts.copies.reports import pieces, save
from kiosk.commands.common import output
from kiosk.commands.common.documents import format_of, format_option
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.reports.formatting import with_meaning
from kiosk.reports.period.request import Kind, Made, Progress, Source, entry_of
from kiosk.settings import Home, Mode, typed_path
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
        entry = texts.kept(save(kind, made, how, home, typed_path(target), whom))
        code = entered_or_removed(home, mode, entry, target, what="this report")
        one = "practice record" if mode == "practice" else "record"
        output.message(f"The {kind.words} covers {many(made.count, one)}. It is in {target}.")
        return code
    code = entered(home, mode, texts.kept(entry_of(kind, made, how, target, whom)), what="this report")
    for piece in pieces(made.report, how, home):
        output.raw(piece)
    return code
