"""Findings about suppressed warnings."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS: tuple[Kind, ...] = (
    Kind(
        "P701",
        "allow-unknown-code",
        "“{what}” is not the code of a finding, so it suppresses nothing.",
        "{hint}",
        why="A misspelled code would look like a decision, but have no effect.",
        bad="allow:\n  - {code: P4O7, at: steps.who, reason: The sign at the door says the same.}\n",
        good="allow:\n  - {code: P407, at: steps.who, reason: The sign at the door says the same.}\n"
        "steps:\n  who:\n    ask: {en: Who is it?}\n    options:\n"
        "      - {id: agent, label: {en: An agent}, next: sort}\n"
        "      - {id: other, label: {en: Somebody else}, next: over}\n",
    ),
    Kind(
        "P702",
        "allow-not-a-warning",
        "“{what}” can't be suppressed: {because}.",
        "Correct the error, and delete this line.",
        why="An error would stop or mislead the desk, so only warnings can be suppressed.",
        bad="allow:\n  - {code: P201, at: steps.who, reason: We add that step next week.}\n",
        good="allow: []\n",
    ),
    Kind(
        "P703",
        "allow-matches-nothing",
        "There is no {what} in {where} any more.",
        "Delete this line.",
        Severity.WARNING,
        why="An unused suppression would hide the next warning in the same place.",
        bad="allow:\n  - {code: P407, at: steps.note, reason: Our own way of doing it.}\n",
        good="allow: []\n",
    ),
    Kind(
        "P704",
        "allow-without-reason",
        "“{reason}” does not explain why {what} is right here.",
        "Write a sentence that counsel would understand.",
        why="The superintendent signs each suppressed warning with its reason.",
        bad="allow:\n  - {code: P407, at: steps.who, reason: ok}\n",
        good="allow:\n  - {code: P407, at: steps.who, reason: The sign at the door says the same.}\n",
    ),
    Kind(
        "P705",
        "allow-nowhere",
        "“{at}” is not a place in this file.",
        "Write keys and ids with dots, such as “steps.wait”.",
        why="When a step is moved or renamed, its suppressions must follow.",
        bad="allow:\n  - {code: P407, at: steps.whom, reason: The sign at the door says the same.}\n",
        good="allow:\n  - {code: P407, at: steps.who, reason: The sign at the door says the same.}\n",
    ),
)
