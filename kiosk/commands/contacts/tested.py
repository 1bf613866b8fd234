"""`kiosk contacts tested`."""

from __future__ import annotations

import click

from kiosk.app.acts.contacts.edits import full_name
from kiosk.app.acts.contacts.home_contacts import home_contacts
from kiosk.app.acts.contacts.number_entries import planned_test, save_test
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import day_or_today
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.commands.contacts.common import name_argument
from kiosk.desk.number_tests import numbers
from kiosk.errors import Exit, UsageError
from kiosk.protocol.site.people import Contact
from kiosk.record.contacts.entries import NumberResult
from kiosk.record.people.roles import Right
from kiosk.settings import Home
from kiosk.system.clock import SystemClock


@as_command("`kiosk contacts show` and `kiosk doctor` say when each number was last tried.")
@name_argument
@click.option("--result", metavar="RESULT", type=OneOf(NumberResult), required=True, help=", ".join(NumberResult))
@click.option("--on", metavar="DAY", help="day of the call (default: today)")
@click.option("--phone", metavar="TEXT", help="number, for a person with several")
@meaning_option
@pass_home
@needs(Right.CONTACTS)
def command(
    home: Home, name: str, result: str, on: str | None, phone: str | None, by: str | None, texts: PromptedTexts
) -> int:
    """Enter the test call. Raises UsageError, Refused."""
    person = _person(home, name, phone)
    said = NumberResult.of_id(result) or NumberResult.NO_ANSWER
    today, day = SystemClock().now().local().date(), day_or_today(on)
    planned_test(person, said, day, "", today)  # before anybody is asked for a name
    save_test(home, planned_test(person, said, day, texts.name(by), today), SystemClock())
    output.data(f"The test call to {person.name}, {person.shown_phone()}, is entered: {said.words}.")
    return Exit.DONE


def _person(home: Home, name: str, phone: str | None) -> Contact:
    contacts = home_contacts(home).contacts
    full = full_name(contacts, name)
    found = [one for one in numbers(contacts).values() if one.name == full and phone in {None, one.phone}]
    if len(found) == 1:
        return found[0]
    known = ", ".join(one.phone for one in numbers(contacts).values() if one.name == full)
    raise UsageError(f"{full} has these numbers: {known}.", "Give one of them with --phone.")
