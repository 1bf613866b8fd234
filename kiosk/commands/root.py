"""The `kiosk` command: its options, its commands and their completion."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

import click
from click.shell_completion import shell_complete

from kiosk import __version__
from kiosk.commands import COMMANDS, run
from kiosk.commands.common.command import Group, practice_option, typed_practice
from kiosk.errors import Exit, UsageError

COMPLETE: Final = "_KIOSK_COMPLETE"
"""The environment variable with which a shell requests completions."""

_ABOUT: Final = """\
Guide a front desk through the superintendent's protocol when an official asks about a student.

`kiosk` alone opens the desk. The desk is live when an approved protocol is in force and the contacts are complete.
Otherwise it shows PRACTICE and the reason.
"""

_CODES: Final = """\
\b
Exit codes: 0 done; 1 done, but something was found; 2 wrong use; 3 refused;
4 the log can't be used; 5 not checked; 70 an error in the program;
75 it was cut off.
"""


_ALLOWED: Final = {("--practice", "log"), ("--practice", "report"), ("--practice", "key")}
"""Options of the desk that are also allowed before these commands."""


def execute(words: Sequence[str]) -> int:
    """Run the command line after `kiosk`; return its exit code. Raises KioskError."""
    if instruction := os.environ.get(COMPLETE):
        return shell_complete(root, {}, "kiosk", COMPLETE, instruction)
    try:
        with root.make_context("kiosk", [*words]) as context:
            return int(root.invoke(context))
    except click.exceptions.Exit as done:
        return done.exit_code


def _print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:  # noqa: ARG001 - click's names
    if value:
        click.echo(f"kiosk {__version__}")
        context.exit()


def _desk(language: str | None, visitor_language: str | None) -> int:
    """Open the desk if no command is typed. Raises UsageError for an option of the desk before a command."""
    context = click.get_current_context()
    command, home = context.invoked_subcommand, context.meta.get("kiosk.home")
    if command is None:
        return run.run(run.Start(home, typed_practice(), language, visitor_language))
    given = {"--language": language, "--visitor-language": visitor_language, "--practice": typed_practice()}
    for option in (name for name, value in given.items() if value and (name, command) not in _ALLOWED):
        raise UsageError(f"{option} is for the desk, not for `kiosk {command}`.", f"See `kiosk {command} -h`.")
    return Exit.DONE


def _options() -> list[Any]:
    desk = practice_option("practice desk, even when an approved protocol is in force")(_desk)
    for name, words in (
        ("--visitor-language", "language said and shown to the official (default: the protocol's own)"),
        ("--language", "language of the desk's screens, such as es (default: as set up)"),
    ):
        desk = click.option(name, metavar="CODE", help=words)(desk)
    about = "version of this program"
    desk = click.option(
        "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help=about
    )(desk)
    return [*reversed(desk.__click_params__)]  # type: ignore[attr-defined]


root: Final = Group(
    COMMANDS,
    "kiosk.commands",
    callback=_desk,
    params=_options(),
    invoke_without_command=True,
    help=_ABOUT,
    epilog=_CODES,
)
