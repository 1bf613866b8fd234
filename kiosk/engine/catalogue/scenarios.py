"""Findings of a scenarios file."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind, Severity

KINDS = (
    Kind(
        "S101",
        "crowded-line",
        "A line of “do” says one thing; here are {count}.",
        "Give each its own line.",
        why="A story is told one step at a time; two on a line have no order.",
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
        why="A story about a step that is not there proves nothing.",
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
        "“{step}” decides by itself; nobody answers it.",
        "Delete this line.",
        why="The kiosk decides this by itself; nobody at the desk sees it.",
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
        why="The desk could not give this answer.",
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
        why="This step calls somebody else.",
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
        why="This step has no box for it.",
        bad="- name: An agent, handed over\n  do:\n    - {note: {shoes: brown}}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {note: {badge: refused}}\n  outcome: over\n",
    ),
    Kind(
        "S108",
        "reason-not-offered",
        "“{field}” can't be “{reason}”.",
        "Write what was typed, or add the reason to the field's “missing”.",
        why="The desk can leave a box open only for the reasons that the field allows.",
        bad="- name: An agent, handed over\n  do:\n    - {note: {badge: not-seen}}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {note: {badge: refused}}\n  outcome: over\n",
    ),
    Kind(
        "S109",
        "back-alone",
        "After going back to “{step}”, the next line must answer it.",
        "Add the corrected answer, or delete “back”.",
        why="One goes back to give another answer, so the next line has to be that answer.",
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
        "Another scenario is already called “{name}”.",
        "Give each its own name.",
        why="When one of them fails, nobody would know which.",
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
        "“{sight}” is nothing that can be shown.",
        "{hint}",
        why="What can't be shown is never shown, so the story would prove nothing.",
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
        "“{name}” expects nothing, so it proves little.",
        "Add “outcome:” with where it must end.",
        Severity.WARNING,
        why="A story that expects nothing passes whatever happens.",
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
        why="The kiosk plays with that many contacts, so it must be a number.",
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
        why="A story can only end where the protocol ends.",
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
)
