"""The people who fill the roles at one school. The first screen uses this without the reader of the contacts file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.errors import UsageError
from kiosk.i18n.strings import text
from kiosk.protocol.site.hours import parse_hours

if TYPE_CHECKING:
    from kiosk.protocol.model import Protocol


@dataclass(frozen=True, slots=True)
class Contact:
    """One person or office. Everything is as written in the file; missing values are empty."""

    name: str
    title: str = ""
    phone: str = ""
    extension: str = ""
    hours: str = ""
    address: str = ""
    url: str = ""

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

    def available_at(self, now: datetime) -> bool | None:
        """Check whether the person is available at local time `now`; None if no hours are written."""
        return self.open_at(now.weekday(), now.hour * 60 + now.minute) if self.hours else None

    def open_at(self, weekday: int, minute_of_day: int) -> bool:
        """Check whether to call now. Missing or unreadable hours mean always, so that a typo hides nobody."""
        try:
            return not self.hours or parse_hours(self.hours).open_at(weekday, minute_of_day)
        except UsageError:
            return True


@dataclass(frozen=True, slots=True)
class Contacts:
    """Who fills which role at a school; the first of a role is called first, the others are backups.

    slots: the school's own words for the protocol's slots, by slot id.
    """

    school: str
    roles: Mapping[str, tuple[Contact, ...]]
    slots: Mapping[str, str] = field(default_factory=dict)


def after_hours(protocol: Protocol, contacts: Contacts, now: datetime) -> bool:
    """Check whether the protocol's after-hours roles are called first at local time `now`.

    They are if one of them has a contact, and no contact of the other roles with written hours is available now. A
    school without any written hours is always called as on a school day.
    """
    if not any(contacts.roles.get(role) for role in protocol.after_hours):
        return False
    others = (role for role in protocol.roles if role not in protocol.after_hours)
    there = [c.available_at(now) for role in others for c in contacts.roles.get(role, ()) if c.hours]
    return bool(there) and not any(there)
