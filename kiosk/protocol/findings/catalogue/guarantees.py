"""Findings of guarantees: G0 how they are written, G1 the built-in ones, G2 the pack's own."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

_WRITTEN = (
    Kind(
        "G001",
        "no-promise",
        "It is not clear what {where} promises.",
        "Say one of always, never, from-every-step, at-most, every-end. {hint}",
        why="A guarantee is proved over every path. Only these five shapes of sentence have a proof.",
        bad="guarantees:\n  - id: call-first\n    alway: {call: any}\n    before: {outcome: handover}\n    why: …",
        good="guarantees:\n  - id: call-first\n    always: {call: any}\n    before: {outcome: handover}\n    why: …",
    ),
    Kind(
        "G002",
        "unknown-event",
        "“{word}” in {where} is nothing that happens in a walk.",
        "{hint}",
        why="The words for what happens are few, so that everybody who reads a guarantee understands the same.",
        bad="always: {phone: any}",
        good="always: {call: any}",
    ),
    Kind(
        "G003",
        "no-value",
        "{where} does not say which answer or choice is meant.",
        "Add either “is:” with one, or “in:” with a list.",
        why="An answer or a setting alone could mean any of its values, and the proof would be of something else.",
        bad="unless: {setting: who-asks}",
        good="unless: {setting: who-asks, is: administrator}",
    ),
    Kind(
        "G004",
        "no-number",
        "“{number}” is not a whole number from 0 to {limit}.",
        "Write how many answers, in digits.",
        why="A promise about many answers helps nobody who stands at a desk with an agent in front of it.",
        bad="at-most: a few",
        good="at-most: 4",
    ),
    Kind(
        "G005",
        "too-much-to-prove",
        "“{id}” turns on too many settings and answers at once to be proved.",
        "Let fewer “when” steps look at answers given long before, or promise something narrower.",
        why="What can't be proved is not guaranteed. It is said here and never passed over.",
        bad="steps:\n  a: {when: [{answer: q1, in: [yes], next: b}, … forty more …], otherwise: c}",
        good="steps:\n  a: {when: [{answer: q1, in: [yes], next: b}], otherwise: c}",
    ),
    Kind(
        "G006",
        "too-many-guarantees",
        "There are {count} guarantees; the limit is {limit}.",
        "Keep those that matter most; what an earlier one implies needs none.",
        why="A superintendent signs each of them. More than anybody reads protects nobody.",
        bad="guarantees: [ … 41 of them … ]",
        good="guarantees: [ … the six that matter … ]",
    ),
    Kind(
        "G007",
        "unknown-name",
        "“{name}” is none of the {of}.",
        "{hint}",
        why="A guarantee about something that is not there would hold without saying anything.",
        bad="before: {outcome: hand-over}",
        good="before: {outcome: handover}",
    ),
    Kind(
        "G008",
        "never-shown",
        "“{step}” only decides where to go and is never shown.",
        "Name the step it leads to.",
        why="What nobody sees does not happen at the desk, so nothing can be promised about it.",
        bad="before: {step: which-first}",
        good="before: {step: identify}",
    ),
)

_BUILT_IN = (
    Kind(
        "G101",
        "path-without-end",
        "There is a path from which no answer leads to an outcome: {story}.",
        "Add an answer to that step which leads to an outcome.",
        why="An encounter that can't come to an outcome can't be closed, and leaves the desk at the screen.",
        bad="wait:\n  when: [{answer: who, in: [police], next: again}]\n  otherwise: wait-note",
        good="wait:\n  when: [{answer: who, in: [police], next: handover}]\n  otherwise: wait-note",
    ),
    Kind(
        "G102",
        "outcome-past-the-office",
        "The {story}, not to the Superintendent's Office or its designee.",
        "Refer to “superintendent-office”, mark the role “designee: true”, or declare the outcome “routine: true”.",
        why="Whatever happened, an agent leaves knowing who may decide: the superintendent, or whom they named.",
        bad="left: {title: They left, refer: principal}",
        good="left: {title: They left, refer: superintendent-office}",
    ),
    Kind(
        "G103",
        "danger-far",
        "Danger is not one key away everywhere: {story}.",
        "Add an interrupt “danger” that leads to a step from where answers lead to a call.",
        why="When somebody is in danger, nobody reads a screen to the end. One key must do, on every step.",
        bad="interrupts: [{id: they-left, label: They left, next: left}]",
        good="interrupts: [{id: danger, label: Danger, next: call-911}, {id: they-left, label: They left, next: left}]",
    ),
    Kind(
        "G104",
        "call-far",
        "There is a step from where no call is within four keys: {story}.",
        "Let an answer or an interrupt lead to a call sooner.",
        why="The desk decides nothing. Whoever sits there must never be far from a person who may.",
        bad="note: {record: [agents], next: over}",
        good="note: {record: [agents], next: call-now}",
    ),
)

_OWN = (
    Kind(
        "G201",
        "guarantee-broken",
        "“{id}” does not hold. {story}.",
        "Change a step on this path so that it holds, or change what is promised.",
        why="The superintendent signed this sentence. The path shown is the shortest one that breaks it.",
        bad="call-now: {title: Call now, next: wait}   # nobody is called",
        good="call-now: {title: Call now, call: [office], reached: {next: wait}, nobody: {next: on}}",
    ),
)

KINDS: tuple[Kind, ...] = (*_WRITTEN, *_BUILT_IN, *_OWN)
