"""Values from an option, or else typed at a prompt."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.errors import UsageError
from kiosk.privacy.meanings import Meaning
from kiosk.record.amend_targets import storable_text
from kiosk.settings import LONGEST


def arg_or_prompt(value: str | None, option: str, question: str) -> str:
    """Return the option's value, or else the typed one. Raises UsageError if there is no terminal."""
    if value is not None:
        return value
    if not output.at_terminal():
        raise UsageError(f"This needs {option}.", f"Use a terminal, or add {option}.")
    return output.ask(question)


def text_for_log(value: str | None, option: str, question: str) -> str:
    """Do the same as `arg_or_prompt` for text to keep in the log. Raises UsageError or PrivateText."""
    return storable_text(option.removeprefix("--"), arg_or_prompt(value, option, question))


def name_for_log(value: str | None) -> str:
    """Return the person's name: the value of `--by`, or the typed one. Raises UsageError or PrivateText."""
    return storable_text("name", arg_or_prompt(value, "--by", "Who does this (full name)"), LONGEST, Meaning.NAME)


def recipient(given: str) -> str:
    """Return the value of `--for`, checked for the log. Raises UsageError or PrivateText."""
    return storable_text("recipient", given, LONGEST, Meaning.NAME)


def confirm(question: str) -> bool:
    """Ask a yes-or-no question; return whether the answer is yes."""
    return output.ask(f"{question} Type yes").casefold() in {"yes", "y"}
