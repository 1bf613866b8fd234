"""The right that each command declares."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from kiosk.commands.common.command import Group
from kiosk.commands.common.people import declared
from kiosk.commands.root import root
from kiosk.record.people.roles import Right

NOBODY = {"setup", "doctor", "protocol", "key", "completion", "guide", "district"}
"""The commands that need nobody: anyone who has the account sets up and repairs a desk, and reads how it is used."""

NEEDED = {
    "contacts import": Right.CONTACTS,
    "contacts add": Right.CONTACTS,
    "contacts change": Right.CONTACTS,
    "contacts remove": Right.CONTACTS,
    "contacts away": Right.CONTACTS,
    "contacts tested": Right.CONTACTS,
    "contacts day": Right.CONTACTS,
    "contacts undo": Right.CONTACTS,
    "log list": Right.LOOK,
    "log show": Right.LOOK,
    "log audit": Right.LOOK,
    "log verify": Right.VERIFY,
    "log checkpoint issue": Right.VERIFY,
    "log checkpoint code": Right.VERIFY,
    "log checkpoint list": Right.LOOK,
    "log export": Right.EXPORT,
    "log amend": Right.AMEND,
    "log hold list": Right.LOOK,
    "log hold place": Right.HOLD,
    "log hold release": Right.HOLD,
    "log retention show": Right.LOOK,
    "log retention set": Right.RETENTION,
    "log retention eligible": Right.LOOK,
    "log retention destroy": Right.DESTROY,
    "log backup": Right.BACKUP,
    "log restore": Right.RESTORE,
    "log history": Right.LOOK,
    "report encounter": Right.EXPORT,
    "report period": Right.EXPORT,
    "report board": Right.EXPORT,
    "report certification": Right.EXPORT,
    "duty list": Right.LOOK,
    "duty assign": Right.DUTIES,
    "duty done": Right.DUTIES,
    "duty except": Right.DUTIES,
    "report request": Right.EXPORT,
    "assess": Right.REVIEW,
    "presence approve": Right.PRESENCE,
    "presence clear": Right.PRESENCE,
    "presence confirm": Right.PRESENCE,
    "presence false": Right.PRESENCE,
    "presence notice": Right.PRESENCE,
    "presence report": Right.PRESENCE,
    "presence list": Right.LOOK,
    "presence messages": Right.LOOK,
    "request new": Right.REQUESTS,
    "request give": Right.REQUESTS,
    "request extend": Right.REQUESTS,
    "request close": Right.REQUESTS,
    "request list": Right.LOOK,
    "request show": Right.LOOK,
    "review": Right.LOOK,
    "people list": Right.LOOK,
    "people add": Right.PEOPLE,
    "people change": Right.PEOPLE,
    "people remove": Right.PEOPLE,
}
FREE = {"contacts check", "contacts show", "log decrypt", "log retention authorize", "people reset"}
"""The commands of these groups that need nobody, each with a reason of its own."""


def commands(group: Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command, by the words that are typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if path or name not in NOBODY:
            if isinstance(found, Group):
                yield from commands(found, f"{path}{name} ")
            elif found is not None:
                yield f"{path}{name}", found


def test_each_command_declares_its_right_or_why_it_needs_nobody() -> None:
    """A new command is in this list before it is done."""
    found = {path: declared(command) for path, command in commands(root)}
    assert [path for path, needed in found.items() if needed is None] == []
    assert {path: needed.right for path, needed in found.items() if needed and needed.right} == NEEDED
    assert {path for path, needed in found.items() if needed and needed.why} == FREE


@pytest.mark.parametrize(
    ("path", "option", "right"),
    [
        ("log amend", "reviewed", Right.REVIEW),
        ("log history", "acknowledge", Right.RESTORE),
        ("log show", "privileged", Right.REVIEW),
        ("log retention eligible", "path", Right.RETENTION),
    ],
)
def test_an_option_can_need_another_right(path: str, option: str, right: Right) -> None:
    """And it is an option of the command."""
    command = dict(commands(root))[path]
    needed = declared(command)
    assert needed is not None
    assert needed.for_options({option: "x"}) is right
    assert needed.for_options({option: None}) is needed.right
    assert option in {parameter.name for parameter in command.params}


def test_each_command_with_a_right_asks_who_runs_it() -> None:
    """By the same two options, each once; the review asks on its own first screen."""
    for path, command in commands(root):
        names = [parameter.name for parameter in command.params]
        if path in NEEDED and path != "review":
            assert (names.count("by"), names.count("passphrase_file")) == (1, 1), path
