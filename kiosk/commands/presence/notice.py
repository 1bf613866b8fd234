"""`kiosk presence notice`."""

from __future__ import annotations

from dataclasses import replace

from kiosk.app.acts.presence import in_order, message_id
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.presence.common import (
    NUMBER,
    audience_option,
    message_option,
    number_argument,
    subject,
)
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.record.presence.presence import Notice
from kiosk.settings import Home, Mode


@as_command(f"{NUMBER} The kiosk sends nothing: enter what was sent. A second notice to others can follow.")
@number_argument
@message_option
@audience_option
@meaning_option
@pass_log
@needs(Right.PRESENCE)
def command(
    home: Home,
    mode: Mode,
    no: str,
    message: str | None,
    audiences: tuple[str, ...],
    by: str | None,
    texts: PromptedTexts,
) -> int:
    """Enter the notice. Raises Refused, UsageError or PrivateText."""
    about, groups = subject(home, mode, no), in_order(audiences)
    draft = Notice(about.now, "?", message_id(about.known, message), groups)
    about.require(draft)
    enter(home, mode, about.entry(replace(draft, by=texts.name(by)), texts))
    output.data(f"The notice of {about.presence.no} was sent to: {', '.join(one.words for one in groups)}.")
    return Exit.DONE
