"""`kiosk log retention show`."""

from __future__ import annotations

from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.errors import Exit, UsageError
from kiosk.log.archive import LogHistory
from kiosk.log.retention_state import of_kind
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.record.retention.schedule import ALL, rules_in_force
from kiosk.reports.formatting import with_meaning
from kiosk.settings import Home, Mode

_SHORTEST: Final = 8
"""The minimum number of characters of a hash."""


@as_command()
@click.option("--authorization", "start", metavar="HASH", help="print this authorization as it was signed, instead")
@json_option
@pass_log
@needs(Right.LOOK)
def command(home: Home, mode: Mode, start: str | None, as_json: bool) -> int:
    """Print the retention periods in force, or an authorization that was used."""
    with reading(home, mode) as log:
        if start is not None:
            output.raw(_authorization(log, start).encode())
            return Exit.DONE
        found = rules_in_force(of_kind(log, EntryKind.RETENTION_SET))
    columns = {
        "category": "CATEGORY",
        "period": "PERIOD",
        "authority": "AUTHORITY",
        "by": "SET BY",
        "applies_from": "APPLIES FROM",
    }
    rows = [
        (one.category, str(one.period), with_meaning(one.authority, one.meaning), one.by, str(one.applies_from))
        for one in found.values()
    ]
    if as_json:
        output.json_data([dict(zip(columns, row, strict=True)) for row in rows])
        return Exit.DONE
    if rows:
        output.table([tuple(columns.values()), *rows])
    if ALL not in found:
        output.message("All other records are kept permanently." if found else "All records are kept permanently.")
    return Exit.DONE


def _authorization(log: LogHistory, start: str) -> str:
    """Return the signed text whose hash begins like this. Raises UsageError unless there is one."""
    notes = {
        str(kept.body["authorization"]): str(kept.body["note"])
        for kept in of_kind(log, EntryKind.DESTRUCTION_AUTHORIZED)
        if len(start) >= _SHORTEST and str(kept.body["authorization"]).startswith(start)
    }
    if len(notes) != 1:
        repair = f"Copy at least {_SHORTEST} characters of its hash from `kiosk log audit`."
        raise UsageError(f"The log has no authorization “{start}”.", repair)
    return notes.popitem()[1]
