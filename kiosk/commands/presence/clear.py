"""`kiosk presence clear`."""

from __future__ import annotations

from dataclasses import replace

from kiosk.app.acts.presence import in_order, message_id
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option, reason_option
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
from kiosk.record.presence.presence import Clearance
from kiosk.settings import Home, Mode


@as_command(
    f"{NUMBER} Everybody who got the notice gets the second message. If no notice was sent, leave out --message and "
    "--to, and say why with --reason: a court order, or they left before."
)
@number_argument
@message_option
@audience_option
@reason_option
@meaning_option
@pass_log
@needs(Right.PRESENCE)
def command(
    home: Home,
    mode: Mode,
    no: str,
    message: str | None,
    audiences: tuple[str, ...],
    reason: str | None,
    by: str | None,
    texts: PromptedTexts,
) -> int:
    """Enter the all clear. Raises Refused, UsageError or PrivateText."""
    about, why = subject(home, mode, no), texts.checked("reason", reason) if reason else ""
    draft = Clearance(about.now, "?", message_id(about.known, message), in_order(audiences), why)
    about.require(draft)
    enter(home, mode, about.entry(replace(draft, by=texts.name(by)), texts))
    output.data(f"All clear for {about.presence.no}.")
    return Exit.DONE
