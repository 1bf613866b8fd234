"""`kiosk report`: pages for people, made of records."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group, practice_option

LINES: Final = {
    "encounter": "Write one record as a page that anyone can read and check.",
    "period": "Report what happened in some days, for the superintendent.",
    "board": "Report counts by quarter for the board; nothing identifies a person.",
    "request": "Write the letter that answers a records request.",
    "certification": "Write the page with which a custodian certifies a copy.",
}
"""Each command with its line in the help, in the order of the help."""


@practice_option("the practice log instead of the live one")
def _nothing() -> int:
    return 0


command: Final = Group(LINES, __name__, callback=_nothing, params=[*getattr(_nothing, "__click_params__", [])])
