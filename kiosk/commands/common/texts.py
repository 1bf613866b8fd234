"""Texts for the log, from an option or else typed at a prompt, each checked, with its meaning if it has two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from kiosk.commands.common import output
from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.errors import Refused
from kiosk.i18n.strings import text
from kiosk.privacy.guard import UnclearText, refusal, require_storable
from kiosk.privacy.meanings import MEANINGS, Meaning, Meant
from kiosk.record import bodies
from kiosk.record.amend_targets import LONGEST_TEXT, storable_text
from kiosk.record.entries import Entry
from kiosk.settings import LONGEST

NO_MEANING: Final = "none"
"""What a person types when no meaning applies."""


class Texts:
    """The typed texts of one command. A text with two meanings has the meaning of `--meaning`, or of a prompt.

    given: the ids of the meanings that were typed with `--meaning`.

    Each method raises UsageError, PrivateText, and Refused for a text with two meanings if there is no terminal.
    """

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._given, self._meant = [*map(Meaning.of_id, given)], dict[str, Meaning]()

    def text(self, value: str | None, option: str, question: str, most: int = LONGEST_TEXT) -> str:
        """Return the option's value, or else the typed one, for the log. most: the maximum number of characters."""
        return self.checked(option.removeprefix("--"), arg_or_prompt(value, option, question), most)

    def name(self, value: str | None) -> str:
        """Return the name of the person who does this: the value of `--by`, or the typed one."""
        return self.checked("name", arg_or_prompt(value, "--by", "Who does this (full name)"), LONGEST, Meaning.NAME)

    def recipient(self, value: str) -> str:
        """Return the value of `--for`, for the log."""
        return self.checked("recipient", value, LONGEST, Meaning.NAME)

    def checked(self, what: str, given: str, most: int = LONGEST_TEXT, known: Meaning | None = None) -> str:
        """Return a text for the log, trimmed. what: its name in the error; known: the meaning of each such text."""
        words = given.strip()
        return storable_text(what, given, most, self._settled(words, known))

    def path(self, path: str) -> str:
        """Return a path for the log, unchanged."""
        self._settled(path, Meaning.NAME)
        return path

    def meaning(self, words: object) -> str:
        """Return the id of the meaning of a checked text; empty if it has only one."""
        found = self._meant.get(words) if isinstance(words, str) else None
        return "" if found is None else found.value

    def meanings(self, values: Mapping[str, object]) -> dict[str, str]:
        """Return the ids of the meanings of these values, by name, where a checked text has two."""
        return {name: meaning for name, words in values.items() if (meaning := self.meaning(words))}

    @property
    def meant(self) -> Meant:
        """The meanings of the checked texts with two."""
        return self._meant

    def kept(self, entry: Entry) -> Entry:
        """Return the entry with the meaning of each checked text in it that has two."""
        found = {bodies.MEANING + name: meaning for name, meaning in self.meanings(entry.body).items()}
        return replace(entry, body={**entry.body, **found}) if found else entry

    def _settled(self, words: str, known: Meaning | None) -> Meaning | None:
        """Return the meaning with which the log may have the words; None if they have only one."""
        for meaning in (known, *self._given):
            try:
                found = require_storable(words, meaning)
            except UnclearText as error:
                unclear = error
            else:
                if found is not None and found is not known:
                    self._meant[words] = found
                return found
        self._meant[words] = _asked(unclear)
        return self._meant[words]


def _asked(unclear: UnclearText) -> Meaning:
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
