"""The passphrase of a key: typed without an echo, or the first line of a file."""

from __future__ import annotations

import argparse
import getpass

from kiosk.commands.common.output import at_terminal, say
from kiosk.commands.common.paths import read_file
from kiosk.errors import UsageError
from kiosk.record.key_file import SHORTEST
from kiosk.settings import typed_path


def arguments(parser: argparse.ArgumentParser) -> None:
    """What a command that opens a key takes."""
    words = "a file whose first line is the passphrase; it is asked for at the terminal when left out"
    parser.add_argument("--passphrase-file", metavar="FILE", help=words)


def passphrase(args: argparse.Namespace, *, new: bool = False) -> str:
    """The passphrase; a new one is typed twice. Raises UsageError when there is nobody to ask, or the two differ."""
    if args.passphrase_file:
        return _first_line(args.passphrase_file)
    if not at_terminal():
        raise UsageError("The key needs its passphrase, and there is no terminal to ask at.", "Add --passphrase-file.")
    if new:
        say(f"Choose a passphrase of at least {SHORTEST} characters. Nobody can open the key without it.")
    first = _typed("Passphrase: ")
    if new and _typed("The same again: ") != first:
        raise UsageError("The two passphrases differ.", "Nothing was written; try again.")
    return first


def _first_line(file: str) -> str:
    """The first line of a file, as it would be typed. Raises UsageError for a file that is not plain UTF-8."""
    try:
        words = read_file(typed_path(file), pipe=True).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        repair = "Save it as plain text in UTF-8, or type the passphrase instead."
        raise UsageError(f"The passphrase in {file} can't be read: it is not UTF-8 text.", repair) from error
    return words.partition("\n")[0].removesuffix("\r")


def _typed(question: str) -> str:
    try:
        return getpass.getpass(question)
    except EOFError as error:
        raise UsageError("No passphrase was typed.", "Nothing was written; try again.") from error
