"""Values from an option, or else typed at a prompt."""

from __future__ import annotations

from typing import Final

from kiosk.commands.common import output
from kiosk.errors import Refused, UsageError
from kiosk.i18n.strings import text
from kiosk.privacy.guard import UnclearText, refusal, require_storable
from kiosk.privacy.meanings import MEANINGS, Meaning, Meant
from kiosk.record.amend_targets import storable_text
from kiosk.settings import LONGEST

NO_MEANING: Final = "none"
"""What a person types when no meaning applies."""


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


def meant_by(words: str, meaning: str | None) -> Meant:
    """Return what the words mean if they have two meanings: as given with `--meaning`, or as typed at a prompt.

    Raises PrivateText, and Refused if there is no terminal to ask in.
    """
    words = words.strip()
    try:
        require_storable(words, Meaning.of_id(meaning))
    except UnclearText as unclear:
        return {words: _asked_meaning(unclear)}
    found = Meaning.of_id(meaning)
    return {} if found is None else {words: found}


def _asked_meaning(unclear: UnclearText) -> Meaning:
    fitting = {meaning.value: meaning for meaning in MEANINGS[unclear.doubt]}
    if not output.at_terminal():
        raise Refused(unclear.what, f"Say which with --meaning: {', '.join(fitting)}.")
    output.message(text(f"meaning.ask.{unclear.doubt}"))
    for meaning in fitting.values():
        output.message(f"  {meaning.value}: {meaning.words}")
    output.message(f"  {NO_MEANING}: none of these")
    typed = output.ask("Meaning", NO_MEANING)
    if typed not in fitting:
        raise refusal(unclear.doubt)
    return fitting[typed]


def name_for_log(value: str | None) -> str:
    """Return the person's name: the value of `--by`, or the typed one. Raises UsageError or PrivateText."""
    return storable_text("name", arg_or_prompt(value, "--by", "Who does this (full name)"), LONGEST, Meaning.NAME)


def recipient(given: str) -> str:
    """Return the value of `--for`, checked for the log. Raises UsageError or PrivateText."""
    return storable_text("recipient", given, LONGEST, Meaning.NAME)


def confirm(question: str) -> bool:
    """Ask a yes-or-no question; return whether the answer is yes."""
    return output.ask(f"{question} Type yes").casefold() in {"yes", "y"}
