"""What the protocol in force then called its parts, as far as a copy of a level may say it.

The words of a protocol are for counsel, like the entry that has them (`record/disclosure/levels.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.protocol.disclosure_classes import ProtocolClasses
from kiosk.protocol.kinds.registry import answers_of
from kiosk.protocol.model import DisclosureClass, Protocol, Text
from kiosk.record.disclosure.levels import Classes, Level, level_of_class
from kiosk.record.pack_entries import Protocols


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one protocol. Each function returns nothing for a part that it lacks or must not name."""

    protocol: Protocol | None
    classes: ProtocolClasses | None
    level: Level

    def shows(self, cls: DisclosureClass | None) -> bool:
        """Check that the copy may name a part of this class."""
        return level_of_class(cls) <= self.level

    @property
    def says(self) -> bool:
        """Whether the copy has words of protocols at all."""
        return self.level >= Level.COUNSEL

    def say(self, text: Text | None, cls: DisclosureClass | None = DisclosureClass.PUBLIC) -> str:
        """Return the words of a part of this class."""
        return text.say() if text is not None and self.says and self.shows(cls) else ""

    def fact(self, name: str) -> str:
        """Return the label of a fact."""
        field = self.protocol.fields.get(name) if self.protocol else None
        return self.say(field.label, field.cls) if field else ""

    def choice(self, fact: str, value: object) -> str:
        """Return the label of a fact's value that was chosen."""
        field = self.protocol.fields.get(fact) if self.protocol else None
        return self.say(field.choices.get(str(value)), field.cls) if field else ""

    def step(self, name: str | None) -> str:
        """Return the heading of a step."""
        step = self.protocol.steps.get(name or "") if self.protocol else None
        return self.say(step.heading, self.place(step.id)) if step else ""

    def answer(self, name: str, answer: str) -> str:
        """Return the label of an answer to a step."""
        step = self.protocol.steps.get(name) if self.protocol else None
        return self.say(answers_of(step).get(answer), self.of_answer(name, answer)) if step else ""

    def interrupt(self, name: str) -> str:
        """Return the label of an interrupt."""
        jump = self.protocol.interrupt(name) if self.protocol else None
        return self.say(jump.label, self.classes.interrupts.get(name)) if jump and self.classes else ""

    def outcome(self, name: str | None) -> str:
        """Return the title of an outcome."""
        outcome = self.protocol.outcomes.get(name or "") if self.protocol else None
        return self.say(outcome.title, self.place(outcome.id)) if outcome else ""

    def duty(self, outcome: str | None, name: str) -> str:
        """Return the text of a duty of an outcome."""
        end = self.protocol.outcomes.get(outcome or "") if self.protocol else None
        found = next((duty for duty in end.duties if duty.id == name), None) if end else None
        return self.say(found.do, self.place(end.id)) if end and found else ""

    def role(self, name: str) -> str:
        """Return the title of a role."""
        role = self.protocol.roles.get(name) if self.protocol else None
        return self.say(role.title) if role else ""

    def place(self, name: str) -> DisclosureClass | None:
        """Return the class of a step or outcome."""
        return self.classes.of_place(name) if self.classes else None

    def of_answer(self, step: str, answer: str) -> DisclosureClass | None:
        """Return the class of an answer."""
        return self.classes.answers.get((step, answer), self.place(step)) if self.classes else None


def words_of(protocols: Protocols, classes: Classes, level: Level) -> Callable[[str], Words]:
    """Return a function from a content hash to the words of that version, each made only once."""
    known: dict[str, Words] = {}

    def of(content_hash: str) -> Words:
        if content_hash not in known:
            protocol = protocols(content_hash)
            known[content_hash] = Words(protocol, classes.of_protocol(content_hash) if protocol else None, level)
        return known[content_hash]

    return of
