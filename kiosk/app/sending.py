"""Starts the sender beside the kiosk, if this desk belongs to a district. The desk never waits for it."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from typing import Final

from kiosk.district.status import is_enrolled
from kiosk.settings import Home

_NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows has it


class Sending:
    """The process that sends, while the kiosk is open. It ends by itself when this process does, however that ends."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in the background, unless this desk belongs to no district."""
        threading.Thread(target=self._start, name="starts-sender", daemon=True).start()

    def _start(self) -> None:
        if not is_enrolled(self._home):
            return
        command = [sys.executable, "-P", "-m", "kiosk", "--home", str(self._home.path), "district", "send", "--started"]
        with suppress(OSError):  # a desk that can't start it is late, and says so
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                creationflags=_NO_WINDOW,
            )

    def close(self) -> None:
        """Ask it to end, without waiting: the pipe to it ends."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
