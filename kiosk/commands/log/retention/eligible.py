"""`kiosk log retention eligible`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import day_or_today
from kiosk.commands.common.entries import legal_holds
from kiosk.commands.common.options import as_of_option, json_option
from kiosk.commands.common.records import reading
from kiosk.errors import Exit
from kiosk.log.retention_state import due_records, standings
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.settings import Home, Mode


@as_command("The retention period of these records is over. They stay until you destroy them.")
@as_of_option
@json_option
@pass_log
def command(home: Home, mode: Mode, as_of: str | None, as_json: bool) -> int:
    """List the records whose retention period is over."""
    today = day_or_today(as_of)
    with reading(home, mode) as log:
        stands = standings(log, due_records(log, today), legal_holds(home, mode))
    if as_json:
        output.json_data([_as_json(one) for one in stands])
    elif stands:
        output.table([("NUMBER", "OUTCOME", "ELIGIBLE SINCE", "ON HOLD"), *map(_row, stands)])
        output.message("To destroy them: `kiosk log retention destroy --eligible --authorization REF`.")
    else:
        output.message(f"No record is eligible for destruction on {today}.")
    return Exit.DONE


def _row(stands: RetentionStatus) -> tuple[str, str, str, str]:
    return stands.record.no, stands.record.outcome or "", str(stands.due), "yes" if stands.holds else ""


def _as_json(stands: RetentionStatus) -> dict[str, object]:
    record = stands.record
    return {"no": record.no, "outcome": record.outcome, "since": str(stands.due), "on_hold": bool(stands.holds)}
