"""One helper process in its own group: started, told one text, heard out with a deadline, ended for certain."""

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
_BURIAL_S = 2.0


class Child:
    """A running helper. `kill` may be called from any thread; the other methods belong to the thread that started it.

    Raises OSError when the process cannot be started.
    """

    def __init__(self, *arguments: str) -> None:
        # -P keeps the current folder off the helper's import path; the kiosk's own packages are named instead.
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
        """Hand over the one text. A helper that is gone is noticed by the next `status`."""
        stdin = self._process.stdin
        if stdin is None:
            return
        with contextlib.suppress(OSError):
            stdin.write(json.dumps({"text": text, "language": language}).encode() + b"\n")
            stdin.flush()

    def status(self, within_s: float) -> str:
        """Wait for the next status line.

        Comes back as sent: `ready`, `speaking`, `done`, `error REASON`. A helper that says nothing for `within_s`
        seconds is killed: `error late`. One that ended: `error ended`.
        """
        late = threading.Event()
        deadline = threading.Timer(within_s, self._give_up, [late])
        deadline.daemon = True
        deadline.start()
        line = self._process.stdout.readline() if self._process.stdout else b""
        deadline.cancel()
        return line.decode("utf-8", "replace").strip() or ("error late" if late.is_set() else "error ended")

    def kill(self) -> None:
        """End the helper and its player now; nothing happens when it has ended."""
        with self._ending:
            # Until it is reaped its number is its own, so no other process can be hit.
            if not self._reaped:
                _kill_group(self._process)

    def bury(self) -> None:
        """Kill it, let the system forget it, close its pipes."""
        self.kill()
        with self._ending:
            self._reaped = True
        with contextlib.suppress(subprocess.TimeoutExpired):  # stuck in a sound driver: not ours to wait for
            self._process.wait(_BURIAL_S)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # an unsent text in a broken pipe
                if pipe:
                    pipe.close()

    def _give_up(self, late: threading.Event) -> None:
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
