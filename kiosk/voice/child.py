"""One helper process in its own group: it speaks one text within a deadline and is always ended."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import kiosk

_PACKAGES = str(Path(kiosk.__file__).parents[1])
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows has it
_REAP_S = 2.0


class Child:
    """A running helper. Call `kill` from any thread, and the other methods from the thread that started it.

    Raises OSError when the process cannot be started.
    """

    def __init__(self, *arguments: str) -> None:
        # -P keeps the working directory off the helper's import path; PYTHONPATH names the kiosk's packages instead.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "kiosk.voice.helper", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=_NO_WINDOW,
            env=_environment(),
        )
        self._ending = threading.Lock()
        self._reaped = False

    @property
    def pid(self) -> int:
        """The helper's process id; on POSIX also the id of its process group."""
        return self._process.pid

    def tell(self, text: str, language: str) -> None:
        """Send the text. The next `status` reports a helper that has ended."""
        stdin = self._process.stdin
        if stdin is None:
            return
        with contextlib.suppress(OSError):
            stdin.write(json.dumps({"text": text, "language": language}).encode() + b"\n")
            stdin.flush()

    def status(self, within_s: float) -> str:
        """Wait for the next status line and return it: `ready`, `speaking`, `done` or `error REASON`.

        A helper that sends nothing for `within_s` seconds is killed: `error late`. For an ended one: `error ended`.
        """
        late = threading.Event()
        deadline = threading.Timer(within_s, self._time_out, [late])
        deadline.daemon = True
        deadline.start()
        line = self._process.stdout.readline() if self._process.stdout else b""
        deadline.cancel()
        return line.decode("utf-8", "replace").strip() or ("error late" if late.is_set() else "error ended")

    def kill(self) -> None:
        """Kill the helper and its player now; do nothing when it has ended."""
        with self._ending:
            # Until it is reaped its process id is not reused, so no other process can be killed.
            if not self._reaped:
                _kill_group(self._process)

    def dispose(self) -> None:
        """Kill the helper, reap it, and close its pipes."""
        self.kill()
        with self._ending:
            self._reaped = True
        with contextlib.suppress(subprocess.TimeoutExpired):  # stuck in a sound driver: don't wait longer
            self._process.wait(_REAP_S)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # an unsent text in a broken pipe
                if pipe:
                    pipe.close()

    def _time_out(self, late: threading.Event) -> None:
        late.set()
        self.kill()


def _environment() -> dict[str, str]:
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{known}{os.pathsep}{_PACKAGES}" if known else _PACKAGES}


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
