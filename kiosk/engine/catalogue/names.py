"""Findings of names that lead nowhere: targets, roles, fields, settings, sources, slots."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS = (
    Kind("P201", "unknown-target", "“{target}” is not a step or an outcome.", "{hint}"),
    Kind("P202", "unknown-role", "“{role}” is not a role.", "{hint}"),
    Kind("P203", "unknown-field", "“{field}” is not a field.", "{hint}"),
    Kind("P204", "unknown-setting", "“{setting}” is not a setting.", "{hint}"),
    Kind("P205", "unknown-source", "“{source}” is not a source.", "{hint}"),
    Kind(
        "P206",
        "unknown-slot",
        "“{slot}” is not a setting, slot or role, so the words would show it as it is.",
        "{hint}",
    ),
    Kind("P207", "unknown-choice", "“{choice}” is not a choice of “{of}”.", "{hint}"),
    Kind("P208", "unknown-answer", "“{step}” is not a step that asks or lets choose.", "{hint}"),
    Kind(
        "P209",
        "role-never-used",
        "The role “{role}” is required, but nothing calls, refers to or tells it.",
        "Use it, or delete “required”.",
    ),
)
