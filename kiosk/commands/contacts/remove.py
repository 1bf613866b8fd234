"""`kiosk contacts remove`."""

from __future__ import annotations

from kiosk.app.acts.contacts.edits import full_name, without
from kiosk.app.acts.contacts.home_contacts import home_contacts, planned
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.contacts.common import finish, name_argument
from kiosk.record.people.roles import Right
from kiosk.settings import Home


@as_command("If the protocol needs the role, add the successor first.")
@name_argument
@meaning_option
@pass_home
@needs(Right.CONTACTS)
def command(home: Home, name: str, by: str | None, texts: PromptedTexts) -> int:
    """Remove the person. Raises UsageError or Refused."""
    before = home_contacts(home)
    person = full_name(before.contacts, name)
    return finish(planned(before, without(before.contacts, person, before.protocol)), texts.name(by), name=person)
