"""`kiosk request give`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import Whole
from kiosk.commands.request.common import NUMBER, number_argument
from kiosk.errors import Exit
from kiosk.log.acts.requests import find_export, find_request
from kiosk.record.encounter_record import ref_of
from kiosk.record.people.roles import Right
from kiosk.record.requests.changes import changed
from kiosk.record.requests.entries import changing
from kiosk.record.requests.records_request import Given
from kiosk.reports.audit_trail import sentence
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command(
    f"{NUMBER} First export the copy: `kiosk log export`. What it withholds is in the log with the export; "
    "`kiosk log audit --search exported` shows its entry number."
)
@number_argument
@click.option(
    "--export", "entry", metavar="ENTRY", type=Whole(0, 10**18 - 1), required=True, help="entry of the export"
)
@meaning_option
@pass_log
@needs(Right.REQUESTS)
def command(home: Home, mode: Mode, no: str, entry: int, by: str | None, texts: PromptedTexts) -> int:
    """Enter that the export was given. Raises Refused, UsageError or PrivateText."""
    with reading(home, mode) as log:
        request, export = find_request(log, no, mode), find_export(log, entry)
    now = SystemClock().now()
    changed(request, Given(now, ref_of(export), "?"))  # before anybody is asked for a name
    given = Given(now, ref_of(export), texts.name(by))
    enter(home, mode, texts.kept(changing(request, given)))
    output.data(f"Given for {request.no}: entry {entry}. {sentence(export)}")
    return Exit.DONE
