"""`kiosk doctor`: the morning check."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import sys
from dataclasses import asdict

from kiosk.app import bootstrap
from kiosk.commands.common.dates import add_as_of, day_of
from kiosk.commands.common.output import out, out_json
from kiosk.commands.common.paths import home_of
from kiosk.doctor import Check, Machine, run_daily_check, worst
from kiosk.errors import LogMustBeReplaced, StoreUnusable
from kiosk.log import log
from kiosk.log.log import LogOnDisk
from kiosk.packs.library import Library
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock
from kiosk.voice.check import check as voice_check

_EXIT = {"green": 0, "amber": 1, "red": 2}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk doctor` takes."""
    parser.add_argument("--json", action="store_true", help="for scripts: every check with its state and repair")
    add_as_of(parser)
    parser.epilog = "exit codes: 0 all green, 1 something is amber, 2 something is red"
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every check with its repair; 0 green, 1 amber, 2 red."""
    home = home_of(args)
    day = day_of(args.as_of)
    checks = run_daily_check(home, Library(home), SystemClock(), this_machine(), open_log, voice_check, as_of=day)
    if args.json:
        out_json({"state": worst(checks), "checks": [asdict(check) for check in checks]})
    else:
        _print(checks)
    return _EXIT[worst(checks)]


def open_log(home: Home, mode: Mode) -> LogOnDisk:
    """The log for reading, after it was opened for a moment as the desk will open it. Raises StoreUnusable, Altered.

    While a kiosk has it open, that has shown it already. What is wrong with its key, or with its state beside what was
    signed last, has checks of its own.
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
    """What the checks need to know of this computer and this terminal."""
    size = shutil.get_terminal_size((0, 0))
    return Machine(
        python=sys.version_info[:3],
        sqlite=sqlite3.sqlite_version_info,
        system=platform.system(),
        terminal=os.environ.get("TERM", "") if sys.stdin.isatty() and sys.stdout.isatty() else None,
        columns=size.columns,
        lines=size.lines,
        strangers=bootstrap.strangers(),
    )


def _print(checks: tuple[Check, ...]) -> None:
    for check in checks:
        out(f"{check.state:<6} {check.name:<10} {check.words}")
        if check.repair:
            out(f"{'':<17} → {check.repair}")
    out()
    out(_SUMS[worst(checks)])


_SUMS = {
    "green": "Ready.",
    "amber": "Usable. Repair what is amber when there is time.",
    "red": "Not ready for a real visit. Repair what is red first; use the paper card until then.",
}
