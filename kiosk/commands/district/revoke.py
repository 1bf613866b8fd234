"""`kiosk district revoke`: end the role of a person or a job."""

from __future__ import annotations

import click

from db.district.connection import Address
from db.district.people import revoke
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.district.server import opened, server_options
from kiosk.errors import Exit


@as_command("It ends on open connections too. NAME is the one given to `kiosk district grant`.")
@click.argument("name", metavar="NAME")
@server_options
def command(server: Address, name: str) -> int:
    """End it."""
    with opened(server) as store:
        revoke(store, name)
    output.data(f"The role of {name} is ended.")
    return Exit.DONE
