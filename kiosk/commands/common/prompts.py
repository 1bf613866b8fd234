"""Values that a command needs: from an option, or from the person at the terminal."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.errors import UsageError
from kiosk.record.amend_targets import words
from kiosk.settings import LONGEST


def arg_or_prompt(value: str | None, option: str, question: str) -> str:
    """The option's value, or what the person at the terminal types. Raises UsageError when it can't be asked for."""
    if value is not None:
        return value
    if not output.at_terminal():
        raise UsageError(f"This needs {option}.", f"Use a terminal, or add {option}.")
    return output.ask(question)


def text_for_log(value: str | None, option: str, question: str) -> str:
    """Words that are kept in the log, as `arg_or_prompt`. Raises UsageError or PrivateText."""
    return words(option.removeprefix("--"), arg_or_prompt(value, option, question))


def name_for_log(value: str | None) -> str:
    """Who gives the command: the value of `--by`, or what is typed. Raises UsageError or PrivateText."""
    return words("name", arg_or_prompt(value, "--by", "Who does this (full name)"), LONGEST)


def confirm(question: str) -> bool:
    """Whether the person at the terminal types yes."""
    return output.ask(f"{question} Type yes").casefold() in {"yes", "y"}
