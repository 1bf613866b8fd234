"""`kiosk protocol diff`."""

from __future__ import annotations

import click

from kiosk.authoring.diff.change import Both
from kiosk.authoring.diff.guarantees import touched
from kiosk.authoring.diff.packs import pack_changes
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import json_option
from kiosk.commands.common.paths import pack
from kiosk.commands.common.values import FILE
from kiosk.commands.protocol.common import language_option, telling_of
from kiosk.errors import Exit
from kiosk.packs.library import Found, Library
from kiosk.reports import diff
from kiosk.settings import Home


@as_command(
    "OLD and NEW are each the folder of a protocol, a protocol's id, or the content hash of a version that this kiosk "
    "has kept (or its first 8 digits)."
)
@click.argument("old", metavar="OLD", type=FILE)
@click.argument("new", metavar="NEW", type=FILE)
@language_option
@json_option
@pass_home
def command(home: Home, old: str, new: str, language: str | None, as_json: bool) -> int:
    """Print the changes, most important first; return 1 if there are any."""
    before, after = _found(home, old), _found(home, new)
    both = Both(*(telling_of(home, found, language) for found in (before, after)))
    changes = pack_changes(both, before, after)
    named = touched(both, changes)
    if as_json:
        output.json_data(diff.as_dict(changes, named))
    else:
        output.lines(diff.lines(changes, named))
    return Exit.FOUND if changes else Exit.DONE


def _found(home: Home, named: str) -> Found:
    """Return the pack of this folder, id or content hash. Raises UsageError if there is none."""
    return Library(home).kept_by_hash(named) or pack(home, named)
