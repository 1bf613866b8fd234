"""Scenarios as sentences, for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from kiosk.authoring.describe import Telling
from kiosk.i18n.strings import text
from kiosk.protocol.kinds.calls import Calls, Told
from kiosk.protocol.kinds.registry import told
from kiosk.protocol.replies import Attempt, Missing, Value
from kiosk.scenarios.model import Answered, CalledOutside, Line, PressedKey, Scenario, WentBack


def sentences(scenario: Scenario, telling: Telling) -> Iterator[str]:
    """Yield one sentence for each line of the scenario."""
    for line in scenario.do:
        yield _line(line, telling)


def ends(scenario: Scenario, telling: Telling) -> str:
    """Return how the scenario must end, in a sentence."""
    return f"Outcome: {telling.name(scenario.outcome)}." if scenario.outcome else "Any outcome is right."


def chosen(scenario: Scenario, telling: Telling) -> str:
    """Return the settings of the scenario; empty for the defaults."""
    pairs = (
        f"{telling.of(telling.protocol.settings[s].ask)} {telling.choice(s, c)}"
        for s, c in scenario.settings.items()
        if s in telling.protocol.settings
    )
    return "; ".join(pairs)


def _line(line: Line, telling: Telling) -> str:
    match line:
        case PressedKey(interrupt=pressed):
            jump = telling.protocol.interrupt(pressed)
            return f"Staff press the key {telling.of(jump.label) if jump else pressed}."
        case WentBack(step=step):
            return f"Staff go back to “{telling.name(step)}” and change the answer:"
        case CalledOutside(calls=calls):
            return f"A call made outside the steps: {_calls(calls, telling)}."
        case Answered(step=step):
            return f"{telling.name(step)} → {_reply(line, telling)}"
        case _:
            assert_never(line)


def _reply(line: Answered, telling: Telling) -> str:
    if isinstance(line.reply, Calls):
        return _calls(line.reply, telling)
    return "; ".join(told(line.reply, _Words(line.step, telling))) or "done"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a step's replies, as the review copy has them."""

    step: str
    telling: Telling

    def option(self, option: str) -> str:
        return self.telling.option(self.step, option)

    def fact(self, field: str, value: Value) -> str:
        return f"{self.telling.fact(field)}: {_value(field, value, self.telling)}"

    def call(self, attempt: Attempt) -> str:
        return f"{self.telling.role(attempt.role)}: {text(f'result.{attempt.result}')}"


def _calls(calls: Calls, telling: Telling) -> str:
    return "; ".join(f"{telling.role(of.role)}: {', '.join(map(_result, of.calls))}" for of in calls.roles)


def _result(call: Told) -> str:
    which = "" if call.person is None else f" (number {call.person + 1})"
    return text(f"result.{call.result}") + which


def _value(name: str, value: Value, telling: Telling) -> str:
    if isinstance(value, Missing):
        return f"({value.reason.replace('-', ' ')})"
    return telling.value(name, str(value))
