"""`kiosk contacts show`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.contacts import contacts_file
from kiosk.commands.common.options import json_option
from kiosk.commands.common.paths import pack, read_file
from kiosk.commands.common.people import needs_nobody
from kiosk.errors import Exit, UsageError
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.checked import checked_contacts
from kiosk.protocol.site.contacts import Contacts
from kiosk.settings import Home


@as_command()
@json_option
@pass_home
@needs_nobody("the desk shows these numbers to everybody")
def command(home: Home, as_json: bool) -> int:
    """Print the people in each role, in calling order."""
    path, protocol = contacts_file(home), pack(home, None).protocol
    contacts, _ = checked_contacts(read_file(path), str(path), protocol)
    if contacts is None:
        raise UsageError(f"{path} can't be read as contacts.", "Run `kiosk contacts check` to see why.")
    if as_json:
        output.json_data(_as_json(contacts))
        return Exit.DONE
    output.data(contacts.school)
    rows = [("ROLE", "NAME", "PHONE", "EXT", "HOURS", "TITLE")]
    for role, people in contacts.roles.items():
        rows += [(_title(protocol, role), p.name, p.phone, p.extension, p.hours, p.title) for p in people]
    output.table(rows)
    output.lines(f"{slot} = {words}" for slot, words in contacts.slots.items())
    return Exit.DONE


def _title(protocol: Protocol | None, role: str) -> str:
    known = protocol.roles.get(role) if protocol else None
    return known.title.say() if known else role


def _as_json(contacts: Contacts) -> dict[str, Any]:
    return {
        "school": contacts.school,
        "roles": {role: [asdict(p) for p in people] for role, people in contacts.roles.items()},
        "slots": dict(contacts.slots),
    }
