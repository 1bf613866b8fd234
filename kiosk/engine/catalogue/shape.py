"""Findings of a file's shape: keys, kinds, ids, lists."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS = (
    Kind("P101", "unknown-key", "“{key}” is not a key of {where}.", "{hint}"),
    Kind("P102", "missing-key", "{where} has no “{key}”.", "Add “{key}:” with what belongs to it."),
    Kind("P103", "wrong-kind", "{where} must be {wanted}, not {found}.", "Write it as the manual shows."),
    Kind("P104", "duplicate-key", "“{key}” is here twice in the same place.", "Keep one of the two."),
    Kind("P105", "duplicate-id", "“{id}” is already used {where}.", "Give one of the two another id."),
    Kind(
        "P106", "bad-id", "“{id}” is not an id.", "Use small letters, digits and single hyphens, at most 64 characters."
    ),
    Kind("P107", "reserved-id", "“{id}” has a meaning of its own and can't be an id here.", "Choose another id."),
    Kind("P108", "unknown-value", "{where} can't be “{value}”.", "{hint}"),
    Kind("P109", "two-kinds", "{where} has both “{first}” and “{second}”.", "Keep one of the two."),
    Kind(
        "P110",
        "no-kind",
        "{where} does not say what comes next.",
        "Add “next:”, or ask, choose, record, call or when.",
    ),
    Kind("P111", "empty-list", "{where} is empty.", "Add at least one."),
    Kind(
        "P112", "too-many-options", "There are {count} answers; keys exist for {limit}.", "Split the question in two."
    ),
    Kind(
        "P113",
        "too-many-interrupts",
        "There are {count} interrupts; keys exist for {limit}.",
        "Keep the {limit} needed.",
    ),
    Kind("P114", "bad-language", "“{language}” is not a language.", "Use a code such as en, es or pt-BR."),
    Kind("P115", "key-not-a-word", "A key must be a word, not {found}.", "Write “word: …”; put quotes around braces."),
)
