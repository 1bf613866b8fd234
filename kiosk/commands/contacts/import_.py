"""`kiosk contacts import`."""

from __future__ import annotations

import click

from kiosk.app.acts.contacts.home_contacts import enter_change, store
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.contacts import accepted
from kiosk.commands.common.paths import pack
from kiosk.commands.common.people import acting, needs
from kiosk.commands.common.values import FILE
from kiosk.commands.contacts.common import reported
from kiosk.desk.contact_changes import recorded_contacts
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.settings import Home, typed_path
from kiosk.system.clock import SystemClock


@as_command("A file with errors is not copied; the contacts in use stay.")
@click.argument("file", metavar="FILE", type=FILE)
@pass_home
@needs(Right.CONTACTS)
def command(home: Home, file: str) -> int:
    """Copy a contacts file without errors into the home; return 1 if there are warnings."""
    data, findings = accepted(home, typed_path(file), pack(home, None).protocol)
    recorded = recorded_contacts(home)  # before anything is saved, because it fails when the log can't be read
    store(home, data)
    output.data(f"The contacts are now in {home.contacts_file}.")
    code = reported(enter_change(home, recorded, acting(), SystemClock()))
    return Exit.FOUND if findings else code
