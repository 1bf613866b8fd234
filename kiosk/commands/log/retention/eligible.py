"""`kiosk log retention eligible`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import day_of
from kiosk.commands.common.options import as_of_option, json_option
from kiosk.commands.common.records import reading
from kiosk.errors import Exit
from kiosk.log.retention_state import eligible_records, holds, last_confirmed_day, statuses_of
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command("The retention period of these records is over. They stay until you destroy them.")
@as_of_option
@json_option
@pass_log
def command(home: Home, mode: Mode, as_of: str | None, as_json: bool) -> int:
    """List the records whose retention period is over."""
    asked = day_of(as_of)
    with reading(home, mode) as log:
        today = asked or last_confirmed_day(log, SystemClock())
        statuses = statuses_of(log, eligible_records(log, today), holds(home, mode))
    if as_json:
        output.json_data([_as_json(one) for one in statuses])
    elif statuses:
        output.table([("NUMBER", "OUTCOME", "ELIGIBLE SINCE", "ON HOLD"), *map(_row, statuses)])
        output.message("To destroy them: `kiosk log retention destroy --eligible --authorization REF`.")
    else:
        output.message(f"No record is eligible for destruction{f' on {today}' if today else ''}.")
    if today is None or (asked is None and today < SystemClock().now().local().date()):
        until = f"after {today}" if today else "yet"
        output.message(f"No day {until} counts: no time server has confirmed the clock. Check the computer's date.")
    return Exit.DONE


def _row(status: RetentionStatus) -> tuple[str, str, str, str]:
    return status.record.no, status.record.outcome or "", str(status.eligible_from), "yes" if status.holds else ""


def _as_json(status: RetentionStatus) -> dict[str, object]:
    record, since = status.record, str(status.eligible_from)
    return {"no": record.no, "outcome": record.outcome, "since": since, "on_hold": bool(status.holds)}
