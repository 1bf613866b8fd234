"""`kiosk presence confirm`."""

from __future__ import annotations

from dataclasses import replace

import click

from kiosk.app.acts.presence import minute_seen
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.presence.common import (
    NUMBER,
    minute_option,
    number_argument,
    place_option,
    subject,
)
from kiosk.errors import Exit
from kiosk.privacy.meanings import Meaning
from kiosk.record.people.roles import Right
from kiosk.record.presence.presence import Confirmation, PlaceSeen
from kiosk.settings import LONGEST, Home, Mode


@as_command(f"{NUMBER} Only an administrator's or a designee's own eyes confirm it; the protocol says whose.")
@number_argument
@place_option
@minute_option
@click.option("--confirmed-by", metavar="NAME", help="full name of the person who saw them; kept in the log")
@meaning_option
@pass_log
@needs(Right.PRESENCE)
def command(
    home: Home,
    mode: Mode,
    no: str,
    where: str,
    at: str | None,
    confirmed_by: str | None,
    by: str | None,
    texts: PromptedTexts,
) -> int:
    """Enter the confirmation. Raises Refused, UsageError or PrivateText."""
    place = PlaceSeen.of_id(where) or PlaceSeen.ELSEWHERE
    about = subject(home, mode, no)
    draft = Confirmation(about.now, "?", "?", place, minute_seen(at, about.now))
    about.require(draft)
    asked = arg_or_prompt(confirmed_by, "--confirmed-by", "Who confirmed it (full name)")
    who = texts.checked("name", asked, LONGEST, Meaning.NAME)
    enter(home, mode, about.entry(replace(draft, by=texts.name(by), confirmed_by=who), texts))
    output.data(f"{about.presence.no} is confirmed. Next: `kiosk presence notice`.")
    return Exit.DONE
