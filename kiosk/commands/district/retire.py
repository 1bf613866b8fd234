"""`kiosk district retire`: end the role of a desk, such as that of a lost computer."""

from __future__ import annotations

import click

from db.district.connection import Address
from db.district.enrolling import retire
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.district.server import opened, server_options
from kiosk.errors import Exit


@as_command("End the role of a desk at once, also on its open connections. What it sent stays.")
@click.argument("school", metavar="SCHOOL")
@click.argument("desk", metavar="DESK")
@server_options
def command(server: Address, school: str, desk: str) -> int:
    """End it."""
    with opened(server) as store:
        retire(store, school, desk)
    output.data(f"The desk {desk} of {school} is retired. It can send nothing more.")
    return Exit.DONE
