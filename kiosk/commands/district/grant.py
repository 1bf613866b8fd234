"""`kiosk district grant`: the role of a person or a job, and the file with which its tools connect."""

from __future__ import annotations

import click

from db.district.connection import Address
from db.district.people import Group, grant
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import output_option
from kiosk.commands.common.values import OneOf
from kiosk.commands.district.server import new_secret, opened, server_options
from kiosk.district.service_file import service_text
from kiosk.errors import Exit, UsageError
from kiosk.record.disclosure.levels import LEVELS

_KINDS = {str(group): group for group in Group}


@as_command(
    "KIND is reader (the records of some schools, up to a level), auditor (everything), keeper (deletes destroyed "
    "values after their rest) or publisher (publishes bundles). NAME is for people; the role's own name says nothing. "
    "The file is a connection service file of PostgreSQL with the role's secret: `PGSERVICEFILE=FILE psql "
    "service=kiosk`; most tools read it."
)
@click.argument("kind", metavar="KIND", type=OneOf(_KINDS))
@click.argument("name", metavar="NAME")
@click.option("--school", "schools", metavar="SCHOOL", multiple=True, help="school that a reader may read; repeatable")
@click.option("--level", metavar="LEVEL", type=OneOf(LEVELS), help=f"level of a reader: {', '.join(LEVELS)}")
@output_option("file to write; for that person or job alone", metavar="FILE")
@server_options
def command(
    server: Address, kind: str, name: str, schools: tuple[str, ...], level: str | None, path: str | None
) -> int:
    """Make the role and the file."""
    group = _KINDS[kind]
    if not path:
        raise UsageError("The file has a secret, so it needs a place.", "Name a new file with -o FILE.")
    if (group is Group.READER) != bool(schools and level):
        what = "A reader needs a school and a level." if group is Group.READER else f"A role of {kind} has neither."
        raise UsageError(what, "Give --school and --level with the kind reader, and with no other kind.")
    output.new_path(path)
    secret = new_secret()
    with opened(server) as store:
        role = grant(store, group, name, secret, schools, LEVELS[level].value if level else 0)
    output.save(path, service_text(server, role, secret).encode("utf-8"))
    output.data(f"{name} has the role {role}. Its file is {path}.")
    return Exit.DONE
