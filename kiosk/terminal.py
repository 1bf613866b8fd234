"""The terminal as it was found: whether a screen can be drawn on it, and how it is given back when all else fails."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

if sys.platform != "win32":
    import termios

KEYS: Final = 0
SCREEN: Final = 2
"""Where textual reads keys and draws: standard input and standard error."""

_STREAMS: Final = (KEYS, 1, SCREEN)
_CAN_DRAW_NOTHING: Final = {"", "dumb", "unknown"}

LEAVING: Final = (
    "\x1b[?2026l"  # a frame that was not finished is shown
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # the mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # reports of focus, pastes and sizes
    "\x1b[<u"  # kitty's keys; they belong to the alternate screen, so before it is left
    "\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"  # lines wrap, the main screen, its cursor, plain letters
)
"""Everything that a full screen turned on, turned off. Harmless where it is off."""


def why_unusable(
    environ: Mapping[str, str], streams: tuple[bool, bool, bool], system: str = sys.platform
) -> str | None:
    """None when the full screen can be drawn here; otherwise one or two calm sentences with the repair.

    streams: for standard input, output and error, whether each is a terminal. With an error stream that is a file the
    screen itself, and every word typed, would be in that file.
    """
    if not all(streams):
        return (
            "The kiosk needs a terminal for its screen: standard input, output and error must all be that terminal. "
            "Start it again without redirecting any of them."
        )
    if system != "win32" and environ.get("TERM", "") in _CAN_DRAW_NOTHING:
        return "This terminal can't draw a full screen (TERM says so). Use another one, then start it again."
    return None


def streams_are_terminals() -> tuple[bool, bool, bool]:
    """Whether standard input, output and error are terminals; one that was closed is none."""
    keys, out, screen = map(os.isatty, _STREAMS)
    return keys, out, screen


@dataclass(frozen=True, slots=True)
class Terminal:
    """What `restore` puts back. `settings` are termios' attributes; None where there are none."""

    settings: list[object] | None

    @classmethod
    def found(cls) -> Terminal:
        """The terminal of standard input as it is now, before any screen."""
        settings = None
        if sys.platform != "win32":
            with contextlib.suppress(termios.error, OSError):
                settings = termios.tcgetattr(KEYS)
        return cls(settings)

    def restore(self, words: str = "") -> None:
        """Give the terminal back at once, from any thread, whatever state the screen is in; then say `words`.

        Goes straight to the descriptors and waits for nobody: what the terminal has not read of a frame yet is thrown
        away, so that there is room for this even where nobody reads. Raises nothing.
        """
        if sys.platform == "win32" or self.settings is None:
            return
        with contextlib.suppress(termios.error, OSError):
            termios.tcflow(SCREEN, termios.TCOON)  # somebody may have stopped it
            termios.tcflush(SCREEN, termios.TCOFLUSH)
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(KEYS, termios.TCSANOW, self.settings)  # type: ignore[arg-type]
        with contextlib.suppress(OSError):
            _write_without_waiting((LEAVING + words).encode())


def _write_without_waiting(data: bytes) -> None:
    # Opened anew: a descriptor that others share must not be made to wait for nobody.
    screen = os.open(os.ttyname(SCREEN), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        os.write(screen, data)
    finally:
        os.close(screen)
