"""`kiosk report certification`."""

from __future__ import annotations

from hashlib import sha256

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.documents import content, format_of, format_option, write
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FILE
from kiosk.commands.common.verdicts import exit_of
from kiosk.errors import Exit, Refused
from kiosk.record.bodies import MEANING
from kiosk.record.disclosure.levels import LEVELS
from kiosk.record.people.roles import Right
from kiosk.record.verification.verdict import Verdict
from kiosk.reports.certification.identified_copy import IdentifiedCopy, identified
from kiosk.reports.certification.page import FORM, LogCheck, certification
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.export_request import Request
from kiosk.reports.formats import ExportFormat
from kiosk.reports.paper.document_pdf import as_one_page
from kiosk.reports.verification import Report
from kiosk.reports.verified_logs import verified_logs
from kiosk.settings import Home, Mode, read_settings, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import ALL_DAYS


@as_command(
    "The page names the copy: its SHA-256, records, log, and what was checked. The custodian signs it (Federal Rules "
    "of Evidence 902). It is a form, not legal advice.\n\nThe log must have the SHA-256 of FILE: `kiosk log export -o` "
    "and `kiosk report -o` record it. Exit code 5: the page says what could not be checked."
)
@click.option("--of", "copy", metavar="FILE", type=FILE, required=True, help="exported file or evidence package")
@format_option
@meaning_option
@output_option("file to write (default: standard output)")
@pass_log
@needs(Right.EXPORT)
def command(home: Home, mode: Mode, copy: str, format_: str | None, texts: PromptedTexts, path: str | None) -> int:
    """Verify the log and the copy, write the form, and record it in the log; return the verdict's exit code."""
    how = format_of(format_, path)
    file = texts.path(str(output.new_path(path))) if path else None
    with reading(home, mode) as log:
        found = identified(typed_path(copy, whole=True), home, mode, log)
    left_out: list[str] = []
    report = Report(tuple(verified_logs(home, mode, [], [], left_out, Bar)), left_out=tuple(left_out))
    if report.verdict is Verdict.DOES_NOT_MATCH:
        repair = "Keep the log unchanged and call the Superintendent's Office. `kiosk log verify` shows more."
        raise Refused("Nothing was certified, because the log does not match its hashes or checkpoints.", repair)
    now, settings = SystemClock().now(), read_settings(home)
    check = LogCheck(report.verdict, len(report.logs))
    document = certification(found, check, settings.school, practice=mode == "practice", now=now)
    data = as_one_page(document, settings.paper) if how is DocumentFormat.PDF else content(document, how, home)
    entry = _request(found, file, texts).entry(
        int(found.entry.body.get("count", 0)), digest=sha256(data).hexdigest(), form=f"{FORM}.{how}"
    )
    if file is None:
        code = entered(home, mode, entry)
        write(data, None)
    else:
        write(data, file)
        code = entered_or_removed(home, mode, entry, file)
        output.message(f"The certification is in {file}. It is for a person to read and sign.")
    return code if code is not Exit.DONE else exit_of(report.verdict)


def _request(copy: IdentifiedCopy, path: str | None, texts: PromptedTexts) -> Request:
    """Return the request that the entry of this page records: the records, level and recipient of the copy."""
    body = copy.entry.body
    level, whom = str(body.get("level")), str(body.get("for") or "")
    known = {"for": body[MEANING + "for"]} if whom and MEANING + "for" in body else {}
    return Request(
        format=ExportFormat.HTML,
        level=level if level in LEVELS else next(iter(LEVELS)),
        numbers=tuple(map(str, body.get("records") or ())),
        days=ALL_DAYS,
        whom=whom,
        path=path,
        meanings=known | texts.meanings({"path": path}),
    )
