"""`kiosk district init`: make the store in an empty database."""

from __future__ import annotations

import click

from db.district.connection import Address
from db.district.install import install, statements
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.district.server import opened, server_options
from kiosk.errors import Exit


def _print_sql(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        output.raw(statements().encode("utf-8"))
        context.exit()


@as_command(
    "Make the store in an empty database of PostgreSQL 15 or newer, all of it or nothing. Your role must be a "
    "superuser, or may make roles and owns the database."
)
@click.option(
    "--print-sql",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_sql,
    help="only print the SQL, to read it first; no server is needed",
)
@server_options
def command(server: Address) -> int:
    """Make it."""
    with opened(server) as store:
        install(store)
    output.data(f"The store is in the database {server.database}.")
    output.data("Next: `kiosk district enroll SCHOOL DESK -o FILE` for each desk.")
    return Exit.DONE
