"""Guarantees about calls where a call is only asked about, need not be made again, or is made after hours."""

from __future__ import annotations

from typing import Final

import pytest

from kiosk.checks.guarantees.verdicts import verdicts
from kiosk.protocol.parsing.protocol import read_protocol
from tests.protocol.samples import PREAMBLE

HEAD: Final = (
    PREAMBLE
    + """\
roles:
  superintendent-office: {title: The office}
  helper: {title: The helper}
  night: {title: At night}
interrupts: [{id: danger, label: Danger, next: tell}]
outcomes: {over: {title: Over, refer: superintendent-office}}
start: ask
"""
)
STEPS: Final = """\
steps:
  ask:
    ask: Which?
    options: [{id: x, label: X, next: tell}, {id: y, label: Y, next: far}]
  far: {do: Go far., next: tell}
  tell: {title: Tell, call: [superintendent-office, helper], reached: {next: on}, nobody: {next: again}}
  on: {title: On, next: more}
  more: {title: More, next: over}
  again: {title: Again, next: ask}
"""


def holds(promise: str, *, step: str = "", top: str = "") -> bool:
    """Whether a guarantee holds where the call step, and the top of the file, have these keys as well."""
    steps = STEPS.replace("title: Tell,", f"title: Tell, {step},") if step else STEPS
    text = f"{HEAD}{top}\n{steps}guarantees:\n  - {{id: g, why: w, {promise}}}\n"
    reading = read_protocol(text.encode(), "p.yaml")
    assert reading.protocol is not None, reading.findings
    return next(v.holds for v in verdicts(reading.protocol) if v.id == "g")


@pytest.mark.parametrize(
    ("promise", "plain", "once"),
    [
        ("every-end: [{reached: superintendent-office}, {reached: helper}]", True, True),
        ("every-end: {reached: superintendent-office}", False, False),
        ("every-end: {call: any}", True, True),
        ("every-end: {call: helper}", True, False),
        ("always: {step: tell}, before: {outcome: over}", True, False),
        ("always: {step: tell}, before: {step: again}", True, True),
        ("never: {reached: helper}", False, False),
        ("at-most: 3, answers-to: {call: any}", True, True),
        ("at-most: 2, answers-to: {call: any}, after: {step: far}", True, False),
        ("at-most: 3, answers-to: {outcome: over}, after: {interrupt: danger}", False, False),
        ("from-every-step: {call: any}, within: 3", True, True),
        ("from-every-step: {step: tell}", True, False),
    ],
)
def test_a_call_that_may_be_passed_by_itself_promises_what_was_done_before(
    promise: str, plain: bool, once: bool
) -> None:
    """That somebody was called and reached; not that the step was shown, nor a call of others, nor one after all."""
    assert holds(promise) is plain
    assert holds(promise, step="once: true") is once


@pytest.mark.parametrize(
    ("promise", "kept"),
    [
        ("every-end: [{reached: superintendent-office}, {reached: helper}]", True),
        ("every-end: {call: any}", False),
        ("never: {call: any}", True),
        ("from-every-step: {call: any}", False),
    ],
)
def test_to_ask_who_it_was_is_no_call(promise: str, kept: bool) -> None:
    """The named person answered a call; “none of them” means that nobody did."""
    assert holds(promise, step="pick: true") is kept


@pytest.mark.parametrize("step", ["", "pick: true", "once: true"])
def test_the_danger_key_must_lead_to_a_call(step: str) -> None:
    """One that is made, not one that is asked about."""
    steps = STEPS.replace("title: Tell,", f"title: Tell, {step},") if step else STEPS
    protocol = read_protocol(f"{HEAD}{steps}".encode(), "p.yaml").protocol
    assert protocol is not None
    found = {v.code: v.holds for v in verdicts(protocol) if v.built_in}
    assert found["G103"] is (step != "pick: true")
    assert found["G104"] is (step != "pick: true")
    assert found["G101"]


@pytest.mark.parametrize(
    ("promise", "by_day", "after_hours"),
    [
        ("every-end: [{reached: superintendent-office}, {reached: helper}]", True, False),
        ("every-end: [{reached: [superintendent-office, helper, night]}]", True, True),
        ("every-end: {call: helper}", True, True),
        ("every-end: {call: night}", False, False),
        ("never: {call: night}", True, False),
        ("never: {reached: night}", True, False),
        ("from-every-step: {reached: night}", False, False),
        ("from-every-step: {call: night}", False, False),
        ("from-every-step: {reached: [night, helper]}", True, True),
        ("from-every-step: {call: helper}", True, True),
    ],
)
def test_after_hours_somebody_else_may_answer(promise: str, by_day: bool, after_hours: bool) -> None:
    """So a promise that one of the step's own people is reached is kept no more; that they are called is.

    Nobody calls the others by day: they are never in reach from every step.
    """
    assert holds(promise) is by_day
    assert holds(promise, top="after_hours: [night]") is after_hours
