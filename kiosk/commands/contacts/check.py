"""`kiosk contacts check`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.contacts import contacts_file
from kiosk.commands.common.options import json_option
from kiosk.commands.common.paths import pack, read_file
from kiosk.commands.common.people import needs_nobody
from kiosk.commands.common.values import FILE
from kiosk.errors import Exit
from kiosk.protocol.site.checked import checked_contacts
from kiosk.settings import Home, typed_path
from kiosk.worded import many


@as_command("Without FILE, the contacts in use are checked.")
@click.argument("file", metavar="[FILE]", required=False, type=FILE)
@json_option
@pass_home
@needs_nobody("it reads a file, and no record")
def command(home: Home, file: str | None, as_json: bool) -> int:
    """Print the findings of a contacts file; return 1 if there are any."""
    path = typed_path(file) if file else contacts_file(home)
    _, findings = checked_contacts(read_file(path), str(path), pack(home, None).protocol)
    if as_json:
        output.json_data([output.finding_json(finding) for finding in findings])
        return Exit.FOUND if findings else Exit.DONE
    output.lines(map(str, findings))
    output.message(f"{many(len(findings), 'finding')} in {path}." if findings else f"{path} is in order.")
    return Exit.FOUND if findings else Exit.DONE
