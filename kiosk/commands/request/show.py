"""`kiosk request show`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.request.common import NUMBER, is_late, number_argument
from kiosk.errors import Exit
from kiosk.log.acts.requests import find_request
from kiosk.record.people.roles import Right
from kiosk.reports.acts.copies import copies_of
from kiosk.reports.acts.summary import as_dict, copy_dict, request_lines
from kiosk.settings import Home, Mode


@as_command(NUMBER)
@number_argument
@json_option
@pass_log
@needs(Right.LOOK)
def command(home: Home, mode: Mode, no: str, as_json: bool) -> int:
    """Print one request in full, with what the copies given for it withhold."""
    with reading(home, mode) as log:
        request = find_request(log, no, mode)
        copies = copies_of(log, home, mode, request)
    late = is_late(request)
    if as_json:
        output.json_data(as_dict(request) | {"overdue": late, "copies": [*map(copy_dict, copies)]})
    else:
        output.lines(request_lines(request, copies, late=late))
    return Exit.DONE
