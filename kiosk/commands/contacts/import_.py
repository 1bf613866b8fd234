"""`kiosk contacts import`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.contacts import accepted, save
from kiosk.commands.common.entries import enter_or_report
from kiosk.commands.common.paths import pack
from kiosk.commands.common.values import FILE
from kiosk.desk.contact_changes import change, recorded_contacts
from kiosk.errors import Exit
from kiosk.packs.library import Library
from kiosk.record.entries import Actor
from kiosk.settings import Home, typed_path


@as_command("A file with errors is not copied; the contacts in use stay.")
@click.argument("file", metavar="FILE", type=FILE)
@pass_home
def command(home: Home, file: str) -> int:
    """Copy a contacts file without errors into the home; return 1 if there are warnings."""
    data, findings = accepted(home, typed_path(file), pack(home, None).protocol)
    save(home, data)
    _enter_change(home)
    output.data(f"The contacts are now in {home.contacts_file}.")
    return Exit.FOUND if findings else Exit.DONE


def _enter_change(home: Home) -> None:
    """Record which roles have other people now; a kiosk without a live log records its contacts when it opens."""
    contacts = Library(home).contacts(pack(home, None))[0]
    recorded = recorded_contacts(home)
    if contacts is not None and recorded is not None and (entry := change(contacts, recorded, Actor.COMMAND)):
        enter_or_report(home, "live", entry, what="the change")
