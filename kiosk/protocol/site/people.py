"""The people who fill the roles at one school. The first screen uses this without the reader of the contacts file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from kiosk.errors import UsageError
from kiosk.i18n.strings import text
from kiosk.protocol.site.away import is_away
from kiosk.protocol.site.hours import parse_hours
from kiosk.protocol.site.special_days import NO_SPECIAL_DAYS, SpecialDays

if TYPE_CHECKING:
    from kiosk.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class Contact:
    """One person or office. Everything is as written in the file; missing values are empty.

    away: the days on which the person is away.
    """

    name: str
    title: str = ""
    phone: str = ""
    extension: str = ""
    hours: str = ""
    address: str = ""
    url: str = ""
    away: str = ""

    def shown_phone(self, language: str = "en") -> str:
        """Return the number as the screen shows it in `language`: `860-555-0142  ext 214`."""
        return "  ".join(words for words in (self.phone, self.shown_extension(language)) if words)

    def shown_extension(self, language: str = "en") -> str:
        """Return the extension as written in `language`, `ext 214`; empty if there is none."""
        return text("phone.ext", language, extension=self.extension) if self.extension else ""

    def spoken_phone(self, language: str = "en") -> str:
        """Return the number for a sentence spoken in `language`."""
        if not self.extension:
            return self.phone
        return text("phone.spoken", language, phone=self.phone, extension=self.extension)

    def available_at(self, now: datetime, special: SpecialDays = NO_SPECIAL_DAYS) -> bool | None:
        """Check whether the person is available at local time `now`; None if no hours are written, unless away."""
        if is_away(self.away, now.date()):
            return False
        if not self.hours:
            return None
        minute = now.hour * 60 + now.minute
        return self.open_at(now.weekday(), minute) and (
            self._always or any(start <= minute < end for start, end in special.spans(now.date()))
        )

    def is_there_on(self, day: date, special: SpecialDays = NO_SPECIAL_DAYS) -> bool:
        """Check whether the person is available at some time of this day."""
        if is_away(self.away, day):
            return False
        try:
            hours = parse_hours(self.hours or "always")
        except UsageError:
            return True
        return hours.always or any(hours.meets(day.weekday(), *span) for span in special.spans(day))

    def open_at(self, weekday: int, minute_of_day: int) -> bool:
        """Check whether to call now. Missing or unreadable hours mean always, so that a typo hides nobody."""
        try:
            return not self.hours or parse_hours(self.hours).open_at(weekday, minute_of_day)
        except UsageError:
            return True

    @property
    def _always(self) -> bool:
        """Whether the hours are those of every day, or can't be read."""
        try:
            return parse_hours(self.hours).always
        except UsageError:
            return True


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who fills which role at a school; the first of a role is called first, the others are backups.

    slots: the school's own words for the protocol's slots, by slot id. special: the district's closed and short days.
    """

    school: str
    roles: Mapping[str, tuple[Contact, ...]]
    slots: Mapping[str, str] = field(default_factory=dict)
    special: SpecialDays = NO_SPECIAL_DAYS

    def available(self, contact: Contact, now: datetime) -> bool | None:
        """Check whether a contact is available at local time `now`; None if that is unknown."""
        return contact.available_at(now, self.special)

    def on(self, day: date) -> Contacts:
        """Return the contacts in calling order on this day: in each role, people who are away come last."""
        ordered = {
            role: tuple(sorted(people, key=lambda one: is_away(one.away, day))) for role, people in self.roles.items()
        }
        return replace(self, roles=ordered)


def after_hours(protocol: Protocol, contacts: Contacts, now: datetime) -> bool:
    """Check whether the protocol's after-hours roles are called first at local time `now`.

    They are if one of them has a contact, and no contact of the other roles with written hours is available now. A
    school without any written hours is always called as on a school day.
    """
    if not any(contacts.roles.get(role) for role in protocol.after_hours):
        return False
    others = (role for role in protocol.roles if role not in protocol.after_hours)
    there = [contacts.available(c, now) for role in others for c in contacts.roles.get(role, ()) if c.hours]
    return bool(there) and not any(there)
