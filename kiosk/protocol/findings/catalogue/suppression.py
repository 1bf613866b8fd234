"""Findings of warnings that a file lets stand."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS: tuple[Kind, ...] = (
    Kind(
        "P701",
        "allow-unknown-code",
        "“{what}” is not the code of a finding, so nothing is allowed by it.",
        "{hint}",
        why="A misspelt code would look as if somebody had decided something.",
        bad="allow:\n  - {code: P4O7, at: steps.who, reason: The sign at the door says the same.}\n",
        good="allow:\n  - {code: P407, at: steps.who, reason: The sign at the door says the same.}\n"
        "steps:\n  who:\n    ask: {en: Who is it?}\n    options:\n"
        "      - {id: agent, label: {en: An agent}, next: sort}\n"
        "      - {id: other, label: {en: Somebody else}, next: over}\n",
    ),
    Kind(
        "P702",
        "allow-not-a-warning",
        "“{what}” can't be allowed: {because}.",
        "Repair what it tells of, and delete this line.",
        why="An error would stop the desk or mislead it. No reason makes that right, so only warnings can stand.",
        bad="allow:\n  - {code: P201, at: steps.who, reason: We add that step next week.}\n",
        good="allow: []\n",
    ),
    Kind(
        "P703",
        "allow-matches-nothing",
        "There is no {what} in {where} any more.",
        "Delete this line.",
        Severity.WARNING,
        why="What is allowed but not there hides the next one that comes to the same place.",
        bad="allow:\n  - {code: P407, at: steps.note, reason: Our own way of doing it.}\n",
        good="allow: []\n",
    ),
    Kind(
        "P704",
        "allow-without-reason",
        "“{reason}” does not say why {what} is right here.",
        "Write a sentence that counsel would understand.",
        why="The superintendent signs what you let stand; the reason is what is signed.",
        bad="allow:\n  - {code: P407, at: steps.who, reason: ok}\n",
        good="allow:\n  - {code: P407, at: steps.who, reason: The sign at the door says the same.}\n",
    ),
    Kind(
        "P705",
        "allow-nowhere",
        "“{at}” is no place in this file.",
        "Write keys and ids with dots, such as “steps.wait”.",
        why="Moved or renamed steps leave their permission behind; it must move with them.",
        bad="allow:\n  - {code: P407, at: steps.whom, reason: The sign at the door says the same.}\n",
        good="allow:\n  - {code: P407, at: steps.who, reason: The sign at the door says the same.}\n",
    ),
)
