"""Findings of a scenarios file."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind, Severity

KINDS = (
    Kind("S101", "crowded-line", "A line of “do” says one thing; here are {count}.", "Give each its own line."),
    Kind("S102", "unknown-step", "“{step}” is not a step that is shown.", "{hint}"),
    Kind("S103", "never-asked", "“{step}” decides by itself; nobody answers it.", "Delete this line."),
    Kind("S104", "unknown-option", "“{step}” has no answer “{answer}”.", "{hint}"),
    Kind("S105", "unknown-interrupt", "“{interrupt}” is not an interrupt.", "{hint}"),
    Kind("S106", "role-not-called", "“{step}” does not call “{role}”.", "{hint}"),
    Kind("S107", "field-not-asked", "“{step}” does not ask for “{field}”.", "{hint}"),
    Kind(
        "S108",
        "reason-not-offered",
        "“{field}” can't be “{reason}”.",
        "Write what was typed, or add the reason to the field's “missing”.",
    ),
    Kind(
        "S109",
        "back-alone",
        "After going back to “{step}”, the next line must answer it.",
        "Add the corrected answer, or delete “back”.",
    ),
    Kind("S110", "same-name", "Another scenario is already called “{name}”.", "Give each its own name."),
    Kind("S111", "never-on-screen", "“{sight}” is nothing that can be shown.", "{hint}"),
    Kind(
        "S112",
        "nothing-expected",
        "“{name}” expects nothing, so it proves little.",
        "Add “outcome:” with where it must end.",
        Severity.WARNING,
    ),
    Kind("S113", "not-a-count", "“{count}” is not a number of people.", "Write 0 to {limit}."),
    Kind("S114", "unknown-outcome", "“{outcome}” is not an outcome.", "{hint}"),
)
