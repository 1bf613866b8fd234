"""`kiosk report encounter`."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any, Final

import click

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
from kiosk.desk.referral import matrix
from kiosk.log.record_search import find_record
from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.record.entries import decode
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.record.people.roles import Right
from kiosk.reports.encounter.proof import proofs
from kiosk.reports.encounter.report import FORM, Sources, encounter_report
from kiosk.reports.export_request import Export, Request, redactions, values_withheld
from kiosk.reports.formats import ExportFormat
from kiosk.reports.formatting import moment
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
    now, how = SystemClock().now(), format_of(format_, path)
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
        record = find_record(log, request.numbers[0], mode)
        export = Export(request, log, home, mode, now, values_withheld(request, log, [record.id]))
        export.require_reviewed([record.id])
        request = require_second(home, log, export, request, [record.id], second)
        warn_of_privileged(log, [record.id], export.label.level)
        for line in redactions(log, [record.id], export.chosen):
            output.message(f"Redacted: {line}")
        entries = [decode(kept) for kept in log.entries(record.id)]
        used = record.protocol.content_hash
        page = export.page(1)
        about = [("Made", moment(now)), *(pair for pair in page.about if pair[0] == "Made for")]
        sources = Sources(
            entries=entries,
            page=replace(page, about=about),
            protocol=protocol_in(kept_content(log, used), used),
            proofs=proofs(home, mode, log, entries),
            matrix=partial(matrix, small=True),
        )
        document = encounter_report(sources)
    data = content(document, how, home, printed=not file)
    entry = request.entry(1, digest=sha256(data).hexdigest(), form=f"{FORM}.{how}")
    if file is None:
        code = entered(home, mode, entry)  # first, because a pipe may be read in part
        write(data, None)
        return code
    write(data, file)
    code = entered_or_removed(home, mode, entry, file)
    output.message(f"The report is in {file}.")
    return code
