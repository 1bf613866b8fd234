"""`kiosk contacts`: the people in each role."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group

command: Final = Group(
    {
        "check": "List what is wrong with a contacts file.",
        "show": "Show the people to call, in order.",
        "import": "Check a contacts file and copy it into this kiosk.",
    },
    __name__,
)
