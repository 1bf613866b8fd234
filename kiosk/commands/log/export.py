"""`kiosk log export`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

import click

from kiosk.app.acts.copies.exports import Planned, plan, save
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.privileged import warn_of_privileged
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.commands.common.withholding import Second, require_second, withhold_options, withholdings
from kiosk.errors import UsageError
from kiosk.record.disclosure.levels import LEVELS
from kiosk.record.people.roles import Right
from kiosk.reports.export_request import Request
from kiosk.reports.formats import PLACED, ExportFormat
from kiosk.settings import Home, Mode, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import DateRange
from kiosk.worded import many

_BY_ID = {how.value: how for how in ExportFormat}
_ABOUT = f"""\
Formats: {"; ".join(f"{how} ({how.words})" for how in ExportFormat)}.

Levels: statistics shows only counts by month; public what may be released; counsel also exempt facts, notes and names;
full everything.
"""


@as_command(_ABOUT)
@click.option("--format", "format_", metavar="FORMAT", type=OneOf(_BY_ID), required=True, help="format of the export")
@click.option("--level", metavar="LEVEL", type=OneOf(LEVELS), required=True, help="disclosure level")
@click.option(
    "--record", "numbers", metavar="NO", multiple=True, help="record number; repeatable (default: all records)"
)
@days_options
@withhold_options
@meaning_option
@click.option("--for", "whom", metavar="NAME", default="", help="recipient; kept in the log")
@output_option(
    "file to write; for a package, the new folder or .zip file (default: standard output, which xlsx, csv-zip, pdf and "
    "package can't use)",
    metavar="PATH",
)
@pass_log
@needs(Right.EXPORT, gets_by=True)
def command(home: Home, mode: Mode, /, **typed: Any) -> int:
    """Write the export and record it in the log; return 1 if that entry could not be written."""
    second, asked = Second.taken_from(typed), Asked(**typed)
    request = _request(asked, second).fitting(SystemClock().now().local().date())
    path = asked.path
    with reading(home, mode) as log:
        planned = require_second(plan(home, mode, log, request, SystemClock()), second)
        warn_of_privileged(planned)
        for line in planned.redactions:
            output.message(f"Redacted: {line}")
        code = _file(planned) if path else _stream(planned)
    one = "practice record" if mode == "practice" else "record"
    output.message(f"{many(len(planned.ids), one)} exported." + (f" They are in {path}." if path else ""))
    return code


@dataclass(frozen=True, slots=True)
class Asked:
    """The typed options. texts: checks the typed texts."""

    format_: str
    level: str
    numbers: tuple[str, ...]
    days: DateRange
    withhold: tuple[str, ...]
    redact: tuple[tuple[str, str], ...]
    ground: tuple[str, ...]
    by: str | None
    texts: PromptedTexts
    whom: str
    path: str | None


def _request(asked: Asked, second: Second) -> Request:
    """Return the request, checked. Raises UsageError or PrivateText."""
    how = _BY_ID[asked.format_]
    if how is ExportFormat.PACKAGE and not asked.path:
        raise UsageError("A package is a folder, so it needs a place.", "Name a new folder or .zip file with -o PATH.")
    if how is ExportFormat.PDF and not asked.path:
        raise UsageError("A PDF needs a file.", "Name it with -o FILE.")
    if how in PLACED and not asked.path:
        raise UsageError(f"The format {how} is a file, so it needs a place.", "Name a new file with -o PATH.")
    path = asked.texts.path(str(output.new_path(asked.path))) if asked.path else None
    whom = asked.texts.recipient(asked.whom) if asked.whom else ""
    return Request(
        format=how,
        level=asked.level,
        numbers=tuple(dict.fromkeys(no.strip().upper() for no in asked.numbers)),
        days=asked.days,
        whom=whom,
        path=path,
        withhold=withholdings(asked.withhold, asked.redact, asked.ground, asked.by, asked.texts, named=second.is_given),
        meanings=asked.texts.meanings({"for": whom, "path": path}),
    )


def _file(planned: Planned) -> int:
    """Write the file atomically, so the entry follows."""
    path = typed_path(planned.request.path or "")
    with _bar(planned) as bar:
        entry = save(planned, path, SystemClock(), bar.show)
    return entered_or_removed(planned.home, planned.mode, entry, str(path))


def _stream(planned: Planned) -> int:
    """Enter the export first: a pipe may be read only in part, so the entry may record more than was read, not less."""
    code = entered(planned.home, planned.mode, planned.request.entry(len(planned.ids)))
    with _bar(planned) as bar:
        progress = () if output.shows_data() else (bar.show,)
        with closing(planned.export.pieces(planned.ids, *progress)) as pieces:
            for piece in pieces:
                output.raw(piece)
    return code


def _bar(planned: Planned) -> Bar:
    return Bar(f"Exporting {many(len(planned.ids), 'record')}")
