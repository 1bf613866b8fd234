"""Test calls: planned, and entered in the live log."""

from __future__ import annotations

from datetime import date

from kiosk.app import bootstrap
from kiosk.errors import UsageError
from kiosk.protocol.site.people import Contact
from kiosk.record.contacts.entries import NumberResult, NumberTest, entry_of, number_of
from kiosk.settings import Home
from kiosk.system.clock import Clock


def planned_test(contact: Contact, result: NumberResult, on: date, by: str, today: date) -> NumberTest:
    """Return the test call to a person. Raises UsageError for a day that is not here yet."""
    if on > today:
        raise UsageError(f"{on} is not here yet.", "Give the day of the call.")
    return NumberTest(contact.name, number_of(contact), result, on, by)


def save_test(home: Home, test: NumberTest, clock: Clock) -> None:
    """Record a test call in the live log. Raises Refused, StoreUnusable."""
    bootstrap.enter(home, "live", clock, entry_of(test))
