"""Checks of the contacts by the log: the newest change, one that no session has recorded yet, and the test calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.desk.contact_changes import changed_roles, recorded_contacts
from kiosk.desk.number_tests import newest_tests_of, numbers
from kiosk.doctor.check import Check, State, Subject
from kiosk.packs.library import Library
from kiosk.protocol.site.people import Contacts
from kiosk.record.contacts.entries import NumberResult, number_of
from kiosk.settings import Home, Settings
from kiosk.worded import many

_REPAIR: Final = (
    "Compare the numbers with `kiosk contacts show`. If nobody knows of the change, call the Superintendent's Office."
)

_CORRECT: Final = "Correct the number with `kiosk contacts change`, and try it: `kiosk contacts tested`."


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


def check_numbers(home: Home, library: Library, settings: Settings) -> Iterator[Check]:
    """Report when the numbers were last tried; nothing without contacts or a log. Raises StoreUnusable, UsageError.

    A number that reached the wrong person is amber. Numbers that nobody tried stay green: most were dialed before.
    """
    contacts = library.contacts(library.find(settings.protocol))[0]
    if contacts is None or not home.contacts_file.is_file() or not home.log("live").exists():
        return
    tests = newest_tests_of(home)
    tried = {one: tests.get(number_of(one)) for one in numbers(contacts).values()}
    wrong = [one.name for one, test in tried.items() if test and test.result is NumberResult.WRONG_NUMBER]
    if wrong:
        words = f"A test call reached a wrong number: {', '.join(wrong)}."
        yield Check(Subject.NUMBERS, State.AMBER, words, _CORRECT)
        return
    days = [test.on for test in tried.values() if test]
    never = f"{len(tried) - len(days)} of {many(len(tried), 'number')} never tried."
    oldest = f" The oldest of the newest test calls is of {min(days)}." if days else ""
    yield Check(Subject.NUMBERS, State.GREEN, f"{never}{oldest} `kiosk contacts show` has each.")
