"""`kiosk request new`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import click

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
from kiosk.errors import Exit, KioskError, UsageError
from kiosk.log.acts.requests import all_requests
from kiosk.log.record_search import find_records
from kiosk.packs.library import Library
from kiosk.privacy.meanings import Meaning
from kiosk.record.duties.due_time import business_days_later
from kiosk.record.people.roles import Right
from kiosk.record.requests.entries import next_number, receiving
from kiosk.record.requests.records_request import MOST_DAYS, Channel, RecordsRequest, Scope
from kiosk.settings import LONGEST, Home, Mode, read_settings
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
    received = day_of(typed["received"]) or now.local().date()
    if received > now.local().date():
        raise UsageError(f"{received} is not here yet.", "Give the day on which it came with --received.")
    closed = closed_days(home)
    due = _due(closed, received, typed)
    asks = arg_or_prompt(typed["requester"], "--requester", "Who asks (name of a person or an office)")
    requester = texts.checked("requester", asks, LONGEST, Meaning.NAME)
    asked = texts.text(typed["asked"], "--asked", "What was asked for (kept in the log)")
    by, days = texts.name(typed["by"]), typed["days"]
    with reading(home, mode) as log:
        records = tuple(record.no for record in find_records(log, typed["numbers"], mode))
        no = next_number(all_requests(log), mode, now.local().year)
    scope = Scope(asked, records, days.first, days.last)
    channel, count = Channel.of_id(typed["how"]) or Channel.LETTER, typed["business_days"]
    request = RecordsRequest("", no, now, requester, channel, received, due, count, scope, by)
    enter(home, mode, texts.kept(receiving(request)))
    output.data(f"{no} is entered. It is due on {due}.")
    if count is not None:
        output.message(_counted(closed, received, due))
    return Exit.DONE


def _due(closed: Collection[date], received: date, typed: dict[str, Any]) -> date:
    """Return the deadline. Raises UsageError unless exactly one way to count it was typed, and it is in order."""
    given = [name for name in ("business_days", "calendar_days", "due") if typed[name] is not None]
    if len(given) != 1:
        raise UsageError("A request has one deadline.", "Give one of --business-days, --days and --due.")
    if typed["business_days"] is not None:
        return business_days_later(received, typed["business_days"], closed)
    if typed["calendar_days"] is not None:
        return received + timedelta(days=typed["calendar_days"])
    due = day_of(typed["due"]) or received
    if due < received:
        raise UsageError(f"{due} comes before {received}, the day of arrival.", "Give a later day with --due.")
    return due


def closed_days(home: Home) -> tuple[date, ...]:
    """Return the days when the district is closed besides weekends; none without a protocol or settings that read."""
    try:
        protocol = Library(home).find(read_settings(home).protocol).protocol
        return () if protocol is None else Library(home).district(protocol)[0].closed_days
    except KioskError:
        return ()


def _counted(closed: Collection[date], received: date, due: date) -> str:
    """Say which days did not count, so that a missing holiday is noticed."""
    if skipped := [day for day in closed if received < day < due]:
        return f"Not counted besides weekends: {', '.join(map(str, skipped))}."
    return f"Only weekends were not counted (settings.yaml has {many(len(closed), 'closed day')})."
