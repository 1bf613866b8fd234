"""`kiosk log export`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.exports import entered, entered_or_removed
from kiosk.commands.common.options import by_option, meaning_option, output_option
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import Texts
from kiosk.commands.common.values import OneOf
from kiosk.errors import UsageError
from kiosk.log.continuity import signer_for
from kiosk.log.log import LogOnDisk
from kiosk.record.disclosure.levels import LEVELS
from kiosk.record.disclosure.withholding import Withholding
from kiosk.reports.export_request import Export, Request, redactions, values_withheld
from kiosk.reports.formats import ExportFormat
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
@click.option(
    "--withhold",
    metavar="NO:VALUE",
    multiple=True,
    help="fact or note to withhold, such as 2026-0001:badge or 2026-0001:note-1; repeatable",
)
@click.option(
    "--redact",
    metavar="NO:VALUE WORDS",
    nargs=2,
    multiple=True,
    help="words to redact in a fact or note, such as 2026-0001:note-1 'a name'; repeatable",
)
@click.option(
    "--ground",
    metavar="TEXT",
    multiple=True,
    help="ground for it, such as a law; one for all, or one for each --withhold, then for each --redact",
)
@by_option
@meaning_option
@click.option("--for", "whom", metavar="NAME", default="", help="recipient; kept in the log")
@output_option("file to write; for a package, the new folder or .zip file (default: standard output)", metavar="PATH")
@pass_log
def command(home: Home, mode: Mode, /, **typed: Any) -> int:
    """Write the export and record it in the log; return 1 if that entry could not be written."""
    now = SystemClock().now()
    request = _request(Asked(**typed)).fitting(now.local().date())
    how, path = request.format, typed["path"]
    with reading(home, mode) as log:
        ids = request.selected(log, mode)
        chosen = values_withheld(request, log, ids)
        export = Export(request, log, home, mode, now, chosen)
        export.require_reviewed(ids)
        for line in redactions(log, ids, chosen):
            output.message(f"Redacted: {line}")
        if how is ExportFormat.PACKAGE:
            code = _package(home, mode, request, export, log, ids)
        else:
            code = _file(home, mode, request, export, ids)
    one = "practice record" if mode == "practice" else "record"
    output.message(f"{many(len(ids), one)} exported." + (f" They are in {path}." if path else ""))
    return code


@dataclass(frozen=True, slots=True)
class Asked:
    """The typed options. Each of `withhold`, then of `redact`, has its ground in `ground`, or all have the only one.

    texts: checks the typed texts.
    """

    format_: str
    level: str
    numbers: tuple[str, ...]
    days: DateRange
    withhold: tuple[str, ...]
    redact: tuple[tuple[str, str], ...]
    ground: tuple[str, ...]
    by: str | None
    texts: Texts
    whom: str
    path: str | None


def _request(asked: Asked) -> Request:
    """Return the request, checked. Raises UsageError or PrivateText."""
    how = _BY_ID[asked.format_]
    if how is ExportFormat.PACKAGE and not asked.path:
        raise UsageError("A package is a folder, so it needs a place.", "Name a new folder or .zip file with -o PATH.")
    path = asked.texts.path(str(output.new_path(asked.path))) if asked.path else None
    whom = asked.texts.recipient(asked.whom) if asked.whom else ""
    return Request(
        format=how,
        level=asked.level,
        numbers=tuple(dict.fromkeys(no.strip().upper() for no in asked.numbers)),
        days=asked.days,
        whom=whom,
        path=path,
        withhold=_withholdings(asked),
        meanings=asked.texts.meanings({"for": whom, "path": path}),
    )


def _withholdings(asked: Asked) -> tuple[Withholding, ...]:
    """Return the decisions. Raises UsageError or PrivateText unless each has a ground and somebody made them."""
    values: list[tuple[str, str | None]] = [*((value, None) for value in asked.withhold), *asked.redact]
    grounds = asked.ground
    if not values:
        if grounds or asked.by:
            raise UsageError("--ground and --by belong to a value.", "Name it with --withhold NO:VALUE.")
        return ()
    if len(grounds) not in {1, len(values)}:
        raise UsageError("Each value that is withheld needs a ground.", "Give one --ground for all, or one for each.")
    checked = [asked.texts.checked("ground", ground) for ground in grounds]
    name = asked.texts.name(asked.by)
    made: dict[tuple[str, str], Withholding] = {}
    for (value, words), ground in zip(values, checked * (len(values) if len(grounds) == 1 else 1), strict=True):
        no, colon, fact = value.partition(":")
        if not (no and colon and fact):
            raise UsageError(f"“{value}” names no value.", "Write it as 2026-0001:badge or 2026-0001:note-1.")
        if words is not None and not words.strip():
            raise UsageError(f"--redact {value} has no words.", "Add the words to redact, in quotes.")
        at = (no.strip().upper(), fact.strip())
        before = made.get(at)
        if before and (words is None or not before.words or before.ground != ground):
            raise UsageError(f"“{value}” is named more than once.", "Withhold it, or redact it on one ground.")
        parts = () if words is None else (*(before.words if before else ()), words.strip())
        made[at] = Withholding(*at, ground, name, parts, asked.texts.meanings({"ground": ground, "by": name}))
    return tuple(made.values())


def _file(home: Home, mode: Mode, request: Request, export: Export, ids: list[str]) -> int:
    entry, what = request.entry(len(ids)), f"Exporting {many(len(ids), 'record')}"
    # A file is written atomically, so the entry follows. A pipe may be read only in part, so the entry comes first: it
    # may record more than was read, but never less.
    if request.path:
        with Bar(what) as bar, closing(export.pieces(ids, bar.show)) as pieces:
            output.save_pieces(request.path, pieces)
        return entered_or_removed(home, mode, entry, request.path)
    code = entered(home, mode, entry)
    with Bar(what) as bar:
        progress = () if output.shows_data() else (bar.show,)
        with closing(export.pieces(ids, *progress)) as pieces:
            for piece in pieces:
                output.raw(piece)
    return code


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
    return entered_or_removed(home, mode, request.entry(len(ids), digest), path)
