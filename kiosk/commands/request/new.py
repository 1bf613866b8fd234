"""`kiosk request new`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import click

from kiosk.app.acts.requests import (
    BUSINESS_DAYS,
    DAY,
    DAYS,
    closed_days,
    deadline,
    numbered,
    received_day,
    skipped,
)
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import day_of, days_options
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf, Whole
from kiosk.errors import Exit, UsageError
from kiosk.privacy.meanings import Meaning
from kiosk.record.people.roles import Right
from kiosk.record.requests.entries import receiving
from kiosk.record.requests.records_request import MOST_DAYS, Channel, RecordsRequest, Scope
from kiosk.settings import LONGEST, Home, Mode
from kiosk.system.clock import SystemClock
from kiosk.worded import many


@as_command(
    "Give the deadline that applies with --business-days, --days or --due: the kiosk knows no law. The day of arrival "
    "does not count. Business days are Monday to Friday without the days when the district is closed (settings.yaml)."
)
@click.option("--requester", metavar="NAME", help="who asks: a person or an office; kept in the log")
@click.option("--how", metavar="HOW", type=OneOf(Channel), required=True, help="how it came")
@click.option("--received", metavar="DAY", help="day on which it came (default: today)")
@click.option("--business-days", metavar="N", type=Whole(1, MOST_DAYS), help="deadline in business days")
@click.option("--days", "calendar_days", metavar="N", type=Whole(1, MOST_DAYS), help="deadline in days, weekends too")
@click.option("--due", metavar="DAY", help="deadline as a day")
@click.option("--asked", metavar="TEXT", help="what was asked for; kept in the log and printed in the letter")
@click.option("--record", "numbers", metavar="NO", multiple=True, help="record that it names; repeatable")
@days_options
@meaning_option
@pass_log
@needs(Right.REQUESTS, gets_by=True)
def command(home: Home, mode: Mode, /, **typed: Any) -> int:
    """Enter the request; print its number. Raises UsageError, Refused or PrivateText."""
    now = SystemClock().now()
    texts: PromptedTexts = typed["texts"]
    received = received_day(day_of(typed["received"]), now.local().date())
    closed = closed_days(home)
    due = _due(closed, received, typed)
    asks = arg_or_prompt(typed["requester"], "--requester", "Who asks (name of a person or an office)")
    requester = texts.checked("requester", asks, LONGEST, Meaning.NAME)
    asked = texts.text(typed["asked"], "--asked", "What was asked for (kept in the log)")
    by, days = texts.name(typed["by"]), typed["days"]
    scope = Scope(asked, typed["numbers"], days.first, days.last)
    channel, count = Channel.of_id(typed["how"]) or Channel.LETTER, typed["business_days"]
    with reading(home, mode) as log:
        made = numbered(log, mode, RecordsRequest("", "?", now, requester, channel, received, due, count, scope, by))
    enter(home, mode, texts.kept(receiving(made)))
    output.data(f"{made.no} is entered. It is due on {due}.")
    if count is not None:
        output.message(_counted(closed, received, due))
    return Exit.DONE


def _due(closed: Collection[date], received: date, typed: dict[str, Any]) -> date:
    """Return the deadline. Raises UsageError unless exactly one way to count it was typed, and it is in order."""
    ways = {BUSINESS_DAYS: typed["business_days"], DAYS: typed["calendar_days"], DAY: day_of(typed["due"])}
    given = [(way, value) for way, value in ways.items() if value is not None]
    if len(given) != 1:
        raise UsageError("A request has one deadline.", "Give one of --business-days, --days and --due.")
    return deadline(received, *given[0], closed)


def _counted(closed: Collection[date], received: date, due: date) -> str:
    """Say which days did not count."""
    if days := skipped(closed, received, due):
        return f"Not counted besides weekends: {', '.join(days)}."
    return f"Only weekends were not counted (settings.yaml has {many(len(closed), 'closed day')})."
