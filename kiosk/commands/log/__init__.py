"""`kiosk log`: the records and the log."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group, practice_option

LINES: Final = {
    "list": "List records, newest first.",
    "show": "Show one record in full.",
    "audit": "List entries about the system itself, newest first.",
    "verify": "Verify that the log was not changed.",
    "checkpoint": "Issue, list and print checkpoints of the log.",
    "export": "Export records to a file; the log keeps who got it.",
    "amend": "Add to a record or correct it; close an unfinished one.",
    "hold": "Place, list or release legal holds.",
    "retention": "Set retention periods, list and destroy eligible records.",
    "decrypt": "Decrypt the notes in an evidence package, at the district.",
    "backup": "Copy the log to another place and check the copy.",
    "restore": "Restore a backup; the kiosk starts a new log that refers to it.",
    "history": "List all logs of this kiosk and why each was replaced.",
}
"""Each command with its line in the help, in the order of the help."""


@practice_option("the practice log instead of the live one")
def _nothing() -> int:
    return 0


command: Final = Group(LINES, __name__, callback=_nothing, params=[*getattr(_nothing, "__click_params__", [])])
