"""Starts the sender beside the kiosk, if this desk belongs to a district. The desk never waits for it."""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress
from typing import Final

from kiosk.app.own_program import BACKGROUND, PROGRAM
from kiosk.district.status import is_enrolled
from kiosk.settings import Home

FIRST_S: Final = 3.0
"""Seconds until it is started first: the first screen and the log need the processor before."""
AGAIN_S: Final = 60.0
"""Seconds until it is started again after it has ended, and until a desk without a district is looked at again."""


class Sending:
    """The process that sends, while the kiosk is open. It ends by itself when this process does, however that ends."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._closing = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in the background as soon as this desk belongs to a district, and again when it has ended."""
        threading.Thread(target=self._watch, name="starts-sender", daemon=True).start()

    def close(self) -> None:
        """Ask it to end, without waiting: the pipe to it ends."""
        self._closing.set()
        self._hang_up()

    def _watch(self) -> None:
        pause_s = FIRST_S
        while not self._closing.wait(pause_s):
            pause_s = AGAIN_S
            if is_enrolled(self._home):
                with suppress(OSError):  # a desk that can't start it is late, and says so
                    self._run()

    def _run(self) -> None:
        """Start it and wait for its end. Raises OSError."""
        self._process = subprocess.Popen(
            [*PROGRAM, "--home", str(self._home.path), "district", "send", "--started"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **BACKGROUND,
        )
        if self._closing.is_set():  # meanwhile
            self._hang_up()
        self._process.wait()
        self._hang_up()

    def _hang_up(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
