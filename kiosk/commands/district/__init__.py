"""`kiosk district`: many desks, one database."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common.command import Group

command: Final = Group(
    {"send": "Send this desk's logs to the district, until it is ended."},
    package=__name__,
    help="The district's database, which has the logs of all desks.",
)
