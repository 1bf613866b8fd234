"""`kiosk report request`."""

from __future__ import annotations

from hashlib import sha256

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.documents import content, format_of, format_option, write
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.request.common import NUMBER, number_argument
from kiosk.log.acts.requests import find_request
from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.record.people.roles import Right
from kiosk.record.requests.records_request import RecordsRequest
from kiosk.reports.acts.copies import Copy, copies_of
from kiosk.reports.acts.letter import FORM, letter_of
from kiosk.reports.export_request import Request, shareable_settings
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import ALL_DAYS


@as_command(
    f"{NUMBER} The letter says what was asked and given, and names each withheld value with its ground. Blanks are for "
    "the district: how to appeal, and the signature. It is a form, not legal advice."
)
@number_argument
@format_option
@meaning_option
@output_option("file to write (default: standard output)")
@pass_log
@needs(Right.EXPORT)
def command(home: Home, mode: Mode, no: str, format_: str | None, texts: PromptedTexts, path: str | None) -> int:
    """Write the letter and record it in the log; return 1 if that entry could not be written. Raises Refused."""
    how = format_of(format_, path)
    file = texts.path(str(output.new_path(path))) if path else None
    with reading(home, mode) as log:
        request = find_request(log, no, mode)
        copies = copies_of(log, home, mode, request)
    today = SystemClock().now().local().date()
    document = letter_of(request, copies, school=shareable_settings(home).school, mode=mode, today=today)
    data = content(document, how, home, printed=not file)
    entry = _export(request, copies, file, texts).entry(0, digest=sha256(data).hexdigest(), form=f"{FORM}.{how}")
    if file is None:
        code = entered(home, mode, entry)  # first, because a pipe may be read in part
        write(data, None)
        return code
    write(data, file)
    code = entered_or_removed(home, mode, entry, file)
    output.message(f"The letter for {request.no} is in {file}. Read it before it is signed.")
    return code


def _export(request: RecordsRequest, copies: list[Copy], path: str | None, texts: PromptedTexts) -> Request:
    """Return what the entry of the letter says: its level is that of the copy that shows most."""
    level = max((copy.level for copy in copies if copy.level is not None), default=Level.PUBLIC)
    whom = {"for": request.meanings["requester"]} if "requester" in request.meanings else {}
    return Request(
        format=ExportFormat.HTML,
        level=next(name for name, one in LEVELS.items() if one is level),
        numbers=(),
        days=ALL_DAYS,
        whom=request.requester,
        path=path,
        meanings=whom | texts.meanings({"path": path}),
    )
