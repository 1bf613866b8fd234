"""The commands of `kiosk`. Only this table is loaded before a command's name is read."""

from __future__ import annotations

from typing import Final

COMMANDS: Final = {
    "setup": "Set up this desk, or change a setting.",
    "doctor": "Run the daily check: what is ready, what is not, and the repair.",
    "protocol": "Write, check, test, approve and install protocols.",
    "contacts": "Check, show and import contacts: the people to call.",
    "log": "List, show, verify, amend, retain, back up and export records.",
    "assess": "Enter what an administrator or counsel decided about a record.",
    "presence": "Enter the presence of officers: confirmed, notice, all clear.",
    "request": "Enter records requests, with deadlines, copies given and letters.",
    "review": "Read the records in full screen.",
    "report": "Write reports for people: text, HTML or PDF.",
    "duty": "List what must be done after a visit, and record it as done.",
    "people": "Set up who may read, change and destroy records.",
    "district": "Many desks, one database: send to it, or look after it.",
    "key": "Make and show keys.",
    "guide": "Write a guide of two pages, with pictures of the screens.",
    "completion": "Print a script that completes commands in a shell.",
}
"""Each command with its line in the help, in the order of the help."""
