"""`kiosk request list`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.request.common import is_late
from kiosk.errors import Exit
from kiosk.log.acts.requests import all_requests
from kiosk.record.people.roles import Right
from kiosk.record.requests.records_request import RecordsRequest
from kiosk.reports.acts.summary import as_dict, state_words
from kiosk.reports.formatting import with_meaning
from kiosk.settings import Home, Mode


@as_command()
@click.option("--open", "only_open", is_flag=True, help="only requests that are not closed")
@click.option("--overdue", is_flag=True, help="only open requests after their deadline")
@json_option
@pass_log
@needs(Right.LOOK)
def command(home: Home, mode: Mode, only_open: bool, overdue: bool, as_json: bool) -> int:
    """Print the requests, newest first."""
    with reading(home, mode) as log:
        found = [*reversed(all_requests(log))]
    found = [one for one in found if (one.closed is None or not only_open) and (is_late(one) or not overdue)]
    if as_json:
        output.json_data([as_dict(one) | {"overdue": is_late(one)} for one in found])
    elif found:
        output.table([("NUMBER", "RECEIVED", "DUE", "STATE", "REQUESTER"), *map(_row, found)])
    else:
        output.message("No records requests were found.")
    return Exit.DONE


def _row(request: RecordsRequest) -> tuple[str, ...]:
    who = with_meaning(request.requester, request.meanings.get("requester"))
    return request.no, str(request.received), str(request.deadline), state_words(request, late=is_late(request)), who
