"""`kiosk contacts import`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.contacts import accepted, save
from kiosk.commands.common.paths import pack
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit
from kiosk.settings import Home, typed_path


@as_command("A file with errors is not copied; the contacts in use stay.")
@click.argument("file", metavar="FILE", type=FILE)
@pass_home
def command(home: Home, file: str) -> int:
    """Copy a contacts file without errors into the home; return 1 if there are warnings."""
    data, findings = accepted(home, typed_path(file), pack(home, None).protocol)
    save(home, data)
    output.data(f"The contacts are now in {home.contacts_file}.")
    return Exit.FOUND if findings else Exit.DONE
