"""Which values of one record a copy withholds by decision, as asked at the screen: all of a value, or words of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Final

from kiosk.app.acts.copies.saving import say
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts
from kiosk.errors import UsageError
from kiosk.i18n.strings import has_text, text
from kiosk.presentation.acts import Question
from kiosk.presentation.values import Choice
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Missing, Value
from kiosk.record.amend_targets import LONGEST_TEXT
from kiosk.record.disclosure.withholding import Withholding, known, values_of
from kiosk.record.encounter_record import EncounterRecord

NO_MORE: Final = "+no-more"
_ALL, _PART = "all", "part"
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Copied:
    """The record that is copied. protocol: the version that it used; None if the log does not have it."""

    record: EncounterRecord
    protocol: Protocol | None

    def named(self, acts: Acts, value: str) -> str:
        """Return a value that can be withheld in words: its label and what it says, in one line."""
        words = shorten(self._said(acts, value), _SHOWN, placeholder=" …")
        return acts.words("record.value", name=self.label(acts, value), value=words)

    def label(self, acts: Acts, value: str) -> str:
        """Return the label of a value."""
        field = self.protocol.fields.get(value) if self.protocol else None
        note, _, number = value.partition("-")
        if field is None and note == "note" and number.isdecimal():
            return acts.words("record.note", n=number)
        return value if field is None else field.label.say(acts.language)

    def _said(self, acts: Acts, value: str) -> str:
        field = self.protocol.fields.get(value) if self.protocol else None
        match self._value(value):
            case None:
                return ""
            case Missing(reason):
                return text(f"missing.{reason}", acts.language) if has_text(f"missing.{reason}") else reason
            case str(said) if field and said in field.choices:
                return field.choices[said].say(acts.language)
            case said:
                return str(said)

    def _value(self, value: str) -> Value | None:
        amended = self.record.amended_field(value)
        if amended:
            return amended[-1].now
        if value in self.record.fields:
            return self.record.fields[value]
        notes = {f"note-{n}": note.text for n, note in enumerate(self.record.notes, 1)}
        return notes.get(value)

    def parts(self, made: Withholding) -> Iterator[str]:
        """Yield each text of which the copy shows a part, as it shows it."""
        texts = {(kept.event_id, name): said for kept in self.record.entries for name, said in kept.body.items()}
        shown = (made.redact(str(texts[at])) for at in values_of(self.record.entries, made)) if made.words else ()
        yield from dict.fromkeys(shown)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about a value. words: those to redact; empty for all of it."""

    ground: str
    words: tuple[str, ...] = ()


def asked_withheld(acts: Acts, texts: AnsweredTexts, copied: Copied) -> Mapping[str, Decided]:
    """Return the decision about each value. Raises Asking, PrivateText, and UsageError for words that are not there."""
    found: dict[str, Decided] = {}
    values = known(copied.record.entries)
    while left := [one for one in values if one not in found or found[one].words]:
        number = sum(max(len(one.words), 1) for one in found.values())
        asked = say(acts, "withhold.more" if found else "withhold")
        choices = [Choice(NO_MORE, say(acts, "withhold.no")), *(Choice(one, copied.named(acts, one)) for one in left)]
        value = texts.chosen(Question(f"withhold-{number}", asked, choices=choices))
        if value == NO_MORE:
            break
        before, label = found.get(value), copied.label(acts, value)
        words = _asked_words(acts, texts, copied, value, number) if before or _in_part(acts, texts, number) else ""
        if before is not None:
            found[value] = replace(before, words=(*before.words, words))
            continue
        question = Question(
            f"ground-{number}", say(acts, "ground", value=label), say(acts, "ground.how"), room=LONGEST_TEXT
        )
        found[value] = Decided(texts.typed(question), (words,) if words else ())
    return found


def _in_part(acts: Acts, texts: AnsweredTexts, number: int) -> bool:
    choices = [Choice(one, say(acts, f"extent.{one}")) for one in (_ALL, _PART)]
    return texts.chosen(Question(f"extent-{number}", say(acts, "extent"), choices=choices)) == _PART


def _asked_words(acts: Acts, texts: AnsweredTexts, copied: Copied, value: str, number: int) -> str:
    """Return the words to redact. They are in no entry and no copy, so nothing is asked about their meaning."""
    title, now = say(acts, "words", value=copied.label(acts, value)), copied.named(acts, value)
    question = Question(f"words-{number}", title, say(acts, "words.how"), lines=[now], room=LONGEST_TEXT)
    words = texts.answer(question).strip()
    if not values_of(copied.record.entries, Withholding(copied.record.no, value, "", "", (words,))):
        raise UsageError("The value does not have these words.", "Type them as the record has them.", "save.no-words")
    return words


def decisions(texts: AnsweredTexts, no: str, decided: Mapping[str, Decided], by: str) -> tuple[Withholding, ...]:
    """Return the decisions as the copy and the log keep them. by: who decided."""
    return tuple(
        Withholding(no, value, one.ground, by, one.words, texts.meanings({"ground": one.ground, "by": by}))
        for value, one in decided.items()
    )


def lines(acts: Acts, copied: Copied, decided: Mapping[str, Decided]) -> Iterator[str]:
    """Yield what a preview says about each decision."""
    for value, one in decided.items():
        made, label = Withholding(copied.record.no, value, one.ground, "", one.words), copied.label(acts, value)
        yield say(acts, f"line.withheld-{made.extent}", value=label, ground=made.ground)
        yield from (say(acts, "line.as-shown", text=shown) for shown in copied.parts(made))
