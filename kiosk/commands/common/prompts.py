"""Values from an option, or else typed at a prompt, and consent."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.errors import UsageError


def arg_or_prompt(value: str | None, option: str, question: str) -> str:
    """Return the option's value, or else the typed one. Raises UsageError if there is no terminal."""
    if value is not None:
        return value
    if not output.at_terminal():
        raise UsageError(f"This needs {option}.", f"Use a terminal, or add {option}.")
    return output.ask(question)


def confirm(question: str) -> bool:
    """Ask a yes-or-no question; return whether the answer is yes."""
    return output.ask(f"{question} Type yes").casefold() in {"yes", "y"}
