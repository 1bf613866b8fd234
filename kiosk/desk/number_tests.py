"""Test calls to the numbers of the contacts, as the log has them: when each number was last tried."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

from kiosk.log.archive import open_history
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.record.contacts.entries import NumberTest, newest_tests, number_of
from kiosk.settings import Home


def newest_tests_of(home: Home) -> Mapping[str, NumberTest]:
    """Return the newest test call to each number, by its hash; none without a log. Raises StoreUnusable."""
    if not home.log("live").exists():
        return {}
    with closing(open_history(home, "live")) as log:
        return newest_tests(log)


def numbers(contacts: Contacts) -> Mapping[str, Contact]:
    """Return one contact for each name with a number, in the order of the file, by name and number."""
    found: dict[str, Contact] = {}
    for people in contacts.roles.values():
        for one in people:
            found.setdefault(f"{one.name} {number_of(one)}", one)
    return found
