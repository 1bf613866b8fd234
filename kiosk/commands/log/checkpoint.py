"""`kiosk log checkpoint`: outside copies, which can show later whether the log was changed."""

from __future__ import annotations

import sys
from functools import partial
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import Group, pass_log
from kiosk.commands.common.entries import enter_or_report
from kiosk.commands.common.options import json_option, meaning_option, output_option
from kiosk.commands.common.people import by_person, needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.desk.referral import matrix
from kiosk.errors import Exit, UsageError
from kiosk.log.record_search import find_record
from kiosk.record.people.roles import Right
from kiosk.reports.document.model import Document
from kiosk.reports.document.text import as_text
from kiosk.reports.formatting import moment, stamp
from kiosk.reports.log_states import checkpoint_page, closing_code, issued_checkpoints, log_code
from kiosk.reports.paper.document_pdf import as_pdf
from kiosk.reports.paper.outside_copy import checkpoint_json, checkpoint_sheet, code_sheet
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import SystemClock

OFFICE: Final = "the Superintendent's Office"
_QR: Final = partial(matrix, small=True)
_to_file: Final = output_option("file to write: PDF when its name ends in .pdf, else text (default: standard output)")

command: Final = Group(
    {
        "issue": "Print a signed checkpoint for someone to keep; the log records it.",
        "code": "Print the verification code of a closed record, or of the log.",
        "list": "List the checkpoints that were issued, newest first.",
    },
    help="A checkpoint names the log, the number of its entries and their root hash, and is signed. "
    "A verification code is a checkpoint that is short enough to copy by hand.",
)


@command.sub("issue")
@click.option("--for", "whom", metavar="NAME", default=OFFICE, help=f"recipient (default: {OFFICE})")
@meaning_option
@_to_file
@json_option
@pass_log
@needs(Right.VERIFY)
def issue(home: Home, mode: Mode, whom: str, texts: PromptedTexts, path: str | None, as_json: bool) -> int:
    """Print the checkpoint, and record that it was issued; return 1 if that entry could not be written."""
    if path and as_json:
        raise UsageError("JSON is printed, not written to a file.", "Leave out -o, or leave out --json.")
    if path:
        output.new_path(path)  # before a checkpoint is signed
    page, entry = checkpoint_page(home, mode, texts.recipient(whom), SystemClock().now())
    if as_json:
        output.json_data(checkpoint_json(page))
    else:
        _give(home, checkpoint_sheet(page, _QR), path)
    entry = by_person(texts.kept(entry))
    return enter_or_report(home, mode, entry, what="this checkpoint", repair="Write on paper who got it, and when.")


@command.sub("code", "Without NO, the code is of the whole log as it is now.")
@click.argument("no", metavar="[NO]", required=False)
@_to_file
@pass_log
@needs(Right.VERIFY)
def code(home: Home, mode: Mode, no: str | None, path: str | None) -> int:
    """Print the verification code of a closed record, or of the log as it is now."""
    if no:
        with reading(home, mode) as log:
            copy = closing_code(home, mode, log, find_record(log, no, mode))
    else:
        copy = log_code(home, mode, SystemClock().now())
    _give(home, code_sheet(copy, _QR), path)
    return Exit.DONE


@command.sub("list")
@json_option
@pass_log
@needs(Right.LOOK)
def list_(home: Home, mode: Mode, as_json: bool) -> int:
    """Print the issued checkpoints."""
    found = issued_checkpoints(home, mode)
    if as_json:
        output.json_data([{"at": stamp(one.at, None), "entries": one.size, "for": one.whom} for one in found])
    elif found:
        output.table([("ISSUED", "ENTRIES", "FOR"), *((moment(one.at), str(one.size), one.whom) for one in found)])
    else:
        output.message("No checkpoint was issued yet.")
    return Exit.DONE


def _give(home: Home, sheet: Document, path: str | None) -> None:
    if not path:
        output.raw(as_text(sheet, lit=sys.stdout.isatty()).encode())
        return
    pdf = path.lower().endswith(".pdf")
    output.save(path, as_pdf(sheet, read_settings(home).paper) if pdf else as_text(sheet).encode())
    output.data(f"It is in {path}.")
