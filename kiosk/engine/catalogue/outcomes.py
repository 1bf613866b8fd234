"""Findings of words that are not there, and of outcomes that refer to nobody."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind, Severity

KINDS = (
    Kind("P401", "no-words", "There are no words in {where}.", "Write them, or delete the key."),
    Kind(
        "P402", "no-source-words", "{where} has no words in “{language}”, the source language.", "Add “{language}: …”."
    ),
    Kind("P403", "nothing-to-say", "There is nothing to say in {where}.", "Write the words, or delete “say”."),
    Kind("P404", "step-without-words", "“{step}” would show an empty screen.", "Add “title”, “do” or “say”."),
    Kind(
        "P405",
        "outcome-without-referral",
        "“{outcome}” is not routine and refers to nobody.",
        "Add “refer:” with a role, or “routine: true”.",
    ),
    Kind("P406", "to-do", "There is still a TODO in {where}.", "Write the final words.", Severity.WARNING),
    Kind(
        "P407",
        "nothing-cited",
        "“{step}” does not say where it comes from.",
        "Add “cite:” with a source, or “design”.",
        Severity.WARNING,
    ),
    Kind("P408", "unknown-outcome-role", "“{role}” is not a role, so “{outcome}” {use} nobody.", "{hint}"),
)
