"""`kiosk presence false`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option, reason_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.presence.common import NUMBER, number_argument, subject
from kiosk.errors import Exit
from kiosk.record.people.roles import Right
from kiosk.record.presence.presence import Refutation
from kiosk.settings import Home, Mode


@as_command(f"{NUMBER} Not after a notice: then people must hear of the end (`kiosk presence clear`).")
@number_argument
@reason_option
@meaning_option
@pass_log
@needs(Right.PRESENCE)
def command(home: Home, mode: Mode, no: str, reason: str | None, by: str | None, texts: PromptedTexts) -> int:
    """Enter that it was false. Raises Refused, UsageError or PrivateText."""
    about = subject(home, mode, no)
    about.require(Refutation(about.now, "?", "?"))
    why = texts.text(reason, "--reason", "How it is known (kept in the log)")
    enter(home, mode, about.entry(Refutation(about.now, texts.name(by), why), texts))
    output.data(f"{about.presence.no} is a false report.")
    return Exit.DONE
