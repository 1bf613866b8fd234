"""`kiosk contacts add`."""

from __future__ import annotations

import click

from kiosk.app.acts.contacts.edits import added
from kiosk.app.acts.contacts.home_contacts import home_contacts, planned
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import Whole
from kiosk.commands.contacts.common import checked, finish, name_argument, role_argument, values_options
from kiosk.errors import UsageError
from kiosk.protocol.site.people import Contact
from kiosk.record.people.roles import Right
from kiosk.settings import Home


@as_command("ROLE is an id of the protocol; `kiosk contacts show --json` shows those in use. NAME is in quotes.")
@role_argument
@name_argument
@values_options
@click.option("--order", metavar="N", type=Whole(1, 99), help="position in the order of calls (default: last)")
@meaning_option
@pass_home
@needs(Right.CONTACTS)
def command(
    home: Home, role: str, name: str, order: int | None, by: str | None, texts: PromptedTexts, **typed: str | None
) -> int:
    """Add the person. Raises UsageError, Refused or PrivateText."""
    before = home_contacts(home)
    if role not in {**before.protocol.roles, **before.contacts.roles}:
        raise UsageError(f"The protocol has no role {role}.", f"It has: {', '.join(before.protocol.roles)}.")
    person = Contact(**checked(texts, {"name": name, **typed}))
    place = len(before.contacts.roles.get(role, ())) if order is None else order - 1
    plan = planned(before, added(before.contacts, role, person, place))
    return finish(plan, texts.name(by))
