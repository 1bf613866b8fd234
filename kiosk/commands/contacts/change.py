"""`kiosk contacts change`."""

from __future__ import annotations

import click

from kiosk.app.acts.contacts.edits import changed, moved, place_of
from kiosk.app.acts.contacts.home_contacts import home_contacts, planned
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import Whole
from kiosk.commands.contacts.common import checked, finish, name_argument, role_argument, values_options
from kiosk.record.people.roles import Right
from kiosk.settings import Home


@as_command(
    "The options that are given change; an empty one removes the value. A value changes in every role in which the "
    "person has it."
)
@role_argument
@name_argument
@click.option("--name", "new_name", metavar="TEXT", help="other name")
@values_options
@click.option("--order", metavar="N", type=Whole(1, 99), help="position in the order of calls of this role")
@meaning_option
@pass_home
@needs(Right.CONTACTS)
def command(
    home: Home,
    role: str,
    name: str,
    new_name: str | None,
    order: int | None,
    by: str | None,
    texts: PromptedTexts,
    **typed: str | None,
) -> int:
    """Change the person. Raises UsageError, Refused or PrivateText."""
    before = home_contacts(home)
    contacts, n = before.contacts, place_of(before.contacts, role, name)
    for key, words in checked(texts, {**typed, "name": new_name}).items():
        contacts = changed(contacts, role, n, key, words)
    if order is not None:
        contacts = moved(contacts, role, n, order - 1)
    return finish(planned(before, contacts), texts.name(by))
