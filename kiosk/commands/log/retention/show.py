"""`kiosk log retention show`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import json_option
from kiosk.commands.common.records import reading
from kiosk.errors import Exit
from kiosk.log.retention_state import of_kind
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.schedule import ALL, rules_in_force
from kiosk.settings import Home, Mode


@as_command()
@json_option
@pass_log
def command(home: Home, mode: Mode, as_json: bool) -> int:
    """Print the retention periods in force."""
    with reading(home, mode) as log:
        found = rules_in_force(of_kind(log, EntryKind.RETENTION_SET))
    columns = {
        "category": "CATEGORY",
        "period": "PERIOD",
        "authority": "AUTHORITY",
        "by": "SET BY",
        "applies_from": "APPLIES FROM",
    }
    rows = [(one.category, str(one.period), one.authority, one.by, str(one.applies_from)) for one in found.values()]
    if as_json:
        output.json_data([dict(zip(columns, row, strict=True)) for row in rows])
        return Exit.DONE
    if rows:
        output.table([tuple(columns.values()), *rows])
    if ALL not in found:
        output.message("All other records are kept permanently." if found else "All records are kept permanently.")
    return Exit.DONE
