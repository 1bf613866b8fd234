"""A terminal that can't be drawn on gets an error; a full-screen terminal is restored from any state."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import pytest

from kiosk.system.terminal import LEAVING, why_unusable

posix = pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")

ALL: Final = (True, True, True)


@pytest.mark.parametrize(
    ("environ", "streams", "system", "usable"),
    [
        ({"TERM": "xterm-256color"}, ALL, "linux", True),
        ({"TERM": "linux"}, ALL, "linux", True),
        ({"TERM": "dumb"}, ALL, "linux", False),
        ({"TERM": ""}, ALL, "linux", False),
        ({}, ALL, "linux", False),
        ({}, ALL, "win32", True),
        ({"TERM": "xterm"}, (False, True, True), "linux", False),
        ({"TERM": "xterm"}, (True, False, True), "linux", False),
        ({"TERM": "xterm"}, (True, True, False), "linux", False),
        ({}, (True, True, False), "win32", False),
    ],
)
def test_a_terminal_is_usable_or_the_repair_is_told(
    environ: Mapping[str, str], streams: tuple[bool, bool, bool], system: str, usable: bool
) -> None:
    """All three streams must be the terminal: an error stream that is a file would hold the screen."""
    words = why_unusable(environ, streams, system)
    assert (words is None) == usable
    assert words is None or words.endswith(".")


_RESTORED: Final = """
import os, sys, termios, tty
from kiosk.system.terminal import Terminal
found = Terminal.found()
before = termios.tcgetattr(0)
tty.setraw(0)
if sys.argv[1] == "stopped":
    termios.tcflow(2, termios.TCOOFF)
if sys.argv[1] == "full":
    os.set_blocking(2, False)
    try:
        while True:
            os.write(2, b"x" * 4096)
    except BlockingIOError:
        pass
found.restore("over\\n")
os._exit(0 if termios.tcgetattr(0) == before else 1)
"""


@posix
@pytest.mark.parametrize("state", ["raw", "stopped", "full"])
def test_a_terminal_is_given_back_even_where_nobody_reads(state: str) -> None:
    """Settings, modes and one sentence arrive from a terminal that is stopped, and from one that takes no more."""
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, "-c", _RESTORED, state], stdin=theirs, stdout=theirs, stderr=theirs) as done:
        assert done.wait(20) == 0
    os.set_blocking(ours, False)
    said = b""
    while not said.endswith(b"over\r\n"):
        said += os.read(ours, 65536)  # raises where nothing more comes
    assert LEAVING.encode() in said
    os.close(theirs)
    os.close(ours)


@posix
def test_without_a_terminal_nothing_is_restored() -> None:
    """No terminal, no error."""
    code = "from kiosk.system.terminal import Terminal; Terminal.found().restore('words')"
    done = subprocess.run([sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
