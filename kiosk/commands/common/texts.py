"""Texts for the log, from an option or else typed at a prompt, each checked, with its meaning if it has two."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.app.acts.texts import NO_MEANING, Texts
from kiosk.commands.common import output
from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.errors import Refused
from kiosk.i18n.strings import text
from kiosk.privacy.guard import UnclearText, refusal
from kiosk.privacy.meanings import MEANINGS, Meaning
from kiosk.record.amend_targets import LONGEST_TEXT
from kiosk.settings import LONGEST


class PromptedTexts(Texts):
    """The typed texts of one command. A text with two meanings has the meaning of `--meaning`, or of a prompt.

    given: the ids of the meanings that were typed with `--meaning`.

    Each method raises UsageError, PrivateText, and Refused for a text with two meanings if there is no terminal.
    """

    def __init__(self, given: Iterable[str] = ()) -> None:
        super().__init__(filter(None, map(Meaning.of_id, given)))

    def text(self, value: str | None, option: str, question: str, most: int = LONGEST_TEXT) -> str:
        """Return the option's value, or else the typed one, for the log. most: the maximum number of characters."""
        return self.checked(option.removeprefix("--"), arg_or_prompt(value, option, question), most)

    def name(self, value: str | None) -> str:
        """Return the name of the person who does this: the value of `--by`, or the typed one."""
        return self.checked("name", arg_or_prompt(value, "--by", "Who does this (full name)"), LONGEST, Meaning.NAME)

    def _meaning_of(self, unclear: UnclearText) -> Meaning:
        """Return the meaning that a person types. Raises PrivateText, and Refused if there is no terminal."""
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
