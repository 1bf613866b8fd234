"""A report of presence by its number, and its options, for several commands."""

from __future__ import annotations

from typing import Final

import click

from kiosk.app.acts.presence import Subject
from kiosk.commands.common.records import reading
from kiosk.commands.common.values import OneOf
from kiosk.log.acts.presence import all_presences, find_presence
from kiosk.record.presence.presence import Audience, PlaceSeen
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

NUMBER: Final = "NO is the number of a report of presence, such as S-2026-0001."

number_argument = click.argument("no", metavar="NO")
place_option = click.option(
    "--where", metavar="PLACE", type=OneOf(PlaceSeen), required=True, help=f"where: {', '.join(PlaceSeen)}"
)
minute_option = click.option(
    "--at", "at", metavar="MINUTE", help="when they were seen, such as '2026-11-30 10:42' (default: now)"
)
message_option = click.option("--message", metavar="NAME", help="approved message that was sent")
audience_option = click.option(
    "--to",
    "audiences",
    metavar="GROUP",
    type=OneOf(Audience),
    multiple=True,
    help=f"who got it; repeatable: {', '.join(Audience)}",
)


def subject(home: Home, mode: Mode, no: str) -> Subject:
    """Return the report with this number. Raises UsageError, StoreUnusable."""
    with reading(home, mode) as log:
        known = all_presences(log)
    return Subject(find_presence(known, no, mode), known, SystemClock().now())
