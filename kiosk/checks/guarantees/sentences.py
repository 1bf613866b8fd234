"""Guarantees as sentences in plain English, with titles and labels in place of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from kiosk.protocol.guarantee import ANY, Event, EventKind, Events, Guarantee
from kiosk.protocol.kinds.registry import answers_of
from kiosk.protocol.model import Protocol, Step, Text
from kiosk.worded import many

_MOST_WORDS = 80

_CLAUSES: Mapping[EventKind, tuple[str, str]] = {
    "step": ("{names} is shown", "any step is shown"),
    "outcome": ("the outcome {names} is reached", "any outcome is reached"),
    "call": ("a call to {names} is made", "a call is made"),
    "reached": ("{names} answers a call", "a person answers a call"),
    "answer": ("“{of}” is answered {names}", "“{of}” is answered"),
    "record": ("{names} is recorded", "a fact is recorded"),
    "interrupt": ("the key {names} is pressed", "a key is pressed"),
    "setting": ("“{of}” is {names}", "“{of}” is anything"),
    "to_notify": ("the outcome notifies {names}", "the outcome notifies a role"),
    "refer": ("the outcome refers to {names}", "the outcome refers to a role"),
    "duty": ("the outcome has the duty {names}", "the outcome has a duty"),
}
"""Kind of event → the clause for some names, and for any."""


class Words:
    """The titles and labels of one protocol, in its source language."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol

    def text(self, text: Text | None, instead: str) -> str:
        """Return a text in the source language, cut to one line; `instead` if it is empty."""
        said = " ".join((text.say(self.protocol.source_language) if text else "").split()) or instead
        return said if len(said) <= _MOST_WORDS else said[: _MOST_WORDS - 1] + "…"

    def step(self, step_id: str) -> str:
        """Return the name of a step: its question, its title, or else its first words."""
        step = self.protocol.steps.get(step_id)
        if step is None:
            return step_id
        return self.text(step.question or step.title or step.do or step.say, step_id)

    def outcome(self, outcome_id: str) -> str:
        """Return the title of an outcome."""
        end = self.protocol.outcomes.get(outcome_id)
        return self.text(end.title if end else None, outcome_id)

    def role(self, role_id: str) -> str:
        """Return the title of a role."""
        role = self.protocol.roles.get(role_id)
        return self.text(role.title if role else None, role_id)

    def interrupt(self, interrupt_id: str) -> str:
        """Return the label of an interrupt."""
        jump = self.protocol.interrupt(interrupt_id)
        return self.text(jump.label if jump else None, interrupt_id)

    def answer(self, step: Step | None, answer_id: str) -> str:
        """Return the label of an option or of a tick."""
        return self.text(answers_of(step).get(answer_id) if step else None, answer_id)

    def setting(self, setting_id: str) -> str:
        """Return the question of a setting."""
        setting = self.protocol.settings.get(setting_id)
        return self.text(setting.ask if setting else None, setting_id)

    def choice(self, setting_id: str, choice_id: str) -> str:
        """Return the label of one choice of a setting."""
        setting = self.protocol.settings.get(setting_id)
        return self.text(setting.choices.get(choice_id) if setting else None, choice_id)

    def field(self, field_id: str) -> str:
        """Return the label of a field."""
        field = self.protocol.fields.get(field_id)
        return self.text(field.label if field else None, field_id)

    def duty(self, duty_id: str) -> str:
        """Return the text of a duty, of the first outcome that has it."""
        ends = self.protocol.outcomes.values()
        return self.text(next((d.do for end in ends for d in end.duties if d.id == duty_id), None), duty_id)

    def events(self, events: Events) -> str:
        """Return several events as a clause, joined by “or”."""
        return " or ".join(map(self.event, events))

    def event(self, event: Event) -> str:
        """Return one event as a clause: “the outcome “They left” is reached”."""
        some, every = _CLAUSES[event.kind]
        of = self.setting(event.of) if event.kind == "setting" else self.step(event.of) if event.of else ""
        clause = every if event.names == (ANY,) else some
        return clause.format(names=quoted(self._name(event, name) for name in event.names), of=of)

    def _name(self, event: Event, name: str) -> str:
        match event.kind:
            case "step":
                return self.step(name)
            case "outcome":
                return self.outcome(name)
            case "record":
                return self.field(name)
            case "interrupt":
                return self.interrupt(name)
            case "setting":
                return self.choice(event.of, name)
            case "answer":
                return self.answer(self.protocol.steps.get(event.of), name)
            case "duty":
                return self.duty(name)
            case "call" | "reached" | "to_notify" | "refer":
                return self.role(name)
            case _:
                assert_never(event.kind)

    def guarantee(self, g: Guarantee) -> str:
        """Return a guarantee as one sentence."""
        return f"{self._property(g)}{self._unless(g)}."

    def _property(self, g: Guarantee) -> str:
        what = self.events(g.what)
        since = f" after {self.events(g.after)}" if g.after else ""
        match g.verb:
            case "always":
                return f"Always, before {self.events(g.before)}, {what}"
            case "never":
                return f"Never{since}: {what}"
            case "at-most":
                start = since or " from the start"
                takes = f"it takes at most {answers(g.most)} until" if g.most else "nothing else is asked before"
                return f"Without an interrupt,{start} {takes} {what}"
            case "from-every-step":
                within = f" in at most {answers(g.most)}" if g.most is not None else ""
                return f"From every step, this can be reached{within}: {what}"
            case "every-end":
                exempt = quoted((self.outcome(o) for o in g.except_), "and")
                return f"At every outcome{f' except {exempt}' if g.except_ else ''}: {what}"
            case _:
                assert_never(g.verb)

    def _unless(self, g: Guarantee) -> str:
        return f"; unless {self.events(g.unless)}" if g.unless else ""


def quoted(names: Iterable[str], joined: str = "or") -> str:
    """Return names in quotes, joined: `“A”, “B” or “C”`."""
    found = [f"“{name}”" for name in names]
    return f" {joined} ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def answers(count: int) -> str:
    """Return a number of answers: `1 answer`, `4 answers`."""
    return many(count, "answer")
