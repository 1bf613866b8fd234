"""`kiosk request`: records requests."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group, practice_option

LINES: Final = {
    "new": "Enter a records request, with its deadline.",
    "list": "List records requests, newest first.",
    "show": "Show one request: what was asked, given and withheld.",
    "give": "Enter that an export was given for a request.",
    "extend": "Extend the deadline of a request.",
    "close": "Close a request: answered, denied or withdrawn.",
}
"""Each command with its line in the help, in the order of the help."""


@practice_option("the practice log instead of the live one")
def _nothing() -> int:
    return 0


command: Final = Group(LINES, __name__, callback=_nothing, params=[*getattr(_nothing, "__click_params__", [])])
