"""`kiosk report encounter`."""

from __future__ import annotations

from typing import Any, Final

import click

from kiosk.app.acts.copies.exports import plan
from kiosk.app.acts.copies.record_copies import document_of, entry_of
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.documents import content, format_of, format_option, write
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option, record_argument
from kiosk.commands.common.people import needs
from kiosk.commands.common.privileged import warn_of_privileged
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.commands.common.withholding import Second, require_second, withhold_options, withholdings
from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.record.people.roles import Right
from kiosk.reports.export_request import Request
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import ALL_DAYS

_LEVELS: Final = tuple(name for name, level in LEVELS.items() if level > Level.STATISTICS)


@as_command(
    "NO is a record number, such as 2026-0001. The report has the words of the screens, each answer, call and note "
    "with its time, later amendments, what is withheld and why, and a code that proves the log.\n\nLevels: public "
    "shows what may be released; counsel also exempt facts, notes, names and the words of the screens; full everything."
)
@record_argument
@click.option("--level", metavar="LEVEL", type=OneOf(_LEVELS), required=True, help="disclosure level")
@format_option
@withhold_options
@meaning_option
@click.option("--for", "whom", metavar="NAME", default="", help="recipient; kept in the log")
@output_option("file to write (default: standard output)")
@pass_log
@needs(Right.EXPORT, gets_by=True)
def command(
    home: Home, mode: Mode, /, no: str, level: str, format_: str | None, whom: str, path: str | None, **typed: Any
) -> int:
    """Write the report and record it in the log; return 1 if that entry could not be written."""
    clock, how = SystemClock(), format_of(format_, path)
    texts: PromptedTexts = typed["texts"]
    second = Second.taken_from(typed)
    file = texts.path(str(output.new_path(path))) if path else None
    recipient = texts.recipient(whom) if whom else ""
    request = Request(
        format=ExportFormat.HTML,
        level=level,
        numbers=(no.strip().upper(),),
        days=ALL_DAYS,
        whom=recipient,
        path=file,
        withhold=withholdings(**typed, named=second.is_given),
        meanings=texts.meanings({"for": recipient, "path": file}),
    )
    with reading(home, mode) as log:
        planned = require_second(plan(home, mode, log, request, clock), second)
        warn_of_privileged(planned)
        for line in planned.redactions:
            output.message(f"Redacted: {line}")
        document = document_of(planned, clock.now())
    data = content(document, how, home, printed=not file)
    entry = entry_of(planned, how, data, file)
    if file is None:
        code = entered(home, mode, entry)  # first, because a pipe may be read in part
        write(data, None)
        return code
    write(data, file)
    code = entered_or_removed(home, mode, entry, file)
    output.message(f"The report is in {file}.")
    return code
