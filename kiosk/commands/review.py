"""`kiosk review`."""

from __future__ import annotations

import click

from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.people import logs_in_on_screen
from kiosk.commands.common.values import FILE
from kiosk.record.people.roles import Right
from kiosk.settings import Home, Mode, read_settings, typed_path


@as_command(
    "Lists, search, one record with what was on its screens, and what can be done with it. The desk keeps working."
)
@click.option(
    "--file",
    "file",
    metavar="FILE",
    type=FILE,
    help="log file to read, such as one in a backup (default: the logs of the home)",
)
@pass_log
@logs_in_on_screen(Right.LOOK)
def command(home: Home, mode: Mode, file: str | None) -> int:
    """Open the review; return its exit code. Raises KioskError before it uses the screen."""
    from kiosk.app.start import run_review  # noqa: PLC0415 - textual

    return run_review(home, read_settings(home), mode, None if file is None else typed_path(file))
