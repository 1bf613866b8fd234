"""What the commands that change the contacts share: checked values, and the end of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

import click

from kiosk.app.acts.contacts.differences import differences
from kiosk.app.acts.contacts.edits import MEANINGS, roles_of, typed_form
from kiosk.app.acts.contacts.home_contacts import ContactsPlan, save
from kiosk.app.acts.contacts.outlook import outlook
from kiosk.commands.common import output
from kiosk.commands.common.texts import PromptedTexts
from kiosk.errors import Exit
from kiosk.settings import LONGEST
from kiosk.system.clock import SystemClock

F = TypeVar("F", bound=Callable[..., Any])

VALUES = {
    "phone": "number to call, as 860-555-0100, or + and the country code",
    "extension": "extension: one to seven digits",
    "hours": "hours, such as “Mon-Fri 07:30-15:30” or “Mon-Fri 7:30 AM-3:30 PM”",
    "title": "position",
    "address": "address on the referral card",
    "url": "web address on the referral card",
}
"""The options for the values of a person."""

role_argument = click.argument("role", metavar="ROLE")
name_argument = click.argument("name", metavar="NAME")


def values_options(run: F) -> F:
    """Add an option for each value of a person, besides the name."""
    for key, words in reversed(VALUES.items()):
        run = click.option(f"--{key}", metavar="TEXT", help=words)(run)
    return run


def checked(texts: PromptedTexts, typed: Mapping[str, str | None]) -> dict[str, str]:
    """Return the given values, each checked for its form and for the log; an empty one stays empty."""
    given = {key: typed_form(key, words) for key, words in typed.items() if words is not None}
    return {k: texts.checked(k, words, LONGEST, MEANINGS.get(k)) if words else "" for k, words in given.items()}


def finish(plan: ContactsPlan, by: str, *, name: str = "", first: date | None = None) -> Exit:
    """Save the change, and print it with who is called now; return FOUND if the log has no entry of it.

    name: the person, for a change that no role shows. first: the first day to show.
    """
    unrecorded, now = save(plan, by, SystemClock()), SystemClock().now().local()
    output.lines(differences(plan, "en"))
    roles = plan.roles or roles_of(plan.contacts, name)
    output.lines(outlook(plan.before, plan.contacts, roles, now, "en", first))
    return reported(unrecorded)


def reported(unrecorded: str) -> Exit:
    """Print why the log has no entry of the change; return FOUND then."""
    if unrecorded:
        output.message(f"The log has no entry of the change. {unrecorded}")
        return Exit.FOUND
    return Exit.DONE
