"""`kiosk log review`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import by_option, reason_option, record_argument
from kiosk.commands.common.prompts import confirm, name_for_log, text_for_log
from kiosk.commands.common.records import reading
from kiosk.errors import Exit, Refused
from kiosk.log.record_search import entries_of, find_record
from kiosk.record.amend_targets import require_closed
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.review import reviewing
from kiosk.reports.export_request import classes_of_home
from kiosk.reports.formats import records_of
from kiosk.reports.record import record_lines
from kiosk.settings import Home, Mode


@as_command(
    "NO is the number of a closed record, such as 2026-0001. Staff can say at its closing review that typed text names "
    "a child; such a record is in no public copy until a person has read it. `kiosk log export --withhold` withholds a "
    "single value of it."
)
@record_argument
@reason_option
@by_option
@pass_log
def command(home: Home, mode: Mode, no: str, reason: str | None, by: str | None) -> int:
    """Print the record as a public copy shows it, ask, and record that a person read it. Raises Refused."""
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        require_closed(record)
        (entries,) = entries_of(log, [record.id])
        (public,) = records_of([entries], Level.PUBLIC, classes_of_home(log, home))
    output.lines(record_lines(public))
    why = text_for_log(reason, "--reason", "Why it can leave, or what to withhold (kept in the log)")
    entry = reviewing(record, entries[-1], reason=why, by=name_for_log(by))
    if output.at_terminal() and not confirm(f"Does {record.no} leave in public copies, as shown above?"):
        raise Refused("Nothing was entered, so it stays out of public copies.", "Run the command again to enter it.")
    enter(home, mode, entry)
    output.message(f"The review is in {record.no}.")
    return Exit.DONE
