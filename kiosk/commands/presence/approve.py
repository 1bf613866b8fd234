"""`kiosk presence approve`."""

from __future__ import annotations

import re
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.errors import Exit, UsageError
from kiosk.protocol.syntax.forms import ID_LONGEST, ID_PATTERN
from kiosk.record.people.roles import Right
from kiosk.record.presence.entries import approving
from kiosk.record.presence.presence import ApprovedMessage, MessageUse
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

_ID: Final = re.compile(ID_PATTERN)


@as_command(
    "NAME is how commands call the message, such as agents-here or agents-here-es; a later approval replaces an "
    "earlier one. The log keeps the exact words, who approved them and when."
)
@click.argument("name", metavar="NAME")
@click.option(
    "--for",
    "use",
    metavar="USE",
    type=OneOf(MessageUse),
    required=True,
    help=f"what it is for: {'; '.join(f'{one} ({one.words})' for one in MessageUse)}",
)
@click.option("--text", metavar="TEXT", help="exact words of the message; no names")
@meaning_option
@pass_log
@needs(Right.PRESENCE)
def command(home: Home, mode: Mode, name: str, use: str, text: str | None, by: str | None, texts: PromptedTexts) -> int:
    """Enter the approval. Raises Refused, UsageError or PrivateText."""
    if not _ID.fullmatch(name) or len(name) > ID_LONGEST:
        raise UsageError(f"“{name}” is not a name for a message.", "Write it like agents-have-left.")
    words = texts.text(text, "--text", "Exact words of the message (kept in the log)")
    made = MessageUse.of_id(use) or MessageUse.NOTICE
    message = ApprovedMessage("", texts.checked("name", name), made, words, texts.name(by), SystemClock().now())
    enter(home, mode, texts.kept(approving(message)))
    output.data(f"The message “{name}” is approved for: {made.words}.")
    return Exit.DONE
