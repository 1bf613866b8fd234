"""`kiosk log retention eligible`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import day_of
from kiosk.commands.common.options import as_of_option, json_option, output_option
from kiosk.commands.common.people import enter_view, needs
from kiosk.commands.common.records import reading
from kiosk.errors import Exit, UsageError
from kiosk.log.archive import LogHistory
from kiosk.log.retention_state import eligible_records, holds, last_confirmed_day, request_for, statuses_of
from kiosk.record.people.logins import Viewed
from kiosk.record.people.roles import Right
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.record.retention.request import MOST, request_text
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import SystemClock
from kiosk.worded import many


@as_command("The retention period of these records is over. They stay until you destroy them.")
@as_of_option
@output_option("file to write: a request to destroy those that are not on hold, for the records officer to sign")
@json_option
@pass_log
@needs(Right.LOOK, path=Right.RETENTION)
def command(home: Home, mode: Mode, as_of: str | None, path: str | None, as_json: bool) -> int:
    """List the records whose retention period is over, and write the request."""
    asked, clock = day_of(as_of), SystemClock()
    if path:
        output.new_path(path)
        if asked:
            raise UsageError("A request is made for the present day.", "Leave out --as-of, or leave out -o.")
    enter_view(home, Viewed.LIST)
    with reading(home, mode) as log:
        today = asked or last_confirmed_day(log, clock)
        statuses = statuses_of(log, eligible_records(log, today), holds(home, mode))
        if as_json:
            output.json_data([_as_json(one) for one in statuses])
        elif statuses:
            rows = map(_row, statuses)
            output.table([("NUMBER", "CATEGORY", "CLOSED", "ELIGIBLE SINCE", "ON HOLD"), *rows])
        else:
            output.message(f"No record is eligible for destruction{f' on {today}' if today else ''}.")
        if path:
            _write(path, log, statuses, (home, mode, today))
    if statuses and not path:
        output.message("To request their destruction: `kiosk log retention eligible -o FILE`.")
    if today is None or (asked is None and today < clock.now().local().date()):
        until = f"after {today}" if today else "yet"
        output.message(f"No day {until} counts: no time server has confirmed the clock. Check the computer's date.")
    return Exit.DONE


def _write(path: str, log: LogHistory, statuses: Sequence[RetentionStatus], at: tuple[Home, Mode, date | None]) -> None:
    home, mode, today = at
    free = [one for one in statuses if not one.holds]
    if today is None or not free:
        output.message("Nothing can be requested, so no file was written.")
        return
    request = request_for(log, free[:MOST], read_settings(home), mode, today)
    output.save(path, request_text(request).encode(), 0o644)
    count = many(len(request.records), "record")
    output.message(f"The request of {count} is in {path}. Give it to the records officer, on another computer:")
    output.message("`kiosk log retention authorize` signs it.")
    if len(free) > MOST:
        output.message(f"One request has at most {MOST} records; make the next one when these are destroyed.")


def _row(status: RetentionStatus) -> tuple[str, ...]:
    record = status.record
    held = "yes" if status.holds else ""
    return record.no, record.outcome or "", _closed(status), str(status.eligible_from), held


def _closed(status: RetentionStatus) -> str:
    closed = status.record.closed_at
    return "" if closed is None else str(closed.local().date())


def _as_json(status: RetentionStatus) -> dict[str, object]:
    return {
        "no": status.record.no,
        "category": status.record.outcome,
        "closed": _closed(status),
        "since": str(status.eligible_from),
        "on_hold": bool(status.holds),
    }
