"""`kiosk log call`."""

from __future__ import annotations

from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import by_option, record_argument
from kiosk.commands.common.prompts import name_for_log
from kiosk.commands.common.records import reading
from kiosk.commands.common.values import OneOf
from kiosk.errors import Exit, Refused, UsageError
from kiosk.log.record_search import find_record
from kiosk.protocol.replies import CallResult
from kiosk.record.amend_targets import storable_text
from kiosk.record.canonical import Json
from kiosk.record.duties import Duties, after, duties_of, with_completion
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.formatting import open_tasks
from kiosk.settings import LONGEST, Home, Mode

_RESULTS: Final = (CallResult.REACHED, CallResult.CALLED_BACK, CallResult.NO_ANSWER)


@as_command("NO is the number of a closed record, such as 2026-0001.")
@record_argument
@click.option("--role", metavar="ID", help="role that was called (default: the first that is still to call)")
@click.option(
    "--result",
    metavar="RESULT",
    type=OneOf(_RESULTS),
    required=True,
    help=f"result of the call: {', '.join(_RESULTS)}",
)
@click.option("--name", metavar="NAME", default="", help="person who was reached or tried")
@by_option
@pass_log
def command(home: Home, mode: Mode, no: str, role: str | None, result: str, name: str, by: str | None) -> int:
    """Add the call to the closed record, and print the open tasks. Raises Refused, UsageError or PrivateText."""
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
    duties = duties_of(record)
    called = _role(role, record, duties)
    person = storable_text("name", name, LONGEST) if name else called
    body: dict[str, Json] = {"role": called, "person": 0, "result": result, "name": person, "by": name_for_log(by)}
    entry = Entry(EntryKind.CALL_MADE, body, record.id, actor=Actor.COMMAND, pack=record.protocol.content_hash)
    enter(home, mode, *with_completion(duties, entry))
    output.data(f"The call is in {record.no}. {_left(after(duties, entry))}")
    return Exit.DONE


def _role(given: str | None, record: EncounterRecord, duties: Duties) -> str:
    """Return the role that was called: the given one, else the first still to call. Raises Refused or UsageError."""
    if record.closing is None:
        raise Refused(f"{record.no} is not closed yet.", "Open the kiosk, continue it, and press F5.")
    role = given or next(iter(duties.calls), None)
    if role is None:
        raise UsageError(f"{record.no} has no call that is still to make.", "Name who was called with --role.")
    if role not in (known := {*record.not_notified, *duties.calls, *(call.role for call in record.calls)}):
        named = f"Choose one of: {', '.join(sorted(known))}." if known else "It has none."
        raise UsageError(f"{record.no} has no role “{role}”.", named)
    return str(role)


def _left(duties: Duties) -> str:
    tasks = open_tasks(duties)
    return f"Still to do: {', '.join(tasks)}." if tasks else "Nothing is left to do for it."
