"""The terminal: checks that it can show a full screen, and restores it after a failure."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

if sys.platform != "win32":
    import termios

KEYS: Final = 0
SCREEN: Final = 2
"""Textual reads keys from standard input and draws on standard error."""

_STREAMS: Final = (KEYS, 1, SCREEN)
_CAN_DRAW_NOTHING: Final = {"", "dumb", "unknown"}
_PAUSE_S: Final = 0.02
_TRIES: Final = 20

LEAVING: Final = (
    "\x1b[?2026l"  # show an unfinished frame
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"  # mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # focus, paste and size reports
    "\x1b[<u"  # kitty keys; set per screen, so before the alternate screen is left
    "\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"  # line wrap, main screen, cursor, plain text
)
"""Escape sequences that turn off all modes of a full screen. Harmless where they are already off."""


def why_unusable(
    environ: Mapping[str, str], streams: tuple[bool, bool, bool], system: str = sys.platform
) -> str | None:
    """Return None when the full screen can be drawn here, else one or two sentences with the repair.

    streams: whether standard input, output and error are terminals. If standard error were a file, the screen and all
    typed text would be written to that file.
    """
    if not all(streams):
        return (
            "The kiosk needs a terminal: standard input, output and error must all be connected to it. "
            "Start the kiosk in a terminal, without redirection."
        )
    if system != "win32" and environ.get("TERM", "") in _CAN_DRAW_NOTHING:
        return "This terminal can't show a full screen (see the variable TERM). Start the kiosk in another terminal."
    return None


def streams_are_terminals() -> tuple[bool, bool, bool]:
    """Return whether standard input, output and error are terminals; a closed stream is not."""
    keys, out, screen = map(os.isatty, _STREAMS)
    return keys, out, screen


@dataclass(frozen=True, slots=True)
class Terminal:
    """The terminal state for `restore`. `settings`: termios attributes; None without a terminal."""

    settings: list[object] | None

    @classmethod
    def found(cls) -> Terminal:
        """Save the present state of the terminal on standard input. Call it before drawing a screen."""
        settings = None
        if sys.platform != "win32":
            with contextlib.suppress(termios.error, OSError):
                settings = termios.tcgetattr(KEYS)
        return cls(settings)

    def restore(self, words: str = "") -> None:
        """Restore the terminal at once, from any thread and in any state of the screen, then print `words`.

        Writes directly to the descriptors and takes at most half a second. Unread output is discarded, so that there is
        room even if nothing reads it. Raises nothing.
        """
        if sys.platform == "win32" or self.settings is None:
            return
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(KEYS, termios.TCSANOW, self.settings)  # type: ignore[arg-type]  # as tcgetattr gave them
        with contextlib.suppress(termios.error, OSError):
            termios.tcflow(SCREEN, termios.TCOON)  # output may be stopped
            time.sleep(_PAUSE_S)  # a write blocked by the stop ends now
        with contextlib.suppress(termios.error, OSError):
            _write_without_waiting((LEAVING + words).encode())


def _write_without_waiting(data: bytes) -> None:
    # A new file description, because making the shared one non-blocking would affect the shell too.
    screen = os.open(os.ttyname(SCREEN), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        for _ in range(_TRIES):
            termios.tcflush(SCREEN, termios.TCOFLUSH)
            with contextlib.suppress(BlockingIOError):
                if os.write(screen, data) == len(data):
                    return
            time.sleep(_PAUSE_S)
    finally:
        os.close(screen)
