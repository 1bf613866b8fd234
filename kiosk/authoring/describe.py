"""A protocol in words: the names of its steps and answers, and the conditions of its branches.

Diagrams, review copies, reports and comparisons all use these names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, assert_never

from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.kind import Item, Mark, Move
from kiosk.protocol.kinds.registry import answers_of, moves
from kiosk.protocol.model import RETURN, Protocol, Rule, Step, Text
from kiosk.protocol.slots import SLOT, said

BACK = "Back to where it was called from"
"""The name of RETURN."""


class Answer(NamedTuple):
    """One way out of a step.

    target: a step, an outcome or RETURN. number: its key, 0 for none.
    own:    whether the words are text of the protocol.
    """

    words: str
    target: str
    number: int = 0
    own: bool = False

    @property
    def with_key(self) -> str:
        """The words after the key."""
        return f"{self.number} {self.words}" if self.number else self.words


class Description:
    """One protocol in one language, with its slots filled with a district's choices."""

    def __init__(self, protocol: Protocol, language: str | None = None, choices: Mapping[str, str] | None = None):
        """Create the description.

        choices: setting id → choice; a missing setting, or an unknown choice, gets the protocol's default.
        """
        self.protocol, self.language = protocol, language or protocol.source_language
        self.choices = protocol.choices(choices or {})
        spoken = ((r.id, f"[number of {said(r.title, self.language).words}]") for r in protocol.roles.values())
        self._slots: dict[str, Text | str] = dict(spoken)
        self._slots |= {s.id: s.choices.get(self.choices[s.id], s.id) for s in protocol.settings.values()}

    def of(self, text: Text | None) -> str:
        """Return a text on one line, without invisible characters; empty for None."""
        return shown(said(text, self.language, self._slots).words) if text else ""

    def language_of(self, text: Text) -> str:
        """Return the wanted language if the text can be shown in it, else the source language."""
        return said(text, self.language, self._slots).language

    def slots_of(self, step: Step) -> tuple[str, ...]:
        """Return the settings with slots in a step's texts, in reading order."""
        found = dict.fromkeys(slot for text in step.texts.values() for slot in SLOT.findall(text.say(self.language)))
        return tuple(slot for slot in found if slot in self.protocol.settings)

    def role(self, role_id: str) -> str:
        """Return a role's title, or its id."""
        role = self.protocol.roles.get(role_id)
        return self.of(role.title) if role else role_id

    def line(self, item: Item) -> str:
        """Return the text of a line below a step's texts."""
        words = self.of(item.words) if isinstance(item.words, Text) else item.words or ""
        match item.mark:
            case Mark.KEY:
                return f"{item.number} {words}"
            case Mark.TICK:
                return f"☐ {words}"
            case Mark.BLANK:
                return f"▁▁ {self.asked(item.id)}"
            case Mark.CALL:
                return f"{item.number}. {self.role(item.id)}"
            case Mark.WHO:
                return f"Was it: {words or self.role(item.id)}"
            case Mark.NOTE:
                return words
            case _:
                assert_never(item.mark)

    def after_hours(self) -> str:
        """Return the roles that every call step tries first after hours, in order; empty for none."""
        return ", then ".join(self.role(role) for role in self.protocol.after_hours)

    def fact(self, field_id: str) -> str:
        """Return a field's label, or its id."""
        field = self.protocol.fields.get(field_id)
        return self.of(field.label) if field else field_id

    def asked(self, field_id: str) -> str:
        """Return a field's label with its choices: `Is it signed? (Yes / No)`."""
        field = self.protocol.fields.get(field_id)
        choices = " / ".join(self.of(label) for label in field.choices.values()) if field else ""
        return f"{self.fact(field_id)} ({choices})" if choices else self.fact(field_id)

    def value(self, field_id: str, choice: str) -> str:
        """Return the label of a chosen fact; typed text stays as it is."""
        field = self.protocol.fields.get(field_id)
        return self.of(field.choices[choice]) if field and choice in field.choices else shown(choice)

    def name(self, target: str) -> str:
        """Return the name of a step, an outcome or RETURN."""
        if target == RETURN:
            return BACK
        if step := self.protocol.steps.get(target):
            return (
                self._decision(step)
                if isinstance(step, BranchStep)
                else self.of(next(iter(step.texts.values()), None)) or target
            )
        outcome = self.protocol.outcomes.get(target)
        return self.of(outcome.title) if outcome else target

    def answers(self, step: Step) -> tuple[Answer, ...]:
        """Return every way out of a step, in the file's order."""
        return tuple(map(self._answer, moves(step)))

    def _answer(self, move: Move) -> Answer:
        match move.words:
            case Text():
                return Answer(self.of(move.words), move.target, move.number, own=True)
            case Rule():
                return Answer(f"If {self.rule(move.words)}", move.target, own=True)
            case str():
                return Answer(move.words, move.target)
            case _:
                assert_never(move.words)

    def rule(self, rule: Rule) -> str:
        """Return the condition of a rule: `“Who asks agents?” is “The front desk”`."""
        return f"“{self._asked(rule)}” is {' or '.join(f'“{self._value(rule, v)}”' for v in rule.values)}"

    def choice(self, setting_id: str, choice: str) -> str:
        """Return the label of a setting's choice, or its id."""
        setting = self.protocol.settings.get(setting_id)
        return self.of(setting.choices[choice]) if setting and choice in setting.choices else choice

    def option(self, step_id: str, option_id: str) -> str:
        """Return the label of a step's option or checklist item, or its id."""
        step = self.protocol.steps.get(step_id)
        label = answers_of(step).get(option_id) if step else None
        return option_id if label is None else self.of(label)

    def _decision(self, step: BranchStep) -> str:
        asked = dict.fromkeys(f"“{self._asked(rule)}”" for rule in step.rules)
        return f"Decided by {' and '.join(asked)}" if asked else "Nothing to decide"

    def _asked(self, rule: Rule) -> str:
        if rule.kind == "answer":
            return self.name(rule.subject)
        setting = self.protocol.settings.get(rule.subject)
        return self.of(setting.ask) if setting else rule.subject

    def _value(self, rule: Rule, value: str) -> str:
        return self.choice(rule.subject, value) if rule.kind == "setting" else self.option(rule.subject, value)


def shown(words: str) -> str:
    """Return text on one line, with invisible characters escaped, so that they can't break a file."""
    line = " ".join(words.split())
    return line if line.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
