"""`kiosk contacts undo`."""

from __future__ import annotations

from kiosk.app.acts.contacts.home_contacts import home_contacts, undone
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.contacts.common import finish
from kiosk.record.people.roles import Right
from kiosk.settings import Home


@as_command("That is a change too, and has its own entry; a second time, it brings the undone change back.")
@meaning_option
@pass_home
@needs(Right.CONTACTS)
def command(home: Home, by: str | None, texts: PromptedTexts) -> int:
    """Restore the contacts that the log recorded before. Raises Refused if they are not kept here."""
    return finish(undone(home_contacts(home)), texts.name(by))
