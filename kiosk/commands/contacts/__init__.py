"""`kiosk contacts`: the people in each role."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group

command: Final = Group(
    {
        "check": "List what is wrong with a contacts file.",
        "show": "Show the people to call, in order.",
        "add": "Add a person to a role.",
        "change": "Change the number, the hours or another value of a person.",
        "remove": "Remove a person who leaves from every role.",
        "away": "Enter the days on which a person is away, or that the person is back.",
        "tested": "Enter a test call, with its day.",
        "day": "Close a day, shorten it, or make it a usual one.",
        "undo": "Go back to the contacts before the newest change.",
        "import": "Check a contacts file and copy it into this kiosk.",
    },
    __name__,
)
