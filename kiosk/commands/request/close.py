"""`kiosk request close`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option, reason_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.commands.request.common import NUMBER, found, number_argument
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.record.requests.changes import changed
from kiosk.record.requests.entries import changing
from kiosk.record.requests.records_request import Answer, Closed
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command(f"{NUMBER} A denial needs its ground (--reason); so does an answer for which nothing was given.")
@number_argument
@click.option("--as", "how", metavar="HOW", type=OneOf(Answer), required=True, help="how it ended")
@reason_option
@meaning_option
@pass_log
@needs(Right.REQUESTS)
def command(home: Home, mode: Mode, no: str, how: str, reason: str | None, by: str | None, texts: PromptedTexts) -> int:
    """Enter the end of the request. Raises Refused, UsageError or PrivateText."""
    request, now, answer = found(home, mode, no), SystemClock().now(), Answer.of_id(how) or Answer.ANSWERED
    changed(request, Closed(now, answer, reason or "", "?"))  # before anybody is asked for a name
    why = texts.checked("reason", reason) if reason else ""
    enter(home, mode, texts.kept(changing(request, Closed(now, answer, why, texts.name(by)))))
    output.data(f"{request.no} is closed: {answer.words}.")
    return Exit.DONE
