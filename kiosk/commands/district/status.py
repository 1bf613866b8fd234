"""`kiosk district status`: how each desk is, those with a problem first."""

from __future__ import annotations

from typing import Any

from db.district.connection import Address
from db.district.fleet import desks, server_time
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import json_option
from kiosk.commands.district.server import opened, server_options
from kiosk.district.fleet import DeskLine, lines, worst


@as_command(
    "Show each desk with its last contact, the entries that are here, those that are not, and what is wrong. It "
    "returns 0 if all is here, 1 if a desk is late, 2 if a person must look. Your role must be an auditor's."
)
@json_option
@server_options
def command(server: Address, as_json: bool) -> int:
    """Print the desks."""
    with opened(server) as store:
        found = lines(desks(store), server_time(store))
    if as_json:
        output.json_data([_as_dict(one) for one in found])
    elif found:
        head = ("SCHOOL", "DESK", "STATE", "LAST CONTACT", "ENTRIES", "PROBLEM")
        output.table([head, *map(_row, found)])
    else:
        output.message("No desk is enrolled.")
    return worst(found).exit_code


def _row(one: DeskLine) -> tuple[str, ...]:
    log = one.status.log
    contact, entries = (f"{log.last_contact:%Y-%m-%d %H:%M}", str(log.size)) if log else ("never", "0")
    return one.status.school, one.status.desk, one.color, contact, entries, " ".join(one.problems)


def _as_dict(one: DeskLine) -> dict[str, Any]:
    log = one.status.log
    more = (
        {
            "log": log.origin,
            "log_state": log.state,
            "succession": log.succession,
            "entries": log.size,
            "entries_at_desk": log.head,
            "entries_with_values": log.disclosed_to,
            "last_contact": log.last_contact.isoformat(),
            "newest": {kind: at.isoformat() for kind, at in log.newest.items()},
        }
        if log
        else {}
    )
    return {
        "school": one.status.school,
        "desk": one.status.desk,
        "state": one.color,
        "problems": list(one.problems),
        "enrolled_at": one.status.enrolled_at.isoformat(),
        **more,
    }
