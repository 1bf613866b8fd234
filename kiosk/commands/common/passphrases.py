"""A passphrase, of a key or of a person: typed without echo, or the first line of a file."""

from __future__ import annotations

import getpass
from typing import Final

from kiosk.commands.common import output
from kiosk.commands.common.paths import read_file
from kiosk.errors import UsageError
from kiosk.record.key_file import SHORTEST
from kiosk.record.printable import printable
from kiosk.settings import typed_path

_KEY: Final = "The key"


def passphrase(file: str | None, *, new: bool = False, of: str = _KEY, option: str = "--passphrase-file") -> str:
    """Return the passphrase: the first line of the file, else typed; a new one is typed twice.

    of: the key or the person; option: the one that names the file. Raises UsageError when it can't be asked for, or the
    two differ.
    """
    if file:
        return _first_line(file)
    if not output.at_terminal():
        what = "The key needs its passphrase." if of == _KEY else f"{of} needs a passphrase."
        raise UsageError(what, f"Use a terminal, or add {option}.")
    if new:
        without = " Without it the key can't be opened." if of == _KEY else ""
        output.message(f"Choose a passphrase of at least {SHORTEST} characters.{without}")
    first = _typed("Passphrase: " if of == _KEY else f"Passphrase of {printable(of)}: ")
    if new and _typed("The same again: ") != first:
        raise UsageError("The two passphrases differ.", "Nothing was written; try again.")
    return first


def _first_line(file: str) -> str:
    """Return the first line of a file. Raises UsageError for a file that is not plain UTF-8."""
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
