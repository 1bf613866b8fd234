"""Closed and short days in the home's settings.yaml: checked, saved with their entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.app import bootstrap
from kiosk.app.acts.contacts.home_contacts import HomeContacts
from kiosk.errors import KioskError, Refused, UsageError
from kiosk.packs.files import read
from kiosk.packs.library import Library
from kiosk.privacy.guard import PrivateText
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.site.district import District
from kiosk.protocol.site.district_file import rewritten
from kiosk.protocol.site.hours import parse_times
from kiosk.protocol.site.special_days import CLOSED, SpecialDays
from kiosk.record.contacts.entries import day_changed
from kiosk.settings import Home
from kiosk.system.clock import Clock
from kiosk.system.files import ensure_folder, remove, save_file


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A change of one day that was checked. was, now: `closed`, the times of a short day, or empty. data: the file."""

    home: Home
    day: date
    was: str
    now: str
    special: SpecialDays
    before: bytes | None
    after: bytes


def planned_day(contacts: HomeContacts, day: date, to: str) -> DayPlan:
    """Return the change of one day. to: `closed`, times such as `8:00 AM-12:00 PM`, or empty for a usual day.

    Raises UsageError if nothing changes, for other times, and for settings that can't be read.
    """
    home, protocol = contacts.home, contacts.protocol
    district, findings = Library(home).district(protocol)
    if wrong := errors(findings):
        raise UsageError(f"The district's settings can't be changed: {wrong[0].cause}", wrong[0].repair)
    now = to if to in {"", CLOSED} else _times(to)
    was = district.special.on(day)
    if was == now:
        raise UsageError("Nothing would change.", "Give another day, or another value.")
    special = district.special.changed(day, now)
    before = read(home.district_file) if home.district_file.is_file() else None
    named = District(district.protocol or protocol.id, district.name, district.choices).with_special(special)
    return DayPlan(home, day, was, now, special, before, rewritten(before or b"", named, protocol))


def save_day(plan: DayPlan, by: str, clock: Clock) -> str:
    """Save a day with its entry. Return why the log has no entry; empty if it has.

    Raises Refused if the settings were changed meanwhile or the person may not change them, and StoreUnusable; nothing
    is changed then.
    """
    file = plan.home.district_file
    if (read(file) if file.is_file() else None) != plan.before:
        raise Refused("The settings were changed meanwhile. Nothing was saved.", "Try again.")
    ensure_folder(plan.home.path)
    save_file(file, plan.after)
    if not plan.home.log("live").exists():
        return ""
    try:
        bootstrap.enter(plan.home, "live", clock, day_changed(plan.day, plan.was, plan.now, by))
    except (Refused, PrivateText):
        remove(file) if plan.before is None else save_file(file, plan.before)
        raise
    except KioskError as error:
        return error.what
    return ""


def _times(words: str) -> str:
    """Return the times of one day as the file has them."""
    spans = parse_times(words)
    if len(spans) != 1:
        raise UsageError("A short day has one span of time.", "Write it as “08:00-12:00”.")
    return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in spans[0])
