"""`kiosk presence messages`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.errors import Exit
from kiosk.log.acts.presence import all_presences
from kiosk.record.people.roles import Right
from kiosk.reports.formatting import moment, stamp
from kiosk.settings import Home, Mode


@as_command("Of each name, the message that was approved last.")
@json_option
@pass_log
@needs(Right.LOOK)
def command(home: Home, mode: Mode, as_json: bool) -> int:
    """Print the messages, each with its use, its words, and who approved it."""
    with reading(home, mode) as log:
        found = [*{one.name: one for one in all_presences(log).messages.values()}.values()]
    if as_json:
        output.json_data(
            [
                {"name": one.name, "use": one.use, "text": one.text, "by": one.by, "at": stamp(one.at, None)}
                for one in found
            ]
        )
        return Exit.DONE
    for one in found:
        output.data(f"{one.name}  for: {one.use.words}; approved by {one.by}, {moment(one.at)}")
        output.lines(f"  {line}" for line in one.text.splitlines())
    if not found:
        output.message("No message is approved.")
    return Exit.DONE
