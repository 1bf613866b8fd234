"""A protocol told in words: what its steps are called, what their answers are, and what decides where it goes on.

Everything that draws, prints or compares a protocol gets its words here, so that all of them say it alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from kiosk.protocol.kinds.ask import AskStep
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep
from kiosk.protocol.kinds.choose import ChooseStep
from kiosk.protocol.kinds.instruction import InstructionStep
from kiosk.protocol.kinds.record import RecordStep
from kiosk.protocol.model import RETURN, Protocol, Rule, Step, Text
from kiosk.protocol.slots import SLOT, said

BACK = "Back to where it was called from"
"""What RETURN is called."""

CALL_ANSWERS: Final = {
    False: ("Someone is reached", "Nobody is reached"),
    True: ("It was one of them", "It was none of them"),
}
"""What the two ways out of a call step are called, by whether it only asks who it was."""

NONE_OF_THEM: Final = "None of them"
"""The last answer to who it was."""

ONCE: Final = "Passed by itself when somebody it would call was reached already."
"""What is said of a `once` call step."""

Way = Literal["answer", "next", "reached", "nobody", "rule", "otherwise"]


class Answer(NamedTuple):
    """One way out of a step. `number` is the key that is pressed, 0 for none; `target` a step, an outcome or RETURN."""

    way: Way
    words: str
    target: str
    number: int = 0

    @property
    def told(self) -> str:
        """The words with their key before them."""
        return f"{self.number} {self.words}" if self.number else self.words


class Telling:
    """The words of one protocol in one language, the slots filled with what a district chose."""

    def __init__(self, protocol: Protocol, language: str | None = None, choices: Mapping[str, str] | None = None):
        """`choices`: setting id → choice; the protocol's default for the others, and for a choice there is not."""
        self.protocol, self.language = protocol, language or protocol.source_language
        self.choices = protocol.choices(choices or {})
        spoken = ((r.id, f"[number of {said(r.title, self.language).words}]") for r in protocol.roles.values())
        self._slots: dict[str, Text | str] = dict(spoken)
        self._slots |= {s.id: s.choices.get(self.choices[s.id], s.id) for s in protocol.settings.values()}

    def of(self, text: Text | None) -> str:
        """The words of a text on one line, nothing invisible in them; empty for no text."""
        return shown(said(text, self.language, self._slots).words) if text else ""

    def language_of(self, text: Text) -> str:
        """The language in which a text is told: the wanted one, or the source's where it can't be told in that."""
        return said(text, self.language, self._slots).language

    def slots_of(self, step: Step) -> tuple[str, ...]:
        """The settings whose words stand in a step's texts, in reading order."""
        texts = (step.title, getattr(step, "ask", None), step.do, step.say)
        found = dict.fromkeys(slot for text in texts if text for slot in SLOT.findall(text.say(self.language)))
        return tuple(slot for slot in found if slot in self.protocol.settings)

    def role(self, role_id: str) -> str:
        """A role's title, or its id."""
        role = self.protocol.roles.get(role_id)
        return self.of(role.title) if role else role_id

    def calls(self, step: CallStep) -> tuple[str, ...]:
        """Whom a call step calls, or asks about, one line each; and when it is passed by itself."""
        roles = [self.role(role) for role in step.roles]
        if step.pick:
            lines = [f"Was it: {role}" for role in (*roles, NONE_OF_THEM)]
        else:
            lines = [f"{n}. {role}" for n, role in enumerate(roles, 1)]
        return (*lines, ONCE) if step.once else tuple(lines)

    def after_hours(self) -> str:
        """Whom every call step tries first after hours, in order; empty for nobody."""
        return ", then ".join(self.role(role) for role in self.protocol.after_hours)

    def fact(self, field_id: str) -> str:
        """A field's label, or its id."""
        field = self.protocol.fields.get(field_id)
        return self.of(field.label) if field else field_id

    def asked(self, field_id: str) -> str:
        """A field's label as it is asked for, with what can be chosen: `Is it signed? (Yes / No)`."""
        field = self.protocol.fields.get(field_id)
        choices = " / ".join(self.of(label) for label in field.choices.values()) if field else ""
        return f"{self.fact(field_id)} ({choices})" if choices else self.fact(field_id)

    def value(self, field_id: str, choice: str) -> str:
        """The words of a fact that was chosen; what was typed stays as it is."""
        field = self.protocol.fields.get(field_id)
        return self.of(field.choices[choice]) if field and choice in field.choices else shown(choice)

    def heading(self, step: Step) -> Text | None:
        """The words at the head of a step's screen."""
        return step.title or (step.ask if isinstance(step, AskStep | ChooseStep) else None) or step.do or step.say

    def name(self, target: str) -> str:
        """What a step, an outcome or RETURN is called."""
        if target == RETURN:
            return BACK
        if step := self.protocol.steps.get(target):
            return self._decision(step) if isinstance(step, BranchStep) else self.of(self.heading(step)) or target
        outcome = self.protocol.outcomes.get(target)
        return self.of(outcome.title) if outcome else target

    def answers(self, step: Step) -> tuple[Answer, ...]:
        """Every way out of a step, in the file's order."""
        match step:
            case AskStep():
                found = [Answer("answer", self.of(o.label), o.next, n) for n, o in enumerate(step.options, 1)]
            case CallStep():
                reached, nobody = CALL_ANSWERS[step.pick]
                found = [Answer("reached", reached, step.reached), Answer("nobody", nobody, step.nobody)]
            case BranchStep():
                found = [Answer("rule", f"If {self.rule(rule)}", rule.next) for rule in step.rules]
                found += [Answer("otherwise", "Otherwise", step.otherwise)]
            case ChooseStep() | RecordStep() | InstructionStep():
                found = [Answer("next", "Then", step.next)]
            case _:
                found = []
        return tuple(found)

    def rule(self, rule: Rule) -> str:
        """What a rule asks for: `“Who asks agents?” is “The front desk”`."""
        return f"“{self._asked(rule)}” is {' or '.join(f'“{self._value(rule, v)}”' for v in rule.values)}"

    def choice(self, setting_id: str, choice: str) -> str:
        """The words of a setting's choice, or its id."""
        setting = self.protocol.settings.get(setting_id)
        return self.of(setting.choices[choice]) if setting and choice in setting.choices else choice

    def option(self, step_id: str, option_id: str) -> str:
        """The label of a step's option or tick, or its id."""
        match self.protocol.steps.get(step_id):
            case AskStep(options=options):
                return next((self.of(o.label) for o in options if o.id == option_id), option_id)
            case ChooseStep(choices=choices) if option_id in choices:
                return self.of(choices[option_id])
        return option_id

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
    """Words on one line; what can't be seen is written out, so that no file breaks over it."""
    line = " ".join(words.split())
    return line if line.isprintable() else "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in line)
