"""Scenarios as sentences, for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from kiosk.authoring.describe import Description
from kiosk.i18n.strings import text
from kiosk.protocol.kinds.calls import Calls, OneCall
from kiosk.protocol.kinds.registry import in_words
from kiosk.protocol.replies import Attempt, Missing, Value
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, Scenario, WentBack


def sentences(scenario: Scenario, description: Description) -> Iterator[str]:
    """Yield one sentence for each line of the scenario."""
    for line in scenario.do:
        yield _line(line, description)


def ends(scenario: Scenario, description: Description) -> str:
    """Return how the scenario must end, in a sentence."""
    return f"Outcome: {description.name(scenario.outcome)}." if scenario.outcome else "Any outcome is right."


def chosen(scenario: Scenario, description: Description) -> str:
    """Return the settings of the scenario; empty for the defaults."""
    pairs = (
        f"{description.of(description.protocol.settings[s].ask)} {description.choice(s, c)}"
        for s, c in scenario.settings.items()
        if s in description.protocol.settings
    )
    return "; ".join(pairs)


def _line(line: Line, description: Description) -> str:
    match line:
        case PressedKey(interrupt=pressed):
            jump = description.protocol.interrupt(pressed)
            return f"Staff press the key {description.of(jump.label) if jump else pressed}."
        case WentBack(step=step):
            return f"Staff go back to “{description.name(step)}” and change the answer:"
        case CalledOutside(calls=calls):
            return f"A call made outside the steps: {_calls(calls, description)}."
        case Answered(step=step):
            return f"{description.name(step)} → {_reply(line, description)}"
        case _:
            assert_never(line)


def _reply(line: Answered, description: Description) -> str:
    if isinstance(line.reply, Calls):
        return _calls(line.reply, description)
    return "; ".join(in_words(line.reply, _Words(line.step, description))) or "done"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a step's replies, as the review copy has them."""

    step: str
    description: Description

    def option(self, option: str) -> str:
        return self.description.option(self.step, option)

    def fact(self, field: str, value: Value) -> str:
        return f"{self.description.fact(field)}: {_value(field, value, self.description)}"

    def call(self, attempt: Attempt) -> str:
        return f"{self.description.role(attempt.role)}: {text(f'result.{attempt.result}')}"


def _calls(calls: Calls, description: Description) -> str:
    return "; ".join(f"{description.role(of.role)}: {', '.join(map(_result, of.calls))}" for of in calls.roles)


def _result(call: OneCall) -> str:
    which = "" if call.person is None else f" (number {call.person + 1})"
    return text(f"result.{call.result}") + which


def _value(name: str, value: Value, description: Description) -> str:
    if isinstance(value, Missing):
        return f"({value.reason.replace('-', ' ')})"
    return description.value(name, str(value))
