"""`kiosk request extend`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import day_of
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option, reason_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.request.common import NUMBER, found, number_argument
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.record.requests.changes import changed
from kiosk.record.requests.entries import changing
from kiosk.record.requests.records_request import Extension
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command(f"{NUMBER} The letter shows the new deadline and the reason.")
@number_argument
@click.option("--until", metavar="DAY", required=True, help="new deadline, later than the present one")
@reason_option
@meaning_option
@pass_log
@needs(Right.REQUESTS)
def command(
    home: Home, mode: Mode, no: str, until: str, reason: str | None, by: str | None, texts: PromptedTexts
) -> int:
    """Enter the new deadline. Raises Refused, UsageError or PrivateText."""
    request, now, day = found(home, mode, no), SystemClock().now(), day_of(until)
    assert day is not None  # noqa: S101 - a required option
    changed(request, Extension(now, day, "?", "?"))  # before anybody is asked for a reason
    why = texts.text(reason, "--reason", "Reason for the extension (kept in the log, and in the letter)")
    enter(home, mode, texts.kept(changing(request, Extension(now, day, why, texts.name(by)))))
    output.data(f"{request.no} is due on {day}.")
    return Exit.DONE
