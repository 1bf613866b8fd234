"""A kiosk that is killed between the commit of a command's entry and its answer.

Run it by `python -m tests.faults.killed.killed_kiosk HOME`. It has the live log open, takes one request, records it,
and kills itself before it answers.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.log.intake.messages import EntryRequest
from kiosk.log.intake.server import open_intake
from kiosk.settings import Home
from tests.running import a_desk_thread


def main(home: Home) -> None:
    """Say when it listens; never return."""
    with a_desk_thread(home) as kiosk:

        def take(request: EntryRequest, begin: Callable[[], bool]) -> None:
            kiosk.taker()(request, begin)
            os.kill(os.getpid(), signal.SIGKILL)

        intake = open_intake(home.log("live"), take)
        assert intake is not None
        print("listening", flush=True)  # noqa: T201 - to the test
        sys.stdin.read()


if __name__ == "__main__":
    main(Home(Path(sys.argv[1])))
