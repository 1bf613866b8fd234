"""Typed texts for the log, each checked, with its meaning if it has two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Final

from kiosk.i18n.strings import text
from kiosk.presentation.acts import Answers, Preview, Question
from kiosk.presentation.values import Choice
from kiosk.privacy.guard import UnclearText, refusal, require_storable
from kiosk.privacy.meanings import MEANINGS, Meaning, Meant
from kiosk.record import bodies
from kiosk.record.amend_targets import LONGEST_TEXT, storable_text
from kiosk.record.entries import Entry
from kiosk.settings import LONGEST

NO_MEANING: Final = "none"
"""The answer when no meaning applies."""
_MEANING: Final = "meaning."
BY: Final = "by"
"""The id of the question who does it."""


class Texts(ABC):
    """The typed texts of one act. given: meanings that were said beforehand.

    Each method raises UsageError and PrivateText, and what `_meaning_of` raises for a text with two meanings.
    """

    def __init__(self, given: Iterable[Meaning] = ()) -> None:
        self._given, self._meant = [*given], dict[str, Meaning]()

    def recipient(self, value: str) -> str:
        """Return the recipient of an export, for the log."""
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
        self._meant[words] = self._meaning_of(unclear)
        return self._meant[words]

    @abstractmethod
    def _meaning_of(self, unclear: UnclearText) -> Meaning:
        """Return the meaning that a person says a text has."""


class Asking(Exception):
    """The act needs another answer first."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.id)
        self.question = question


def asks(next_: Callable[[Answers], Question | Preview]) -> Callable[[Answers], Question | Preview]:
    """Return the function of an offer; an `Asking` that is raised in it becomes its question."""

    @wraps(next_)
    def asked(answers: Answers) -> Question | Preview:
        try:
            return next_(answers)
        except Asking as asking:
            return asking.question

    return asked


class AnsweredTexts(Texts):
    """The texts of an act's answers, in the language of the screen. by: the person who logged in, empty for nobody."""

    def __init__(self, answers: Answers, language: str, by: str = "") -> None:
        super().__init__()
        self._answers, self._language, self._by = answers, language, by

    def answer(self, question: Question) -> str:
        """Return the answer to a question as it was given. Raises Asking while there is none of its choices, if any."""
        found = self._answers.get(question.id)
        if found is None or (question.choices and found not in {choice.id for choice in question.choices}):
            raise Asking(question)
        return found

    def chosen(self, question: Question) -> str:
        """Return the id of the choice that was taken. Raises Asking while there is none, or if it is no choice now."""
        answer = self.answer(question)
        if answer not in [one.id for one in question.choices]:
            raise Asking(question)
        return answer

    def typed(self, question: Question, known: Meaning | None = None) -> str:
        """Return the checked answer to a question with a box; empty for an optional one without text."""
        words = self.answer(question)
        if question.optional and not words.strip():
            return ""
        return self.checked("answer", words, question.room, known)

    def by(self) -> str:
        """Return the name of the person who does this: who logged in, or the typed name."""
        title = text("act.by", self._language)
        return self._by or self.typed(
            Question(BY, title, text("act.by.how", self._language), room=LONGEST), Meaning.NAME
        )

    def _meaning_of(self, unclear: UnclearText) -> Meaning:
        of = next((name for name, words in self._answers.items() if words.strip() == unclear.words.strip()), "")
        fitting = {meaning.value: meaning for meaning in MEANINGS[unclear.doubt]}
        choices = [Choice(one, text(f"meaning.{one}", self._language)) for one in (*fitting, NO_MEANING)]
        lines = (f"“{unclear.words}”", text("meaning.how", self._language))
        title = text(f"meaning.ask.{unclear.doubt}", self._language)
        said = self.answer(Question(_MEANING + of, title, choices=choices, lines=lines))
        if said not in fitting:
            raise refusal(unclear.doubt)
        return fitting[said]
