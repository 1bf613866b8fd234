"""`kiosk contacts away`."""

from __future__ import annotations

import click

from kiosk.app.acts.contacts.edits import away, full_name, returned
from kiosk.app.acts.contacts.home_contacts import home_contacts, planned
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.contacts.common import finish, name_argument
from kiosk.errors import UsageError
from kiosk.record.people.roles import Right
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import DateRange


@as_command("On these days, the others in the person's roles are called first. An absence ends by itself.")
@name_argument
@days_options
@click.option("--back", is_flag=True, help="the person is back; no absence stays")
@meaning_option
@pass_home
@needs(Right.CONTACTS)
def command(home: Home, name: str, days: DateRange, *, back: bool, by: str | None, texts: PromptedTexts) -> int:
    """Enter the absence. Raises UsageError."""
    before, today = home_contacts(home), SystemClock().now().local().date()
    person = full_name(before.contacts, name)
    if back:
        if days.first or days.last:
            raise UsageError("Somebody who is back has no days away.", "Leave out --from and --to.")
        return finish(planned(before, returned(before.contacts, person, today)), texts.name(by), name=person)
    if days.last is None:
        raise UsageError("An absence has a last day.", "Give it with --to, or end the absence with --back.")
    first = days.first or today
    plan = planned(before, away(before.contacts, person, (first, days.last), today))
    return finish(plan, texts.name(by), name=person, first=first)
