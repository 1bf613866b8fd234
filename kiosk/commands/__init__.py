"""The commands, one module per group: `arguments(parser)` says what it takes, and sets `run(args) -> exit code`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - the type has no public name

SUMMARIES: Final = {
    "setup": "set this computer up: school, desk, contacts; run it again to change one thing, nothing is lost",
    "doctor": "the morning check: what is ready, what is not, and how to repair it",
    "protocol": "write, check, test, see, approve and install the superintendent's protocol",
    "contacts": "check, show and import who is called",
    "log": "list, show, verify, amend, keep, let go, back up and export what was recorded",
}
"""Each command's module name and what it does, in the order of the help."""


def add(commands: Commands, name: str, words: str) -> argparse.ArgumentParser:
    """A command within a group; `words` say what it does, in the group's help and at the head of its own."""
    return commands.add_parser(name, help=words, description=f"{words.capitalize()}.", allow_abbrev=False)
