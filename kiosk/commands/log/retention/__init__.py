"""`kiosk log retention`: retention periods and destruction. Nothing is destroyed by time alone."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group

command: Final = Group(
    {
        "show": "Show the retention period of each category, or an authorization.",
        "set": "Set the retention period of a category.",
        "eligible": "List the records that are eligible for destruction, and request it.",
        "authorize": "Sign a request with the records officer's key.",
        "destroy": "Destroy the details of records that are eligible and authorized.",
    },
    __name__,
    help="Nothing is destroyed by itself, or by one person. A record can be destroyed when its retention period is "
    "over, no legal hold applies, and the records officer signed a request that names it.",
)
