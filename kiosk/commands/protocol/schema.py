"""`kiosk protocol schema`."""

from __future__ import annotations

import click

from kiosk.authoring.json_schema import schema
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.values import OneOf
from kiosk.errors import Exit
from kiosk.protocol.format import FILES


@as_command(f"KIND is one of: {', '.join(FILES)} (default: protocol).")
@click.argument("kind", metavar="[KIND]", type=OneOf(FILES), default="protocol")
def command(kind: str) -> int:
    """Print one schema."""
    output.json_data(schema(kind))
    return Exit.DONE
