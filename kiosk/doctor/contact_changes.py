"""Check of changes to the contacts: the day of the newest one, and a change that no session has recorded yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.desk.contact_changes import changed_roles, recorded_contacts
from kiosk.doctor.check import Check, State, Subject
from kiosk.packs.library import Library
from kiosk.protocol.site.people import Contacts
from kiosk.settings import Home, Settings

_REPAIR: Final = (
    "Compare the numbers with `kiosk contacts show`. If nobody knows of the change, call the Superintendent's Office."
)


def check_contact_changes(home: Home, library: Library, settings: Settings) -> Iterator[Check]:
    """Compare the contacts with those in the log; yield nothing while it has none. Raises StoreUnusable, UsageError."""
    recorded = recorded_contacts(home)
    if recorded is None:
        return
    contacts = library.contacts(library.find(settings.protocol))[0]
    roles = changed_roles(contacts or Contacts("", {}), recorded)
    if roles:
        words = f"The contacts were changed since the log recorded them: {', '.join(roles)}."
        yield Check(Subject.CONTACT_CHANGES, State.AMBER, words, _REPAIR)
    elif recorded.changed:
        day = f" on {recorded.at.local():%Y-%m-%d}" if recorded.at else ""
        words = f"The contacts were changed last{day}: {', '.join(recorded.changed)}."
        yield Check(Subject.CONTACT_CHANGES, State.GREEN, words)
