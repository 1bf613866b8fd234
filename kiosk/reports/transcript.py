"""The transcript: the exact texts on the screen in one encounter, step by step, from the log alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, assert_never

from kiosk.engine.encounter import Encounter, replay
from kiosk.protocol.kinds.kind import Mark
from kiosk.protocol.kinds.registry import answers_of, in_words, items_of, kind_of
from kiosk.protocol.model import Outcome, Protocol, Step, Text
from kiosk.protocol.replies import FACT, Attempt, Place, Pressed, Reply, Value
from kiosk.protocol.slots import said
from kiosk.record import bodies
from kiosk.record.amendments import Amendment
from kiosk.record.encounter_record import fold, ref_of
from kiosk.record.entries import LoggedEntry
from kiosk.record.entry_kinds import EntryKind, Kind
from kiosk.reports import formatting
from kiosk.reports.amendments import in_lines, subject
from kiosk.reports.formatting import moment, with_meaning


def transcript_lines(entries: Sequence[LoggedEntry], protocol: Protocol) -> Iterator[str]:
    """Yield each step's texts as shown, with the answer and its amendments, in the order of the log.

    entries: all of one encounter, oldest first. protocol: the version used then.
    """
    record, opened, shown = fold(entries), entries[0].body, texts_of(entries[0], protocol)
    replies = [(e, given) for e in entries if (given := bodies.given_in(e.kind, e.step or "", e.body))]
    outside = [tried for e in entries if e.kind == EntryKind.CALL_MADE and (tried := bodies.call_of(e.body))]
    walk = replay(
        protocol,
        bodies.situation_of({"settings": {}, "people": {}, **opened}),
        [given for _, given in replies],
        outside,
    )
    yield f"language {shown.language}, said in {shown.spoken}"
    yield "on every step:"
    yield from (f"  {line}" for i in protocol.interrupts for line in shown.text("", i.label))
    before: Place | None = None
    for entry, given in replies:
        place = given.place
        if place != before:  # several facts of one step: its texts stayed on the screen
            yield from ("", f"{moment(entry.at)} {place.step}{_MARKS.get(entry.kind, '')}")
            yield from shown.step(walk, place)
        yield from (f"  > {line}" for line in shown.reply(place, given.reply, entry.body))
        before = place if given.part else None
        later = record.amendments_of(ref_of(entry))
        yield from (f"  > later amended, {subject(a)}: {shown.amended(a)}" for a in later)
    yield from ("", f"at the end: {walk.at.step}")
    outcome = protocol.outcomes.get(walk.outcome or "")
    yield from shown.outcome(outcome) if outcome else shown.step(walk, walk.at)
    for made in record.amendments:
        yield from ("", f"amended after it was closed, entry {made.ref.entry}:")
        yield from (f"  {line}" for line in in_lines(made, record))


def texts_of(opened: LoggedEntry, protocol: Protocol) -> ScreenTexts:
    """Return the texts of the protocol as the screens showed them in an encounter. opened: the entry of its opening."""
    body = opened.body
    language = body.get("language", protocol.source_language)
    filling = {slot: _filling(words) for slot, words in body.get("slots", {}).items()}
    return ScreenTexts(protocol, language, body.get("visitor_language", language), filling)


def _filling(words: str | Mapping[str, str]) -> Text | str:
    """Return the text of a slot, as the opening entry keeps it."""
    return words if isinstance(words, str) else Text(tuple(words.items()))


_MARKS: Final[Mapping[Kind, str]] = {EntryKind.STEP_CORRECTED: " (corrected)"}


class ScreenTexts:
    """Texts of one protocol in the desk's two languages, with the slots filled as they were then."""

    def __init__(self, protocol: Protocol, language: str, spoken: str, slots: Mapping[str, Text | str]) -> None:
        self.language, self.spoken, self._protocol, self._slots = language, spoken, protocol, slots

    def text(self, name: str, text: Text | None) -> Iterator[str]:
        """Return the lines of a text, with a name on the first. An untranslated text starts with its language code."""
        for n, line in enumerate(self.words(text, aloud=name == "say")):
            yield f"{name if not n else '':<5}{line}" if name else line

    def words(self, text: Text | None, *, aloud: bool = False) -> list[str]:
        """Return the lines of a text, in the language of the screen or of what is read aloud."""
        found = said(text, self.spoken if aloud else self.language, self._slots) if text else None
        return (f"[{found.language}] " * found.foreign + found.words).splitlines() if found else []

    def step(self, walk: Encounter, place: Place) -> Iterator[str]:
        """Return the texts on the screen of a step."""
        step = self._protocol.steps.get(place.step)
        if step is None:
            return
        for name, text in (("", step.title), ("do", step.do), ("say", step.say), ("ask", step.question)):
            yield from (f"  {line}" for line in self.text(name, text))
        if step.dial:
            yield f"  dial {step.dial}"
        yield from (f"    {line}" for line in self._answers(step, walk, place))

    def _answers(self, step: Step, walk: Encounter, place: Place) -> Iterator[str]:
        late = self._protocol.after_hours if walk.situation.after_hours else ()
        number = 0
        for item in items_of(step, late):
            words = " ".join(self.text("", item.words)) if isinstance(item.words, Text) else ""
            match item.mark:
                case Mark.KEY if self._offered(step, walk, place, item.id):
                    number += 1
                    yield f"{number}  {words}"
                case Mark.TICK:
                    yield f"[ ] {words}"
                case Mark.BLANK if item.id in self._protocol.fields:
                    yield f"____ {self._asked(item.id)}"
                case Mark.CALL | Mark.WHO if role := self._protocol.roles.get(item.id):
                    verb = "call" if item.mark is Mark.CALL else "who was it:"
                    yield f"{verb} {' '.join(self.text('', role.title))}"
                case Mark.KEY | Mark.BLANK | Mark.CALL | Mark.WHO | Mark.NOTE:
                    pass
                case _:
                    assert_never(item.mark)

    @staticmethod
    def _offered(step: Step, walk: Encounter, place: Place, answer: str) -> bool:
        if not kind_of(step).hides_returns or not (place in walk.path or place == walk.at):
            return True
        return any(option.id == answer for option in walk.options(place))

    def _asked(self, field_id: str) -> str:
        field = self._protocol.fields[field_id]
        choices = " / ".join(" ".join(self.text("", label)) for label in field.choices.values())
        return " ".join(self.text("", field.label)) + (f" ({choices})" if choices else "")

    def value(self, field_id: str | None, value: Value | None) -> str:
        """Return a fact by the label of its choice; else as typed, or the reason why it is missing."""
        field = self._protocol.fields.get(field_id or "")
        label = field.choices.get(value) if field and isinstance(value, str) else None
        return formatting.shown(value) if label is None else " ".join(self.text("", label))

    def amended(self, made: Amendment) -> str:
        """Return the new value of an amendment, with its meaning if it has two."""
        return with_meaning(self.value(made.field, made.now), made.meanings.get(made.name))

    def reply(self, place: Place, reply: Reply, body: Mapping[str, Any]) -> Iterator[str]:
        """Return the answer, by its label if it has one."""
        step = self._protocol.steps.get(place.step)
        labels = answers_of(step) if step else {}
        if isinstance(reply, Pressed):
            jump = self._protocol.interrupt(reply.interrupt)
            parts = tuple(self.text("", jump.label)) if jump else ()
        else:
            parts = in_words(reply, _Words(self, labels, str(body.get("name", "")), bodies.meanings_in(body)))
        raw = (f"{name}: {value}" for name, value in body.items() if name not in {"visit", "recorded"})
        yield from (line for part in parts for line in part.splitlines()) if parts else raw

    def outcome(self, outcome: Outcome) -> Iterator[str]:
        """Return the texts on the screen of an outcome."""
        yield from (f"  {line}" for line in (*self.text("", outcome.title), *self.text("do", outcome.do)))


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a step's replies, as on the screen. called: the name of the person who was called.

    meanings: the ids of the meanings of facts, by the name of the value.
    """

    shown: ScreenTexts
    labels: Mapping[str, Text]
    called: str
    meanings: Mapping[str, str]

    def option(self, option: str) -> str:
        return "\n".join(self.shown.text("", self.labels.get(option)))

    def fact(self, field: str, value: Value) -> str:
        return f"{field}: {with_meaning(self.shown.value(field, value), self.meanings.get(FACT + field))}"

    def call(self, attempt: Attempt) -> str:
        return f"{attempt.role} ({self.called or attempt.role}): {attempt.result}"
