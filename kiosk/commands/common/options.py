"""Options that several commands share, with the same meaning everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FILE, OneOf
from kiosk.privacy.meanings import Meaning

F = TypeVar("F", bound=Callable[..., Any])

json_option: Final = click.option("--json", "as_json", is_flag=True, help="JSON output for scripts")
by_option: Final = click.option("--by", metavar="NAME", help="full name of the person who does this; kept in the log")
reason_option: Final = click.option("--reason", metavar="TEXT", help="reason; kept in the log")
meaning_option: Final = click.option(
    "--meaning",
    "texts",
    metavar="MEANING",
    type=OneOf(tuple(Meaning)),
    multiple=True,
    callback=lambda _context, _option, meanings: PromptedTexts(meanings),
    help=f"what a text with two meanings means, kept with it; repeatable: {', '.join(Meaning)}",
)
"""The function gets `texts`, which checks the typed texts of the command."""
as_of_option: Final = click.option(
    "--as-of", metavar="YYYY-MM-DD", help="day to check for; nothing is written (default: today)"
)
passphrase_option: Final = click.option(
    "--passphrase-file",
    metavar="FILE",
    type=FILE,
    help="file whose first line is the passphrase (default: ask in the terminal)",
)
record_argument: Final = click.argument("no", metavar="NO")
records_argument: Final = click.argument("numbers", metavar="[NO]...", nargs=-1)
pack_argument: Final = click.argument("target", metavar="[DIR|ID]", required=False, type=FILE)


def login_option(
    name: str = "--passphrase-file",
    words: str = "file whose first line is that person's passphrase (default: ask in the terminal)",
) -> Callable[[F], F]:
    """Return an option for a file with the passphrase of a person."""
    return click.option(name, metavar="FILE", type=FILE, help=words)


def output_option(words: str, *, required: bool = False, metavar: str = "FILE") -> Callable[[F], F]:
    """Return the option `-o PATH`, the file to write."""
    return click.option("-o", "--output", "path", metavar=metavar, type=FILE, required=required, help=words)
