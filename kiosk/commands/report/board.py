"""`kiosk report board`."""

from __future__ import annotations

from typing import Any

from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.people import needs
from kiosk.commands.report.writing import report_options, write
from kiosk.record.people.roles import Right
from kiosk.reports.period.request import Kind, board_report
from kiosk.settings import Home, Mode
from kiosk.system.date_range import DateRange

_ABOUT = """\
It covers whole quarters that are over (default: the last four). A small count is withheld, and so is each number from
which it would follow.
"""


@as_command(_ABOUT)
@days_options
@report_options
@pass_log
@needs(Right.EXPORT)
def command(home: Home, mode: Mode, /, days: DateRange, **typed: Any) -> int:
    """Write the report and record it in the log; return 1 if that entry could not be written."""
    return write(
        home,
        mode,
        Kind.BOARD,
        lambda source, progress: board_report(source, days, progress),
        **typed,
    )
