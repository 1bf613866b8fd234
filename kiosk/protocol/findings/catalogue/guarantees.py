"""Findings about guarantees: G0 their form, G1 the built-in ones, G2 the pack's own."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

_WRITTEN = (
    Kind(
        "G001",
        "no-promise",
        "{where} has no valid form of a guarantee.",
        "Use one of always, never, from-every-step, at-most, every-end. {hint}",
        why="A guarantee is proved for all paths. Only these five forms can be proved.",
        bad="guarantees:\n  - id: call-first\n    alway: {call: any}\n    before: {outcome: handover}\n    why: …",
        good="guarantees:\n  - id: call-first\n    always: {call: any}\n    before: {outcome: handover}\n    why: …",
    ),
    Kind(
        "G002",
        "unknown-event",
        "“{word}” in {where} is not an event of a walk.",
        "{hint}",
        why="There are only a few event names, so that all readers understand a guarantee in the same way.",
        bad="always: {phone: any}",
        good="always: {call: any}",
    ),
    Kind(
        "G003",
        "no-value",
        "{where} does not name an answer or choice.",
        "Add “is:” with one value, or “in:” with a list.",
        why="An answer or a setting alone could mean any of its values, so the proof would be about something else.",
        bad="unless: {setting: who-asks}",
        good="unless: {setting: who-asks, is: administrator}",
    ),
    Kind(
        "G004",
        "no-number",
        "“{number}” is not a whole number from 0 to {limit}.",
        "Write the number of answers, in digits.",
        why="A guarantee over many answers helps nobody at the desk.",
        bad="at-most: a few",
        good="at-most: 4",
    ),
    Kind(
        "G005",
        "too-much-to-prove",
        "“{id}” depends on too many settings and answers to be proved.",
        "Let fewer “when” steps use much earlier answers, or write a narrower guarantee.",
        why="An unproved guarantee guarantees nothing, so the check reports it.",
        bad="steps:\n  a: {when: [{answer: q1, in: [yes], next: b}, … forty more …], otherwise: c}",
        good="steps:\n  a: {when: [{answer: q1, in: [yes], next: b}], otherwise: c}",
    ),
    Kind(
        "G006",
        "too-many-guarantees",
        "There are {count} guarantees; the limit is {limit}.",
        "Keep the most important ones. Delete any that another one implies.",
        why="A superintendent signs each of them. A list too long to read protects nobody.",
        bad="guarantees: [ … 41 of them … ]",
        good="guarantees: [ … the six that matter … ]",
    ),
    Kind(
        "G007",
        "unknown-name",
        "“{name}” is not one of the {of}.",
        "{hint}",
        why="A guarantee about a name that does not exist would always hold and mean nothing.",
        bad="before: {outcome: hand-over}",
        good="before: {outcome: handover}",
    ),
    Kind(
        "G008",
        "never-shown",
        "“{step}” is a branch and is never shown.",
        "Name the step it leads to.",
        why="Staff never see a branch, so a guarantee about it means nothing at the desk.",
        bad="before: {step: which-first}",
        good="before: {step: identify}",
    ),
)

_BUILT_IN = (
    Kind(
        "G101",
        "path-without-end",
        "There is a path from which no answer leads to an outcome: {path}.",
        "Add an answer to that step that leads to an outcome.",
        why="A record that can't reach an outcome can't be closed.",
        bad="wait:\n  when: [{answer: who, in: [police], next: again}]\n  otherwise: wait-note",
        good="wait:\n  when: [{answer: who, in: [police], next: handover}]\n  otherwise: wait-note",
    ),
    Kind(
        "G102",
        "outcome-past-the-office",
        "The {path}, not to the Superintendent's Office or its designee.",
        "Refer to “superintendent-office”, mark the role “designee: true”, or declare the outcome “routine: true”.",
        why="An agent must always learn who may decide: the superintendent or a designee.",
        bad="left: {title: They left, refer: principal}",
        good="left: {title: They left, refer: superintendent-office}",
    ),
    Kind(
        "G103",
        "danger-far",
        "“Danger” is not one key away at every step: {path}.",
        "Add an interrupt “danger” that leads to a step from which answers lead to a call.",
        why="In danger, nobody reads a whole screen. One key must be enough at every step.",
        bad="interrupts: [{id: they-left, label: They left, next: left}]",
        good="interrupts: [{id: danger, label: Danger, next: call-911}, {id: they-left, label: They left, next: left}]",
    ),
    Kind(
        "G104",
        "call-far",
        "There is a step from which no call is within four key presses: {path}.",
        "Let an answer or an interrupt lead to a call sooner.",
        why="Staff at the desk don't decide. A person who may decide must always be quickly reachable.",
        bad="note: {record: [agents], next: over}",
        good="note: {record: [agents], next: call-now}",
    ),
)

_OWN = (
    Kind(
        "G201",
        "guarantee-broken",
        "“{id}” does not hold. {path}.",
        "Change a step on this path so that it holds, or change the guarantee.",
        why="The superintendent signed this guarantee. This is the shortest path that breaks it.",
        bad="call-now: {title: Call now, next: wait}   # nobody is called",
        good="call-now: {title: Call now, call: [office], reached: {next: wait}, nobody: {next: on}}",
    ),
)

KINDS: tuple[Kind, ...] = (*_WRITTEN, *_BUILT_IN, *_OWN)
