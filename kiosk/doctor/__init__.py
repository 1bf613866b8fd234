"""The daily check: whether this desk is ready for a real visit, and what to repair.

Green: ready. Amber: usable, but needs repair. Red: not ready. The caller passes in everything to check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal

from kiosk.doctor.check import Check, State, Subject, red, worst
from kiosk.doctor.contact_changes import check_contact_changes, check_numbers
from kiosk.doctor.destructions import check_destructions
from kiosk.doctor.district import check_district
from kiosk.doctor.log import Log, check_log
from kiosk.doctor.machine import Machine, check_home, check_program, check_terminal, check_voice
from kiosk.doctor.pack import check_encryption, check_pack, check_settings
from kiosk.doctor.people import check_people
from kiosk.doctor.presence import check_presence
from kiosk.doctor.records_key import check_records_key
from kiosk.doctor.requests import check_requests
from kiosk.doctor.rules import check_rules
from kiosk.errors import KioskError
from kiosk.log.archive import newest_day
from kiosk.log.recorded_keys import KeyOwner, key_of_home, recorded_key_of_home
from kiosk.packs.library import Library
from kiosk.packs.today import NewestDay
from kiosk.settings import Home, Settings, read_settings
from kiosk.system.clock import Clock

__all__ = ["Check", "Machine", "State", "Subject", "run_daily_check", "worst"]


def run_daily_check(
    home: Home,
    library: Library,
    clock: Clock,
    machine: Machine,
    open_log: Callable[[Home, Literal["live", "practice"]], Log],
    voice: Callable[[], tuple[bool, str]],
    as_of: date | None = None,
) -> tuple[Check, ...]:
    """Run all checks, in the order of repair.

    voice: called only when speech is on. as_of: checks the protocol as of that day.
    Never raises a KioskError: a check that fails to run is red, with the error's sentence.
    """
    checks = [*check_program(machine), *check_rules(), *_run(Subject.HOME, lambda: check_home(home))]
    settings = Settings()
    try:
        settings = read_settings(home)
        checks += [check_settings(settings), *check_encryption(settings)]
    except KioskError as error:
        checks.append(red(Subject.SETTINGS, error))
    today = as_of or clock.now().local().date()
    newest, recorded = _newest_day(home, as_of), key_of_home(home)
    checks += _run(Subject.PROTOCOL, lambda: check_pack(library, settings, today, newest, recorded))
    checks += _run(Subject.CONTACT_CHANGES, lambda: check_contact_changes(home, library, settings))
    checks += _run(Subject.NUMBERS, lambda: check_numbers(home, library, settings))
    officer = recorded_key_of_home(home, KeyOwner.RECORDS_OFFICER)
    checks += _run(Subject.RECORDS_KEY, lambda: check_records_key(settings, officer, today))
    checks += _run(Subject.PEOPLE, lambda: check_people(home))
    checks += _run(Subject.LOG, lambda: check_log(home, clock, open_log))
    checks += _run(Subject.PRESENCE, lambda: check_presence(home, clock.now()))
    checks += _run(Subject.REQUESTS, lambda: check_requests(home, clock.now().local().date()))
    checks += _run(Subject.DESTRUCTIONS, lambda: check_destructions(home))
    checks += _run(Subject.DISTRICT, lambda: check_district(home, clock))
    checks += _run(Subject.VOICE, lambda: check_voice(settings, voice))
    checks += check_terminal(machine)
    return tuple(checks)


def _newest_day(home: Home, as_of: date | None) -> NewestDay:
    return lambda: None if as_of else newest_day(home)


def _run(name: Subject, check: Callable[[], Iterator[Check]]) -> list[Check]:
    done: list[Check] = []
    try:
        done.extend(check())
    except (KioskError, OSError) as error:
        done.append(red(name, error))
    return done
