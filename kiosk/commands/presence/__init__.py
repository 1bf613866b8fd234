"""`kiosk presence`: the presence of officers, from a rumor to the all clear."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group, practice_option

LINES: Final = {
    "approve": "Approve a message beforehand: a notice, or the all clear.",
    "messages": "List the approved messages.",
    "report": "Enter that officers were seen; it is unconfirmed.",
    "confirm": "Enter who confirmed it, where and when.",
    "false": "Enter that a report was false, and how that is known.",
    "notice": "Enter that the notice was sent, and to whom.",
    "clear": "Enter that agents have left, and the second message.",
    "list": "List reports of presence, newest first.",
}
"""Each command with its line in the help, in the order of use."""


@practice_option("the practice log instead of the live one")
def _nothing() -> int:
    return 0


command: Final = Group(LINES, __name__, callback=_nothing, params=[*getattr(_nothing, "__click_params__", [])])
