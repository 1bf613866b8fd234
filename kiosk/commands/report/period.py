"""`kiosk report period`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.people import needs
from kiosk.commands.report.writing import report_options, write
from kiosk.record.people.roles import Right
from kiosk.reports.period.request import Kind, period_report
from kiosk.settings import Home, Mode
from kiosk.system.date_range import DateRange

_ABOUT = (
    "It has counts, times and record numbers; with --names also agencies as typed, by outcome, and who amended. "
    "It has no other name of a person, and nothing else that staff typed."
)


@as_command(_ABOUT)
@days_options
@click.option("--names", is_flag=True, help="also agencies as typed, by outcome, and who amended")
@report_options
@pass_log
@needs(Right.EXPORT)
def command(home: Home, mode: Mode, /, days: DateRange, names: bool, **typed: Any) -> int:
    """Write the report and record it in the log; return 1 if that entry could not be written."""
    return write(
        home,
        mode,
        Kind.PERIOD,
        lambda source, progress: period_report(replace(source, names=names), days, progress),
        **typed,
    )
