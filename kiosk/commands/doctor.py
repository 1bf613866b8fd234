"""`kiosk doctor`: the daily check."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from dataclasses import asdict

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import day_of
from kiosk.commands.common.options import as_of_option, json_option
from kiosk.doctor import Check, Machine, run_daily_check, worst
from kiosk.errors import LogMustBeReplaced, StoreUnusable
from kiosk.log import log
from kiosk.log.log import LogOnDisk
from kiosk.packs.library import Library
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock
from kiosk.voice.check import check as voice_check


@as_command(epilog="Exit codes: 0 all green; 1 something is amber; 2 something is red.")
@as_of_option
@json_option
@pass_home
def command(home: Home, as_of: str | None, as_json: bool) -> int:
    """Print every check with its repair; return 0 for green, 1 for amber, 2 for red."""
    day = day_of(as_of)
    checks = run_daily_check(home, Library(home), SystemClock(), this_machine(), open_log, voice_check, as_of=day)
    if as_json:
        output.json_data({"state": worst(checks), "checks": [asdict(check) for check in checks]})
    else:
        _print(checks)
    return worst(checks).exit_code


def open_log(home: Home, mode: Mode) -> LogOnDisk:
    """Open the log for reading, after opening it once for writing, as the desk does. Raises StoreUnusable, Altered.

    A log that a kiosk has open is only read. Errors of its key and of its last checkpoint are left to their own checks.
    """
    from db.errors import Locked, StoreError  # noqa: PLC0415 - only with a store

    try:
        log.open_writer(home, mode, SystemClock()).close()
    except LogMustBeReplaced as error:
        if isinstance(error.__cause__, StoreError):
            raise
    except StoreUnusable as error:
        if not isinstance(error.__cause__, Locked):
            raise
    return log.open_reader(home, mode)


def this_machine() -> Machine:
    """Return the facts about this computer and terminal that the checks need."""
    size = shutil.get_terminal_size((0, 0))
    return Machine(
        python=sys.version_info[:3],
        sqlite=sqlite3.sqlite_version_info,
        system=platform.system(),
        terminal=os.environ.get("TERM", "") if sys.stdin.isatty() and sys.stdout.isatty() else None,
        columns=size.columns,
        lines=size.lines,
        foreign_packages=bootstrap.foreign_packages(),
    )


def _print(checks: tuple[Check, ...]) -> None:
    for check in checks:
        output.data(f"{check.state:<6} {check.name.words:<22} {check.words}")
        if check.repair:
            output.data(f"{'':<29} → {check.repair}")
    output.data()
    output.data(worst(checks).words)
