"""`kiosk district init`: make the store in an empty database."""

from __future__ import annotations

import click

from db.district.connection import Address
from db.district.install import install, statements
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.district.server import opened, server_options
from kiosk.errors import Exit


@as_command(
    "Make the store in an empty database of PostgreSQL 15 or newer, all of it or nothing. Your role must be a "
    "superuser, or may make roles and owns the database."
)
@click.option("--print-sql", is_flag=True, help="only print the SQL, to read it first")
@server_options
def command(server: Address, print_sql: bool) -> int:
    """Make it."""
    if print_sql:
        output.data(statements())
        return Exit.DONE
    with opened(server) as store:
        install(store)
    output.data(f"The store is in the database {server.database}.")
    output.data("Next: `kiosk district enroll SCHOOL DESK -o FILE` for each desk.")
    return Exit.DONE
