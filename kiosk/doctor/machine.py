"""The computer itself: program, disk, voice, terminal."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.doctor.check import Check, State, Subject
from kiosk.settings import Home, Settings

ROOM_BYTES: Final = 64 * 1024 * 1024
"""Below this much free space (bytes) a desk is not ready for a real visit; `db.disk.reserve` counts the same as low."""

SCREEN: Final = (80, 24)

# The releases of SQLite in which two connections that write at once can't lose a commit. The kiosk has one.
_WAL_FIXED: Final = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


@dataclass(frozen=True, slots=True)
class Machine:
    """What the checks need to know of the computer. `terminal` is TERM, or None when there is no terminal here."""

    python: tuple[int, int, int]
    sqlite: tuple[int, int, int]
    system: str
    terminal: str | None
    columns: int
    lines: int
    strangers: tuple[str, ...] = ()


def look_at_program(machine: Machine) -> Iterator[Check]:
    """Whether the program is whole and what it runs on."""
    if machine.strangers:
        names = ", ".join(machine.strangers)
        repair = "Install the kiosk again in an environment of its own, and start it with the `kiosk` command."
        yield Check(Subject.PROGRAM, State.RED, f"Parts of the program came from elsewhere: {names}.", repair)
    else:
        yield Check(Subject.PROGRAM, State.GREEN, "All parts of the program are the kiosk's own.")
    python = ".".join(map(str, machine.python))
    if machine.python < (3, 11):
        yield Check(Subject.PYTHON, State.RED, f"Python {python} is too old.", "Install Python 3.11 or newer.")
    else:
        yield Check(Subject.PYTHON, State.GREEN, f"Python {python}.")
    # Old SQLite stays green: a desk can't change it, and the kiosk never has the two writers that it takes.
    remark = "" if _is_fixed(machine.sqlite) else " An older one; safe here, because only one program ever writes."
    yield Check(Subject.SQLITE, State.GREEN, f"SQLite {'.'.join(map(str, machine.sqlite))}.{remark}")


def _is_fixed(sqlite: tuple[int, int, int]) -> bool:
    return any(sqlite[:2] == fixed[:2] and sqlite >= fixed for fixed in _WAL_FIXED) or sqlite >= _WAL_FIXED[-1]


def look_at_home(home: Home) -> Iterator[Check]:
    """Whether the home can be written, by this account only, and has room."""
    folder = home.path
    if not folder.is_dir():
        yield Check(Subject.HOME, State.RED, f"The folder {folder} is not there yet.", "Run `kiosk setup`.")
        return
    with tempfile.TemporaryFile(dir=folder):
        pass
    open_to_others = _open_to_others(home)
    if open_to_others:
        repair = f"Take the rights away from others: chmod -R go= {folder}"
        yield Check(Subject.HOME, State.AMBER, f"Other accounts of this computer can read {open_to_others[0]}.", repair)
    else:
        yield Check(Subject.HOME, State.GREEN, f"{folder} can be written, and only by this account.")
    free = shutil.disk_usage(folder).free
    room = f"{free // (1024 * 1024)} MiB are free."
    if free < ROOM_BYTES:
        yield Check(Subject.SPACE, State.RED, f"The disk is nearly full: {room}", "Free some space; 64 MiB are needed.")
    else:
        yield Check(Subject.SPACE, State.GREEN, room)


def _open_to_others(home: Home) -> list[Path]:
    if os.name == "nt":  # access lists; the folder of the account is private by default
        return []
    kept = (home.path, home.settings_file, home.contacts_file, home.log("live"), home.log("practice"))
    return [path for path in kept if path.exists() and path.stat().st_mode & 0o077]


def look_at_voice(settings: Settings, voice: Callable[[], tuple[bool, str]]) -> Iterator[Check]:
    """Whether words can be read aloud; asked only when they should be."""
    if settings.speech == "off":
        yield Check(Subject.VOICE, State.GREEN, "The voice is turned off.")
        return
    ready, words = voice()
    repair = "" if ready else "Ask IT for the voice and a loudspeaker, or turn it off: `kiosk setup --speech off`."
    yield Check(Subject.VOICE, State.GREEN if ready else State.AMBER, words, repair)


def look_at_terminal(machine: Machine) -> Iterator[Check]:
    """Whether this terminal can draw the screen."""
    if machine.terminal is None:
        yield Check(Subject.TERMINAL, State.GREEN, "Not run at a terminal, so the screen was not looked at.")
    elif machine.system != "Windows" and machine.terminal in {"", "dumb", "unknown"}:
        repair = "Use another terminal, or set TERM to what this one is."
        yield Check(Subject.TERMINAL, State.AMBER, "This terminal can't draw a full screen.", repair)
    elif 0 < machine.columns < SCREEN[0] or 0 < machine.lines < SCREEN[1]:
        words = f"This terminal has {machine.columns} columns and {machine.lines} lines."
        yield Check(
            Subject.TERMINAL,
            State.AMBER,
            words,
            "Make the window at least 80 columns by 24 lines, or the letters smaller.",
        )
    else:
        yield Check(Subject.TERMINAL, State.GREEN, "This terminal can draw the kiosk's screen.")
