"""The morning check: is this desk ready for a real visit, and what to repair if not.

Green is ready, amber is usable but something wants repair, red is not ready. Everything it looks at is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from kiosk.doctor.check import Check, red, worst
from kiosk.doctor.log import Log, check_log
from kiosk.doctor.machine import Machine, look_at_home, look_at_program, look_at_terminal, look_at_voice
from kiosk.doctor.pack import check_encryption, check_pack, check_settings
from kiosk.doctor.rules import look_at_rules
from kiosk.errors import KioskError
from kiosk.packs.library import Library
from kiosk.settings import Home, Settings, read_settings
from kiosk.system.clock import Clock

__all__ = ["Check", "Machine", "check_morning", "worst"]


def check_morning(
    home: Home,
    library: Library,
    clock: Clock,
    machine: Machine,
    open_log: Callable[[Home, Literal["live", "practice"]], Log],
    voice: Callable[[], tuple[bool, str]],
    as_of: date | None = None,
) -> tuple[Check, ...]:
    """Look at everything, in the order in which one would repair it. `voice` is asked only when the voice is wanted.
    `as_of` looks at the protocol as if it were that day.

    Never raises a KioskError: what can't be looked at is red, with the error's own words.
    """
    checks = [*look_at_program(machine), *look_at_rules(), *_tried("home", lambda: look_at_home(home))]
    settings = Settings()
    try:
        settings = read_settings(home)
        checks += [check_settings(settings), *check_encryption(settings)]
    except KioskError as error:
        checks.append(red("settings", error))
    today = as_of or clock.now().local().date()
    checks += _tried("protocol", lambda: check_pack(library, settings, today))
    checks += _tried("log", lambda: check_log(home, clock, open_log))
    checks += _tried("voice", lambda: look_at_voice(settings, voice))
    checks += look_at_terminal(machine)
    return tuple(checks)


def _tried(name: str, look: Callable[[], Iterator[Check]]) -> list[Check]:
    done: list[Check] = []
    try:
        done.extend(look())
    except (KioskError, OSError) as error:
        done.append(red(name, error))
    return done
