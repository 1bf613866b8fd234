"""`kiosk report request`."""

from __future__ import annotations

from kiosk.app.acts.copies.letters import letter
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.documents import content, format_of, format_option, write
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.request.common import NUMBER, number_argument
from kiosk.record.people.roles import Right
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


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
        made = letter(home, mode, log, no, SystemClock().now().local().date())
    data = content(made.document, how, home, printed=not file)
    entry = made.entry(how, data, file, texts.meanings({"path": file}))
    if file is None:
        code = entered(home, mode, entry)  # first, because a pipe may be read in part
        write(data, None)
        return code
    write(data, file)
    code = entered_or_removed(home, mode, entry, file)
    output.message(f"The letter for {made.request.no} is in {file}. Read it before it is signed.")
    return code
