"""A sender that begins when it is told: everything is imported by then, so that a test can choose when to kill it.

Run it by `python -m tests.district.killed_sender HOME`. It says when it is ready, and begins after a byte.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psycopg
import sqlalchemy.dialects.sqlite  # noqa: F401 - sqlalchemy imports it late: here, before the sender says that it is ready

from kiosk.district.sending import outbox, process
from kiosk.settings import Home
from kiosk.system.clock import SystemClock

_STANDARD_INPUT = 0


def main(home: Home) -> None:
    """Send, in small batches, until standard input ends."""
    vars(outbox)["MOST_ENTRIES"] = 3  # many calls for a short log
    print("ready", psycopg.__version__, flush=True)  # noqa: T201 - the test reads it from this program's output
    os.read(_STANDARD_INPUT, 1)
    process.run(home, SystemClock(), _STANDARD_INPUT)


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])))
