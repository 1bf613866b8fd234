"""`kiosk contacts import`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.contacts import accepted, save
from kiosk.commands.common.entries import enter_or_report
from kiosk.commands.common.paths import pack
from kiosk.commands.common.people import by_person, needs
from kiosk.commands.common.values import FILE
from kiosk.desk.contact_changes import RecordedContacts, change, recorded_contacts
from kiosk.errors import Exit
from kiosk.packs.library import Library
from kiosk.record.entries import Actor
from kiosk.record.people.roles import Right
from kiosk.settings import Home, typed_path


@as_command("A file with errors is not copied; the contacts in use stay.")
@click.argument("file", metavar="FILE", type=FILE)
@pass_home
@needs(Right.CONTACTS)
def command(home: Home, file: str) -> int:
    """Copy a contacts file without errors into the home; return 1 if there are warnings."""
    data, findings = accepted(home, typed_path(file), pack(home, None).protocol)
    recorded = recorded_contacts(home)  # before anything is saved, because it fails when the log can't be read
    save(home, data)
    output.data(f"The contacts are now in {home.contacts_file}.")
    code = _enter_change(home, recorded)
    return Exit.FOUND if findings else code


def _enter_change(home: Home, recorded: RecordedContacts | None) -> Exit:
    """Record which roles have other people now; a kiosk without a live log records its contacts when it opens."""
    contacts = Library(home).contacts(pack(home, None))[0]
    if contacts is not None and recorded is not None and (entry := change(contacts, recorded, Actor.COMMAND)):
        return enter_or_report(home, "live", by_person(entry), what="the change")
    return Exit.DONE
