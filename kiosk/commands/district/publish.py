"""`kiosk district publish`: a bundle for the desks, through the district's database."""

from __future__ import annotations

import click

from db.district.connection import Address
from db.district.publishing import Publication, publish
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.values import FILE
from kiosk.commands.district.server import opened, server_options
from kiosk.errors import Exit
from kiosk.packs.bundle.bundle import Bundle, read_bundle
from kiosk.packs.bundle.container import LARGEST
from kiosk.settings import typed_path
from kiosk.worded import listed


@as_command(
    "Each desk fetches it within minutes, checks the superintendent's signature and its own rules, and installs it "
    "while no record is open. A school gets its own contacts only. Your role must be a publisher's."
)
@click.argument("file", metavar="FILE", type=FILE)
@server_options
def command(server: Address, file: str) -> int:
    """Publish it."""
    bundle = read_bundle(read_file(typed_path(file), most=LARGEST), None)
    with opened(server) as store:
        unknown = publish(store, _publication(bundle))
    manifest = bundle.manifest
    output.data(f"{manifest.pack} {manifest.version} is published; the bundle was made at {manifest.made_words}.")
    if unknown:
        output.message(
            f"Schools without a desk: {listed(unknown)}. If one has another name there, correct it and publish again."
        )
    output.message("`kiosk district status` shows which desks run it.")
    return Exit.DONE


def _publication(bundle: Bundle) -> Publication:
    """Return the parts: one for each school with contacts, or that it is only for; else one for every school."""
    manifest = bundle.manifest
    schools = {*manifest.schools} or {"", *manifest.contacts}
    return Publication(
        manifest.made,
        bundle.name,
        manifest.pack,
        manifest.version,
        manifest.content_hash,
        {school: bundle.part(school) for school in sorted(schools)},
    )
