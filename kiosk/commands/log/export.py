"""`kiosk log export`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.export_entries import entered, entered_or_removed, hashed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.privileged import warn_of_privileged
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.commands.common.withholding import Second, require_second, withhold_options, withholdings
from kiosk.errors import UsageError
from kiosk.log.continuity import signer_for
from kiosk.log.log import LogOnDisk
from kiosk.record.disclosure.levels import LEVELS
from kiosk.record.people.roles import Right
from kiosk.reports.export_request import Export, Request, redactions, values_withheld
from kiosk.reports.formats import PLACED, BookFormat, ExportFormat
from kiosk.reports.package import writer
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
    "file to write; for a package, the new folder or .zip file (default: standard output, which xlsx, csv-zip and "
    "package can't use)",
    metavar="PATH",
)
@pass_log
@needs(Right.EXPORT, gets_by=True)
def command(home: Home, mode: Mode, /, **typed: Any) -> int:
    """Write the export and record it in the log; return 1 if that entry could not be written."""
    now = SystemClock().now()
    second, asked = Second.taken_from(typed), Asked(**typed)
    request = _request(asked, second).fitting(now.local().date())
    how, path = request.format, typed["path"]
    with reading(home, mode) as log:
        ids = request.selected(log, mode)
        chosen = values_withheld(request, log, ids)
        export = Export(request, log, home, mode, now, chosen)
        export.require_reviewed(ids)
        request = require_second(home, log, export, request, ids, second)
        warn_of_privileged(log, ids, export.label.level)
        for line in redactions(log, ids, chosen):
            output.message(f"Redacted: {line}")
        if how is ExportFormat.PACKAGE:
            code = _package(home, mode, request, export, log, ids)
        elif how is ExportFormat.XLSX or how is ExportFormat.CSV_ZIP:
            code = _book(home, mode, request, export, how, ids)
        else:
            code = _file(home, mode, request, export, ids)
    one = "practice record" if mode == "practice" else "record"
    output.message(f"{many(len(ids), one)} exported." + (f" They are in {path}." if path else ""))
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


def _file(home: Home, mode: Mode, request: Request, export: Export, ids: list[str]) -> int:
    what = f"Exporting {many(len(ids), 'record')}"
    # A file is written atomically, so the entry follows. A pipe may be read only in part, so the entry comes first: it
    # may record more than was read, but never less.
    if request.path:
        digest = sha256()
        with Bar(what) as bar, closing(export.pieces(ids, bar.show)) as pieces:
            output.save_pieces(request.path, hashed(pieces, digest))
        return entered_or_removed(home, mode, request.entry(len(ids), digest=digest.hexdigest()), request.path)
    code = entered(home, mode, request.entry(len(ids)))
    with Bar(what) as bar:
        progress = () if output.shows_data() else (bar.show,)
        with closing(export.pieces(ids, *progress)) as pieces:
            for piece in pieces:
                output.raw(piece)
    return code


def _book(home: Home, mode: Mode, request: Request, export: Export, how: BookFormat, ids: list[str]) -> int:
    path = request.path or ""
    with Bar(f"Exporting {many(len(ids), 'record')}") as bar:
        digest = export.save(how, typed_path(path), ids, bar.show)
    return entered_or_removed(home, mode, request.entry(len(ids), digest=digest), path)


def _package(home: Home, mode: Mode, request: Request, export: Export, log: LogOnDisk, ids: list[str]) -> int:
    signer = signer_for(home, mode, log)
    wanted = writer.Wanted(
        ids=ids,
        whole=request.whole,
        page=export.page(len(ids)),
        asked=request.asked,
        whom=request.whom,
        sheet=lambda snapshot: export.sheet(lambda: snapshot.encounters(ids)),
    )
    path = request.path or ""
    digest = writer.write(typed_path(path), log, wanted, signer, SystemClock())
    return entered_or_removed(home, mode, request.entry(len(ids), manifest=digest), path)
