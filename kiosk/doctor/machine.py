"""Checks of the computer: program, disk, voice, terminal."""

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

NEEDED_BYTES: Final = 64 * 1024 * 1024
"""Minimum free space for a real visit, in bytes."""

SCREEN: Final = (80, 24)

# SQLite releases in which two connections that write at once can't lose a commit. The kiosk has one connection.
_WAL_FIXED: Final = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


@dataclass(frozen=True, slots=True)
class Machine:
    """Facts about the computer for the checks.

    terminal: the variable TERM, or None without a terminal. columns, lines: its size, 0 when unknown.
    foreign_packages: packages of the program that are loaded from another folder.
    """

    python: tuple[int, int, int]
    sqlite: tuple[int, int, int]
    system: str
    terminal: str | None
    columns: int
    lines: int
    foreign_packages: tuple[str, ...] = ()


def check_program(machine: Machine) -> Iterator[Check]:
    """Check the program's packages, Python and SQLite."""
    if machine.foreign_packages:
        names = ", ".join(machine.foreign_packages)
        repair = "Install the kiosk again in its own environment, and start it with the `kiosk` command."
        yield Check(
            Subject.PROGRAM, State.RED, f"Packages of the program are loaded from another folder: {names}.", repair
        )
    else:
        yield Check(Subject.PROGRAM, State.GREEN, "All packages of the program are the kiosk's own.")
    python = ".".join(map(str, machine.python))
    if machine.python < (3, 11):
        yield Check(Subject.PYTHON, State.RED, f"Python {python} is too old.", "Install Python 3.11 or newer.")
    else:
        yield Check(Subject.PYTHON, State.GREEN, f"Python {python}.")
    # An old SQLite stays green: a desk can't change it, and its fault needs two writers, which the kiosk never has.
    remark = "" if _is_fixed(machine.sqlite) else " This older version is safe here: only one program writes."
    yield Check(Subject.SQLITE, State.GREEN, f"SQLite {'.'.join(map(str, machine.sqlite))}.{remark}")


def _is_fixed(sqlite: tuple[int, int, int]) -> bool:
    return any(sqlite[:2] == fixed[:2] and sqlite >= fixed for fixed in _WAL_FIXED) or sqlite >= _WAL_FIXED[-1]


def check_home(home: Home) -> Iterator[Check]:
    """Check that only this account can access the home, that it can be written, and that it has free space."""
    folder = home.path
    if not folder.is_dir():
        yield Check(Subject.HOME, State.RED, f"The folder {folder} does not exist yet.", "Run `kiosk setup`.")
        return
    with tempfile.TemporaryFile(dir=folder):
        pass
    open_to_others = _open_to_others(home)
    if open_to_others:
        repair = f"Remove their permissions: chmod -R go= {folder}"
        yield Check(Subject.HOME, State.AMBER, f"Other accounts on this computer can read {open_to_others[0]}.", repair)
    else:
        yield Check(Subject.HOME, State.GREEN, f"{folder} can be written, and only this account can access it.")
    free = shutil.disk_usage(folder).free
    words = f"{free // (1024 * 1024)} MiB are free."
    if free < NEEDED_BYTES:
        yield Check(
            Subject.SPACE, State.RED, f"The disk is nearly full: {words}", "Free some space; the kiosk needs 64 MiB."
        )
    else:
        yield Check(Subject.SPACE, State.GREEN, words)


def _open_to_others(home: Home) -> list[Path]:
    if os.name == "nt":  # Windows has access lists; the account's folder is private by default
        return []
    contacts = home.contacts_file, home.previous_contacts_file
    private = (home.path, home.settings_file, *contacts, home.log("live"), home.log("practice"))
    return [path for path in private if path.exists() and path.stat().st_mode & 0o077]


def check_voice(settings: Settings, voice: Callable[[], tuple[bool, str]]) -> Iterator[Check]:
    """Check the voice, unless speech is off."""
    if settings.speech == "off":
        yield Check(Subject.VOICE, State.GREEN, "The voice is turned off.")
        return
    ready, words = voice()
    repair = "" if ready else "Ask IT for a speaker and the voice, or turn it off: `kiosk setup --speech off`."
    yield Check(Subject.VOICE, State.GREEN if ready else State.AMBER, words, repair)


def check_terminal(machine: Machine) -> Iterator[Check]:
    """Check that this terminal can show the screen."""
    if machine.terminal is None:
        yield Check(Subject.TERMINAL, State.GREEN, "The screen was not checked, because this is not a terminal.")
    elif machine.system != "Windows" and machine.terminal in {"", "dumb", "unknown"}:
        repair = "Use another terminal, or set TERM to this terminal's type."
        yield Check(Subject.TERMINAL, State.AMBER, "This terminal can't show a full screen.", repair)
    elif 0 < machine.columns < SCREEN[0] or 0 < machine.lines < SCREEN[1]:
        words = f"This terminal has {machine.columns} columns and {machine.lines} lines."
        yield Check(
            Subject.TERMINAL,
            State.AMBER,
            words,
            "Enlarge the window to at least 80 columns by 24 lines, or use a smaller font.",
        )
    else:
        yield Check(Subject.TERMINAL, State.GREEN, "This terminal can show the kiosk's screen.")
