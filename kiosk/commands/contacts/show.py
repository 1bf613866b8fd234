"""`kiosk contacts show`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kiosk.app.acts.contacts.home_contacts import HomeContacts, contacts_in_use, role_title
from kiosk.app.acts.contacts.outlook import outlook
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import json_option
from kiosk.commands.common.paths import pack
from kiosk.commands.common.people import needs_nobody
from kiosk.desk.number_tests import newest_tests_of
from kiosk.errors import Exit, StoreUnusable
from kiosk.protocol.site.people import Contact, Contacts
from kiosk.record.contacts.entries import NumberTest, number_of
from kiosk.settings import Home
from kiosk.system.clock import SystemClock

Tests = Mapping[str, NumberTest]


@as_command("With the test calls in the log, and who is called now and on the next days.")
@json_option
@pass_home
@needs_nobody("the desk shows these numbers to everybody")
def command(home: Home, as_json: bool) -> int:
    """Print the people in each role, in calling order."""
    protocol, tests = pack(home, None).protocol, _tests(home)
    data, contacts, findings = contacts_in_use(home, protocol)
    if as_json:
        output.json_data(_as_json(contacts, tests))
        return Exit.DONE
    output.data(contacts.school)
    rows = [("ROLE", "NAME", "PHONE", "EXT", "HOURS", "TITLE", "AWAY", "TRIED")]
    for role, people in contacts.roles.items():
        rows += [
            (role_title(protocol, role), p.name, p.phone, p.extension, p.hours, p.title, p.away, _tried(tests, p))
            for p in people
        ]
    output.table(rows)
    output.lines(f"{slot} = {words}" for slot, words in contacts.slots.items())
    if protocol is not None:
        found = HomeContacts(home, data, contacts, findings, protocol)
        output.lines(["", *outlook(found, contacts, contacts.roles, SystemClock().now().local(), "en")])
    return Exit.DONE


def _tests(home: Home) -> Tests:
    """Return the test calls; none, with a message, if the log can't be read: the numbers are needed all the same."""
    try:
        return newest_tests_of(home)
    except StoreUnusable as error:
        output.message(f"The test calls are missing. {error.what}")
        return {}


def _tried(tests: Tests, contact: Contact) -> str:
    test = tests.get(number_of(contact))
    return "never" if test is None else f"{test.on}: {test.result.words}"


def _as_json(contacts: Contacts, tests: Tests) -> dict[str, Any]:
    special = contacts.special
    return {
        "school": contacts.school,
        "roles": {role: [_person(p, tests) for p in people] for role, people in contacts.roles.items()},
        "slots": dict(contacts.slots),
        "closed_days": sorted(map(str, special.closed)),
        "short_days": {str(day): times for day, times in special.short.items()},
    }


def _person(contact: Contact, tests: Tests) -> dict[str, Any]:
    test = tests.get(number_of(contact))
    tried = None if test is None else {"on": test.on.isoformat(), "result": test.result}
    return {**asdict(contact), "tried": tried}
