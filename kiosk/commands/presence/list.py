"""`kiosk presence list`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.errors import Exit
from kiosk.log.acts.presence import all_presences
from kiosk.record.people.roles import Right
from kiosk.reports.acts.presence import as_dict, presence_lines
from kiosk.settings import Home, Mode


@as_command()
@click.option("--open", "only_open", is_flag=True, help="only reports that are neither false nor cleared")
@json_option
@pass_log
@needs(Right.LOOK)
def command(home: Home, mode: Mode, only_open: bool, as_json: bool) -> int:
    """Print the reports, newest first, each with every act."""
    with reading(home, mode) as log:
        known = all_presences(log)
    found = [one for one in reversed(known.reports) if one.end is None or not only_open]
    if as_json:
        output.json_data([as_dict(one, known.messages) for one in found])
    for one in () if as_json else found:
        output.lines(presence_lines(one, known.messages))
    if not (as_json or found):
        output.message("No reports of presence were found.")
    return Exit.DONE
