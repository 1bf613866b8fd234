"""`kiosk district acknowledge`: a person looked at what the database refused from a desk."""

from __future__ import annotations

import click

from db.district.acknowledging import acknowledge
from db.district.connection import Address
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.options import by_option, meaning_option, reason_option
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.district.server import opened, server_options
from kiosk.errors import Exit
from kiosk.worded import many


@as_command(
    "Everything that the status says of the desk now counts as looked at, with your name and reason. With --resume, "
    "entries of a quarantined log are taken again; what does not follow from what is there is refused again."
)
@click.argument("school", metavar="SCHOOL")
@click.argument("desk", metavar="DESK")
@by_option
@reason_option
@click.option("--resume", is_flag=True, help="take entries of a quarantined log again")
@meaning_option
@server_options
def command(
    server: Address,
    school: str,
    desk: str,
    by: str | None,
    reason: str | None,
    resume: bool,
    texts: PromptedTexts,
) -> int:
    """Enter it. Raises Refused, UsageError or PrivateText."""
    why, who = texts.text(reason, "--reason", "What you found, and what was done"), texts.name(by)
    with opened(server) as store:
        resumed = acknowledge(store, school, desk, who, why, resume=resume)
    output.data(f"What is known of the desk {desk} of {school} is acknowledged by {who}.")
    if resume:
        output.data(f"{many(resumed, 'log is', 'logs are')} taken again.")
    return Exit.DONE
