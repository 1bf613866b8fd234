"""`kiosk presence approve`."""

from __future__ import annotations

from dataclasses import replace

import click

from kiosk.app.acts.presence import new_message, require_name
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import OneOf
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.record.presence.entries import approving
from kiosk.record.presence.presence import MessageUse
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


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
    require_name(name)
    words = texts.text(text, "--text", "Exact words of the message (kept in the log)")
    made = MessageUse.of_id(use) or MessageUse.NOTICE
    message = new_message(texts, name, made, words, SystemClock().now())
    enter(home, mode, texts.kept(approving(replace(message, by=texts.name(by)))))
    output.data(f"The message “{name}” is approved for: {made.words}.")
    return Exit.DONE
