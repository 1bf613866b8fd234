"""`kiosk presence report`."""

from __future__ import annotations

from dataclasses import replace

import click

from kiosk.app.acts.presence import minute_seen, new_report
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.commands.presence.common import minute_option, place_option
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.record.presence.entries import reporting
from kiosk.record.presence.presence import LearnedFrom, PlaceSeen
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command("It has no text, so it can't say anything about a person. It may belong to a record, or stand alone.")
@place_option
@minute_option
@click.option(
    "--source", metavar="SOURCE", type=OneOf(LearnedFrom), required=True, help=f"how: {', '.join(LearnedFrom)}"
)
@click.option("--record", metavar="NO", help="record that it belongs to")
@meaning_option
@pass_log
@needs(Right.PRESENCE)
def command(
    home: Home,
    mode: Mode,
    where: str,
    at: str | None,
    source: str,
    record: str | None,
    by: str | None,
    texts: PromptedTexts,
) -> int:
    """Enter the report; print its number. Raises UsageError, Refused or PrivateText."""
    now = SystemClock().now()
    seen = minute_seen(at, now)
    place, learned = PlaceSeen.of_id(where) or PlaceSeen.ELSEWHERE, LearnedFrom.of_id(source) or LearnedFrom.STAFF
    with reading(home, mode) as log:
        made = new_report(log, mode, now, place, learned, seen, record or "")
    enter(home, mode, texts.kept(reporting(replace(made, by=texts.name(by)))))
    output.data(f"{made.no} is entered. It is unconfirmed.")
    return Exit.DONE
