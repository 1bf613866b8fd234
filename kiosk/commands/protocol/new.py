"""`kiosk protocol new`."""

from __future__ import annotations

import click

from kiosk.authoring.new_pack import write_new
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.values import FOLDER
from kiosk.errors import Exit
from kiosk.protocol.pack import PROTOCOL_FILE
from kiosk.settings import typed_path


@as_command("DIR is the new folder; it must be empty or not exist yet.")
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--id", "id_", metavar="ID", help="id of the protocol (default: the name of the folder)")
@click.option("--title", metavar="TEXT", help="title of the protocol on the screen (default: a TODO)")
def command(folder: str, id_: str | None, title: str | None) -> int:
    """Write a template of a pack. Raises UsageError if the folder exists, or for an invalid id or title."""
    output.lines(write_new(typed_path(folder), id_, title))
    output.message(f"Next: open {PROTOCOL_FILE}, write your texts at each TODO, then `kiosk protocol check {folder}`.")
    return Exit.DONE
