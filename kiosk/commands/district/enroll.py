"""`kiosk district enroll`: the role of a desk, and the file with which it joins."""

from __future__ import annotations

import click

from db.district.connection import Address
from db.district.enrolling import enroll
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import output_option
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.values import OneOf
from kiosk.commands.district.server import new_secret, opened, server_options
from kiosk.district.enrollment import Enrollment, enrollment_text
from kiosk.district.settings import DistrictSettings
from kiosk.errors import Exit, UsageError
from kiosk.record.disclosure.levels import LEVELS


@as_command(
    "Make the role of a desk in the district's database, and write the file with which the desk joins: "
    "`kiosk setup --district FILE`. The file has the role's secret; the database has only what it needs to check it."
)
@click.argument("school", metavar="SCHOOL")
@click.argument("desk", metavar="DESK")
@click.option("--district", metavar="NAME", required=True, help="name of the district, for people")
@click.option(
    "--level", metavar="LEVEL", type=OneOf(LEVELS), required=True, help=f"what the desk may send: {', '.join(LEVELS)}"
)
@output_option("file to write; for the desk alone", metavar="FILE")
@server_options
def command(server: Address, school: str, desk: str, district: str, level: str, path: str | None) -> int:
    """Make both."""
    if not path:
        raise UsageError("The file has a secret, so it needs a place.", "Name a new file with -o FILE.")
    output.new_path(path)
    authority = read_file(server.root_certificate).decode("utf-8", "replace") if server.root_certificate else ""
    secret = new_secret()
    with opened(server) as store:
        role = enroll(store, school, desk, LEVELS[level].value, secret)
    settings = DistrictSettings(district, server.hosts, server.database, role, "", LEVELS[level], server.port)
    output.save(path, enrollment_text(Enrollment(settings, secret, authority)).encode("utf-8"))
    output.data(f"The desk {desk} of {school} is enrolled as {role}. Its file is {path}.")
    return Exit.DONE
