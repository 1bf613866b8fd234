"""`kiosk district`: many desks, one database."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group

command: Final = Group(
    {
        "init": "Make the store in an empty database.",
        "enroll": "Make the role of a desk, and the file with which it joins.",
        "retire": "End the role of a desk at once.",
        "grant": "Make the role of a reader, an auditor, a keeper or a publisher.",
        "revoke": "End the role of a person or a job at once.",
        "status": "Show how each desk is, those with a problem first.",
        "acknowledge": "Enter that a person looked at what is wrong with a desk.",
        "bundle": "Sign a protocol, its settings and contacts as one file for the desks.",
        "publish": "Publish a bundle: the desks fetch it, check it and install it.",
        "verify": "Verify every log in the database, entry by entry.",
        "send": "Send this desk's logs to the district, until it is ended.",
    },
    package=__name__,
    help="The district's database, which has the logs of all desks.",
)
