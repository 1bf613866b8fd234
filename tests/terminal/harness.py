"""A kiosk in a pseudo-terminal: start it, press keys, read its screen, count the presses, kill it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS: Mapping[str, bytes] = {
    "enter": b"\r",
    "esc": b"\x1b",
    "tab": b"\t",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "page-up": b"\x1b[5~",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "ctrl+c": b"\x03",
    "ctrl+p": b"\x10",
    "ctrl+q": b"\x11",
    "ctrl+z": b"\x1a",
    "ctrl+backslash": b"\x1c",
}

PATIENCE_S = 20.0
"""How long a wait may last before the test fails with the screen it saw."""

SHOWN_S = 1.0
"""How long a person waits for a key to do something before pressing the next one."""
NEXT_KEY_S = 0.15
"""How long a hand takes from one key to another."""
SAME_KEY_S = 0.8
"""How long a person reads before pressing the same key again."""

# Tests that were started in the background ignore Ctrl+C, and so would their children; a person's terminal does not.
_CONTROLLING = (
    "import fcntl,os,signal,sys,termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
_USUALLY_ON = {"7", "25"}
"""Lines wrap and the cursor is shown, in every terminal."""
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<=>?][0-9;]*[uphl$]*[a-zA-Z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)


class Terminal:
    """One program in an 80×24 pseudo-terminal. `raw` is every byte it ever wrote; `presses` counts keys, not words."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        plain = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _CONTROLLING, sys.executable, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**plain, **(environ or {})},
        )
        os.close(slave)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._text: str | None = None
        self.raw = b""
        self.presses = 0
        self._last = self._pressed_at = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """The screen as text, one line a row."""
        if self._text is None:  # put together once for each thing that is drawn: that costs as much as drawing it
            self._text = "\n".join(line.rstrip() for line in self._screen.display)
        return self._text

    def cell(self, x: int, y: int) -> tuple[str, str, str]:
        """A cell's character, and its colors front and back as `#rrggbb`."""
        cell = self._screen.buffer[y][x]
        services, back = _colour(cell.fg, "#aaaaaa"), _colour(cell.bg, "#000000")
        return (cell.data, back, services) if cell.reverse else (cell.data, services, back)

    @property
    def as_found(self) -> bool:
        """Whether a shell can go on here: lines, echo and signals, the main screen, no mode left on or off."""
        flags = termios.tcgetattr(self.master)[3]
        cooked = termios.ICANON | termios.ECHO | termios.ISIG
        modes = {mode.decode(): state == b"h" for mode, state in _MODE.findall(self.raw)}
        kitty = len(re.findall(rb"\x1b\[>\d+u", self.raw)) <= self.raw.count(b"\x1b[<u")
        return flags & cooked == cooked and kitty and all(on == (mode in _USUALLY_ON) for mode, on in modes.items())

    @property
    def said_after(self) -> list[str]:
        """The lines that stand in the terminal after the full screen was left for the last time."""
        after = self.raw.rpartition(b"\x1b[?1049l")[2]
        return [
            line.strip() for line in _MODE.sub(b"", after).decode().replace("\x1b[0m", "").splitlines() if line.strip()
        ]

    def press(self, *keys: str) -> None:
        """Press named keys or single characters, each counted."""
        for key in keys:
            self._as_a_hand_would(key)
            self.presses += 1
            os.write(self.master, KEYS.get(key, key.encode()))

    def _as_a_hand_would(self, key: str) -> None:
        # A press counts for what is on the screen when it is made, so wait for the effect of the last one. The same key
        # at once is one press, and a person who means it twice has read what it answers next.
        before, self._last = self._last, key
        shown = time.monotonic() + SHOWN_S
        while self._below_the_bar == self._pressed_at and time.monotonic() < shown:
            self.read(0.01)
        read, since = self._below_the_bar, time.monotonic()
        while time.monotonic() < since + (SAME_KEY_S if before == key else NEXT_KEY_S):
            self.read(0.01)
            if self._below_the_bar != read:
                read, since = self._below_the_bar, time.monotonic()
        self._pressed_at = self._below_the_bar

    @property
    def _below_the_bar(self) -> str:
        return self.text.partition("\n")[2]

    def type(self, words: str | bytes) -> None:
        """Type words; they are not counted as presses."""
        data = words.encode() if isinstance(words, str) else words
        self._pressed_at = self._below_the_bar
        while data:
            data = data[os.write(self.master, data[:512]) :]
            self.read(0)

    def paste(self, words: str) -> None:
        """Paste words as a terminal does, in brackets."""
        self.type(b"\x1b[200~" + words.encode() + b"\x1b[201~")

    def read(self, timeout: float) -> bool:
        """Take in what the program wrote within `timeout` seconds; False when it has gone."""
        try:
            while select.select([self.master], [], [], timeout)[0]:
                data = os.read(self.master, 65536)
                if not data:
                    return False
                self.raw += data
                self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", data))
                self._text = None
                timeout = 0
        except OSError:
            return False
        return True

    def wait_for(self, *words: str, gone: str | None = None, patience: float = PATIENCE_S) -> str:
        """Wait until every one of `words` is on the screen and `gone` is not; returns the screen."""
        return self.wait_until(
            lambda text: all(w in text for w in words) and not (gone and gone in text), words, patience
        )

    def wait_until(self, holds: Callable[[str], bool], what: object = "", patience: float = PATIENCE_S) -> str:
        """Wait until `holds(screen)`; fails with the screen that was seen."""
        deadline = time.monotonic() + patience
        while not holds(self.text):
            alive = self.read(0.02)
            if holds(self.text):
                break
            if not alive or time.monotonic() > deadline:
                raise AssertionError(f"waited for {what!r}, but the screen was:\n{self.text}")
        return self.text

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)
        self._text = None
        os.kill(self.process.pid, signal.SIGWINCH)

    def signal(self, number: int) -> None:
        """Send the program a signal from outside."""
        os.kill(self.process.pid, number)

    def exit_code(self, patience: float = PATIENCE_S) -> int:
        """Wait for the program's end, reading what it still writes."""
        deadline = time.monotonic() + patience
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(0.02)
        self.read(0)
        return self.process.wait(timeout=1)

    def kill(self) -> None:
        """Kill -9 the program and release the terminal."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=PATIENCE_S)
        if self.master >= 0:
            os.close(self.master)
            self.master = -1


_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_DARK = ("000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa")
_BRIGHT = ("555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff")
_CONSOLE = {name: f"#{value}" for name, value in zip(_NAMES, _DARK, strict=True)} | {
    f"bright{name}": f"#{value}" for name, value in zip(_NAMES, _BRIGHT, strict=True)
}
"""The sixteen colors as a PC console paints them, by pyte's names."""


def _colour(name: str, default: str) -> str:
    if name == "default":
        return default
    return _CONSOLE.get(name) or f"#{name}"


def open_kiosk(home: Path, *arguments: str, **keywords: object) -> Terminal:
    """The kiosk on that home, in a terminal."""
    return Terminal(["-m", "kiosk", "--home", str(home), *arguments], **keywords)  # type: ignore[arg-type]
