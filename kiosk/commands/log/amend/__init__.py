"""`kiosk log amend`."""

from __future__ import annotations

from typing import Any

import click

from kiosk.app.acts.records import late_call
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import meaning_option, reason_option, record_argument
from kiosk.commands.common.people import needs
from kiosk.commands.common.prompts import confirm
from kiosk.commands.common.values import OneOf, Whole
from kiosk.commands.log.amend.acts import Act, asked_for
from kiosk.commands.log.amend.planning import planned
from kiosk.errors import Exit, Refused
from kiosk.protocol.model import MISSING
from kiosk.record.people.roles import Right
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

_NUMBER = Whole(0, 999_999)


@as_command(
    "NO is a record number, such as 2026-0001. Give one of --field, --note, --call, --add, --called and --reviewed for "
    "a closed record, or --close or --void for an unfinished one.\n\n"
    "Staff can say at the closing review that typed text names a child; such a record is in no public copy until a "
    "person has read it (--reviewed). `kiosk log export --withhold` withholds a single value of it."
)
@record_argument
@click.option("--field", metavar="ID", help="fact to correct, as `kiosk log show` names it")
@click.option("--note", metavar="N", type=_NUMBER, help="note to correct, by its number in `kiosk log show`")
@click.option("--call", metavar="N", type=_NUMBER, help="call whose result to correct, by its number there")
@click.option("--value", metavar="VALUE", help="correct value")
@click.option(
    "--not-recorded",
    metavar="REASON",
    type=OneOf(MISSING),
    help=f"reason why a fact has no value: {', '.join(MISSING)}",
)
@click.option("--add", metavar="TEXT", help="text to add")
@click.option(
    "--called", metavar="ROLE", is_flag=False, flag_value="", help="role that was called after the record was closed"
)
@click.option(
    "--result",
    metavar="RESULT",
    type=OneOf(late_call.RESULTS),
    help=f"result of that call: {', '.join(late_call.RESULTS)}",
)
@click.option("--name", metavar="NAME", help="person who was reached or tried")
@click.option("--close", is_flag=True, help="close an unfinished record before its end")
@click.option("--void", is_flag=True, help="close a record that should never have been started; no calls are needed")
@click.option("--reviewed", is_flag=True, help="show a public copy of the record, and confirm that a person read it")
@reason_option
@meaning_option
@click.option("--preview", is_flag=True, help="only a preview; nothing is entered")
@pass_log
@needs(Right.AMEND, gets_by=True, reviewed=Right.REVIEW)
def command(home: Home, mode: Mode, /, no: str, **typed: Any) -> int:
    """Preview the entry, ask for confirmation, and record it. Raises Refused, UsageError or PrivateText."""
    asked = asked_for(typed)
    plan = planned(home, mode, no, asked)
    output.message(f"To be entered into {plan.no}:")
    for line in plan.lines:
        output.message(f"  {line}")
    if asked.preview:
        output.message("This is a preview: nothing was entered.")
        return Exit.DONE
    question, otherwise = _confirming(asked.act, plan.no)
    if output.at_terminal() and not confirm(question):
        raise Refused(f"Nothing was entered{otherwise}.", "Run the command again to enter it.")
    plan.enter(home, mode, SystemClock(), asked.texts)
    output.data(plan.done)
    return Exit.DONE


def _confirming(act: Act, no: str) -> tuple[str, str]:
    """Return the question before an act on record `no` is entered, and what follows from a no."""
    if act is Act.REVIEWED:
        return f"Does {no} leave in public copies, as shown above?", ", so it stays out of public copies"
    return f"Enter this into {no}? It can't be removed.", ""
