"""`kiosk district send`: send this desk's logs to the district's database."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.district.sending import process
from kiosk.district.settings import read_district
from kiosk.errors import Exit
from kiosk.settings import Home
from kiosk.system.clock import SystemClock

_STANDARD_INPUT: Final = 0
_NICE: Final = 19


@as_command(
    "Send this desk's logs to the district's database, until it is ended. The kiosk starts it when it is opened; run "
    "it as a service to send while the kiosk is closed. It only reads the logs."
)
@click.option("--started", is_flag=True, hidden=True, help="end when standard input ends")
@pass_home
def command(home: Home, /, started: bool) -> int:
    """Send; return 0, also if another sender runs already."""
    read_district(home)
    if started:
        yield_to_desk()
    if not process.run(home, SystemClock(), _STANDARD_INPUT if started else None):
        output.message("Another program sends the logs of this desk already.")
    return Exit.DONE


def yield_to_desk() -> None:
    """Give this process the processor only when nothing else wants it, on a system that has such an order."""
    with suppress(OSError):
        if sys.platform == "linux":
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        elif sys.platform != "win32":
            os.nice(_NICE)
