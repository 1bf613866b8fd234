"""`kiosk protocol`: the superintendent's protocol, from the first draft to its installation."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group

LINES: Final = {
    "new": "Start a protocol from the template.",
    "check": "List the findings of a protocol, the most important first.",
    "explain": "Explain a finding by its code, or list all.",
    "test": "Run the scenarios of a protocol.",
    "show": "Show every step with its texts and answers.",
    "graph": "Draw a protocol: every step, and where each answer leads.",
    "review-copy": "Write the copy that superintendent and counsel read and mark up.",
    "diff": "Show what changed between two versions, step by step.",
    "translate": "Write or update the file of a translation.",
    "approve": "Approve the exact content of a protocol with the superintendent's key.",
    "install": "Verify an approved protocol and put it in force.",
    "schema": "Print the JSON Schema with which editors check a file.",
}
"""Each command with its line in the help, in the order of use."""

command: Final = Group(LINES, __name__)
