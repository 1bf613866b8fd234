"""Findings about a scenarios file."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS = (
    Kind(
        "S101",
        "crowded-line",
        "A line of “do” has one key; this one has {count}.",
        "Write each on its own line.",
        why="A scenario goes step by step. Two keys on a line have no order.",
        bad="- name: An agent, handed over\n  do:\n    - {who: agent, phone: {office: reached}}\n  outcome: over\n",
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S102",
        "unknown-step",
        "“{step}” is not a step that is shown.",
        "{hint}",
        why="A scenario with a step that does not exist proves nothing.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {hwo: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S103",
        "never-asked",
        "“{step}” is a branch and takes no answer.",
        "Delete this line.",
        why="The kiosk decides at a branch by itself. Staff never see it.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {sort: done}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S104",
        "unknown-option",
        "“{step}” has no answer “{answer}”.",
        "{hint}",
        why="Staff could not give this answer.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agnet}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S105",
        "unknown-interrupt",
        "“{interrupt}” is not an interrupt.",
        "{hint}",
        why="There is no such key to press.",
        bad="- name: An agent, handed over\n  do:\n    - {press: lef}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {press: left}\n  outcome: over\n",
    ),
    Kind(
        "S106",
        "role-not-called",
        "“{step}” does not call “{role}”.",
        "{hint}",
        why="This step calls another role.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {helper: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S107",
        "field-not-asked",
        "“{step}” does not ask for “{field}”.",
        "{hint}",
        why="This step has no such field.",
        bad="- name: An agent, handed over\n  do:\n    - {note: {shoes: brown}}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {note: {badge: refused}}\n  outcome: over\n",
    ),
    Kind(
        "S108",
        "reason-not-offered",
        "“{field}” can't be “{reason}”.",
        "Write a typed value, or add the reason to the field's “missing”.",
        why="Staff can leave a field empty only for the reasons that it allows.",
        bad="- name: An agent, handed over\n  do:\n    - {note: {badge: not-seen}}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {note: {badge: refused}}\n  outcome: over\n",
    ),
    Kind(
        "S109",
        "back-alone",
        "After going back to “{step}”, the next line must answer it.",
        "Add the changed answer, or delete “back”.",
        why="Staff go back to change an answer, so the next line must be that answer.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {back: who}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {back: who}\n"
            "    - {who: other}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S110",
        "same-name",
        "Another scenario already has the name “{name}”.",
        "Give each its own name.",
        why="If one of them failed, its name would not identify it.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            "- name: Another agent\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S111",
        "never-on-screen",
        "“{sight}” is not a text that can be shown.",
        "{hint}",
        why="A text that can't be shown is never shown, so the scenario would prove nothing.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            '  shows: ["say:note"]\n'
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            '  shows: ["say:phone"]\n'
        ),
    ),
    Kind(
        "S112",
        "nothing-expected",
        "“{name}” has no expected result, so it proves little.",
        "Add “outcome:” with the expected outcome.",
        Severity.WARNING,
        why="A scenario without an expected result always passes.",
        bad="- name: An agent\n  do:\n    - {who: agent}\n",
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S113",
        "not-a-count",
        "“{count}” is not a number of people.",
        "Write 0 to {limit}.",
        why="The scenario runs with that number of contacts.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  people: {office: some}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  people: {office: 2}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S114",
        "unknown-outcome",
        "“{outcome}” is not an outcome.",
        "{hint}",
        why="A scenario can only end at an outcome of the protocol.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: ovr\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S115",
        "scenario-fails",
        "The scenario “{name}” does not pass: {reason}",
        "Correct the protocol, or correct the scenario if the protocol is right.",
        why="A scenario describes a case that will happen at a desk. If it fails, the desk will not do as intended.",
        bad="- name: Somebody else comes\n  do: [{who: agent}]\n  outcome: over\n",
        good="- name: Somebody else comes\n  do: [{who: other}]\n  outcome: over\n",
    ),
    Kind(
        "S116",
        "never-touched",
        "No scenario covers {count} of the {all} {what}: {names}.",
        "Add a scenario that does.",
        Severity.WARNING,
        why="A part without a scenario can change unnoticed until it happens at a desk.",
        bad="- name: A parent comes\n  do: [{danger: no}, {who: parent}]\n  outcome: routine",
        good="- name: An agent comes\n  do: [{danger: no}, {who: federal}, {press: they-left}]\n  outcome: left",
    ),
    Kind(
        "S117",
        "too-many-lines",
        "“{name}” has {count} lines of “do”; the limit is {limit}.",
        "Split it into shorter scenarios.",
        why="Such a long scenario describes no real visit, and it would slow each check.",
        bad="- name: All day\n  do: [{danger: no}, …]",
        good="- name: In the morning\n  do: [{danger: no}, {who: parent}]",
    ),
    Kind(
        "S118",
        "not-played",
        "{count} scenarios were not run, because the file is too large.",
        "Split it: `kiosk protocol test --scenarios FILE` runs another file.",
        Severity.WARNING,
        why="A scenario that was not run proves nothing. A check must end in reasonable time.",
        bad="- {name: …}   # ten thousand of them",
        good="- {name: …}   # as many as a person can read",
    ),
    Kind(
        "S119",
        "value-does-not-fit",
        "“{value}” does not fit the field “{field}”.",
        "{hint}",
        why="The desk takes only what the field's type allows, so nobody could have typed that.",
        bad="- name: A note about the door\n  do:\n    - {note: {door: perhaps}}\n  outcome: over\n",
        good="- name: A note about the door\n  do:\n    - {note: {door: partly}}\n  outcome: over\n",
    ),
    Kind(
        "S206",
        "line-never-decides",
        "Rule {number} of “{step}”, “{rule}”, never applies, for any answers and settings.",
        "Delete it, or move it before the rule that hides it.",
        Severity.WARNING,
        why="The author wrote this rule for a case that another rule handles.",
        bad=(
            "steps:\n"
            "  sort:\n"
            "    when:\n"
            "      - {setting: wait-place, in: [hall, desk], next: note}\n"
            "      - {setting: wait-place, is: desk, next: phone}\n"
            "    otherwise: phone\n"
        ),
        good=(
            "steps:\n"
            "  sort:\n"
            "    when:\n"
            "      - {setting: wait-place, is: hall, next: note}\n"
            "      - {setting: wait-place, is: desk, next: phone}\n"
            "    otherwise: phone\n"
        ),
    ),
    Kind(
        "S207",
        "answer-never-offered",
        "The answer “{answer}” of “{step}” is never offered, because there is never a step to return to.",
        "Name a step instead of “return”, or delete it.",
        Severity.WARNING,
        why="The author expects an answer that is never on the screen.",
        bad=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Who is it?}\n"
            "    cite: [guide]\n"
            "    options:\n"
            "      - {id: agent, label: {en: An agent}, next: sort}\n"
            "      - {id: back, label: {en: Back}, next: return}\n"
        ),
        good=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Who is it?}\n"
            "    cite: [guide]\n"
            "    options:\n"
            "      - {id: agent, label: {en: An agent}, next: sort}\n"
            "      - {id: back, label: {en: Back}, next: over}\n"
        ),
    ),
    Kind(
        "S208",
        "walked-in-part",
        "The protocol is too large to be tested completely: {tried} of {count} answers were tried.",
        "Split it, or let fewer settings decide the path.",
        Severity.WARNING,
        why="The check proved only the answers that it tried.",
        bad="steps: {…}   # two thousand of them",
        good="steps: {…}   # as many as a desk can learn",
    ),
)
