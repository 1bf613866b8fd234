"""`kiosk report certification`."""

from __future__ import annotations

import click

from kiosk.app.acts.copies.certifications import certified
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.documents import format_of, format_option, write
from kiosk.commands.common.export_entries import entered, entered_or_removed
from kiosk.commands.common.options import meaning_option, output_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FILE
from kiosk.commands.common.verdicts import exit_of
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.reports.certification.identified_copy import identified
from kiosk.settings import Home, Mode, typed_path
from kiosk.system.clock import SystemClock


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
    page = certified(found, how, home, mode, SystemClock().now(), Bar)
    entry = page.entry(file, texts.meanings({"path": file}))
    if file is None:
        code = entered(home, mode, entry)
        write(page.data, None)
    else:
        write(page.data, file)
        code = entered_or_removed(home, mode, entry, file)
        output.message(f"The certification is in {file}. It is for a person to read and sign.")
    return code if code is not Exit.DONE else exit_of(page.verdict)
