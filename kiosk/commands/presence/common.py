"""A report of presence by its number, its options, and its entry, for several commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import click

from kiosk.commands.common.entries import enter
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.errors import UsageError
from kiosk.log.acts.presence import all_presences, find_presence
from kiosk.record.presence.changes import Change, changed
from kiosk.record.presence.entries import MINUTE, Presences, changing
from kiosk.record.presence.entries import minute as read_minute
from kiosk.record.presence.presence import Audience, PlaceSeen, Presence
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant, SystemClock

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


def minute_seen(typed: str | None, now: Instant) -> str:
    """Return the typed minute, or that of now. Raises UsageError for one that is not over."""
    newest = f"{now.local():{MINUTE}}"
    try:
        said = newest if typed is None else read_minute(typed.strip())
    except ValueError as error:
        raise UsageError(f"“{typed}” is not a minute.", "Write it like '2026-11-30 10:42'.") from error
    if said > newest:
        raise UsageError(f"{said} is not here yet.", "Give the minute when they were seen with --at.")
    return said


def audience_of(typed: tuple[str, ...]) -> tuple[Audience, ...]:
    """Return the typed groups, each once, in the order of the list."""
    return tuple(one for one in Audience if one in typed)


def message_id(found: Presences, name: str | None) -> str:
    """Return the id of the approved message with this name; empty for no name. Raises UsageError if there is none."""
    if not name:
        return ""
    message = found.message(name.strip())
    if message is None:
        raise UsageError(f"No message “{name}” is approved.", "`kiosk presence messages` shows those that are.")
    return message.event_id


@dataclass(frozen=True, slots=True)
class Subject:
    """The report that a command is about, with all that is known, and the time of the command."""

    home: Home
    mode: Mode
    presence: Presence
    known: Presences
    now: Instant

    def require(self, draft: Change) -> None:
        """Raise Refused for a change that is not possible, before anybody is asked for a name or a reason."""
        changed(self.presence, draft, self.known.messages)

    def enter(self, change: Change, texts: PromptedTexts) -> str:
        """Enter a change; return the number of the report. Raises as `bootstrap.enter`."""
        enter(self.home, self.mode, texts.kept(changing(self.presence, change, self.known.messages)))
        return self.presence.no


def subject(home: Home, mode: Mode, no: str) -> Subject:
    """Return the report with this number. Raises UsageError, StoreUnusable."""
    with reading(home, mode) as log:
        known = all_presences(log)
    return Subject(home, mode, find_presence(known, no, mode), known, SystemClock().now())
