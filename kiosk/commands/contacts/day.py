"""`kiosk contacts day`."""

from __future__ import annotations

from datetime import date

import click

from kiosk.app.acts.contacts.calendar_days import planned_day, save_day
from kiosk.app.acts.contacts.home_contacts import home_contacts
from kiosk.app.acts.contacts.outlook import on_day
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.dates import day_of
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.contacts.common import reported
from kiosk.errors import UsageError
from kiosk.protocol.site.special_days import CLOSED
from kiosk.record.people.roles import Right
from kiosk.settings import Home
from kiosk.system.clock import SystemClock


@as_command(
    "On a closed day, nobody with written hours is there; on a short day, only while the schools are open. Saturdays "
    "and Sundays follow from the hours. The days are in settings.yaml."
)
@click.argument("day", metavar="DAY")
@click.option("--closed", "closes", is_flag=True, help="the schools are closed on that day")
@click.option("--open", "times", metavar="TIMES", help="time in which the schools are open, such as 08:00-12:00")
@click.option("--usual", is_flag=True, help="a day like any other")
@meaning_option
@pass_home
@needs(Right.CONTACTS)
def command(
    home: Home, day: str, *, closes: bool, times: str | None, usual: bool, by: str | None, texts: PromptedTexts
) -> int:
    """Change the day, and print who is there then. Raises UsageError, Refused."""
    if [closes, times is not None, usual].count(True) != 1:
        raise UsageError("A day is closed, short or usual.", "Give one of --closed, --open and --usual.")
    before, on = home_contacts(home), day_of(day) or date.min
    plan = planned_day(before, on, CLOSED if closes else times or "")
    unrecorded = save_day(plan, texts.name(by), SystemClock())
    output.data(f"{on} is now {plan.now or 'a usual day'}. The days are in {home.district_file}.")
    output.lines(on_day(before, plan.special, on, "en"))
    return reported(unrecorded)
