"""Findings of the graph: what can't be reached, and from where there is no way out."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS = (
    Kind(
        "P301",
        "unreachable",
        "Nothing leads to “{id}”.",
        "Name it in a “next”, or delete it.",
        why="Words that nobody can come to are either forgotten or cut off by a mistake elsewhere.",
        bad="steps:\n  wait:\n    do: {en: Wait.}\n    next: over\n",
        good=(
            "steps:\n"
            "  wait:\n"
            "    do: {en: Wait.}\n"
            "    next: over\n"
            "  again:\n"
            "    do: {en: Try again later.}\n"
            "    next: wait\n"
        ),
    ),
    Kind(
        "P302",
        "no-way-out",
        "From “{step}” no outcome can be reached{when}.",
        "Add an answer that leads to an outcome.",
        why="The desk could never close the record from there.",
        bad=(
            "steps:\n"
            "  again:\n"
            "    do: {en: Try again later.}\n"
            "    next: ring\n"
            "  ring:\n"
            "    do: {en: Ring.}\n"
            "    next: ring\n"
        ),
        good=(
            "steps:\n"
            "  again:\n"
            "    do: {en: Try again later.}\n"
            "    next: ring\n"
            "  ring:\n"
            "    do: {en: Ring.}\n"
            "    next: return\n"
        ),
    ),
    Kind(
        "P303",
        "trap",
        "There is no way out of {loop}{when}.",
        "Add an answer that leads to an outcome.",
        why="The desk would go round and round. Every way must come to an outcome.",
        bad="steps:\n  again:\n    do: {en: Try again later.}\n    next: again\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    next: return\n",
    ),
    Kind(
        "P304",
        "nowhere-to-return",
        "“{step}” returns, but can be reached when nobody was called and no key was pressed.",
        "Name a step instead of “return”, or add another answer.",
        why="“return” leads back to where the walk was called from. Here nothing was called, so there is no way back.",
        bad="steps:\n  phone:\n    call: [office]\n    reached: {next: return}\n    nobody: {next: again}\n",
        good="steps:\n  phone:\n    call: [office]\n    reached: {next: over}\n    nobody: {next: again}\n",
    ),
    Kind(
        "P305",
        "endless-decision",
        "The decisions {loop} lead to each other for ever.",
        "Let one lead to a shown step.",
        why="The kiosk would decide for ever and show nothing.",
        bad="steps:\n  sort:\n    when: [{setting: wait-place, is: desk, next: note}]\n    otherwise: sort\n",
        good="steps:\n  sort:\n    when: [{setting: wait-place, is: desk, next: note}]\n    otherwise: phone\n",
    ),
    Kind(
        "P306",
        "endless-once",
        "Once somebody was reached, {loop} are passed by themselves, for ever.",
        "Let “reached” of one lead to a step that waits for an answer.",
        why="The kiosk would go from one to the other and show nothing.",
        bad=(
            "steps:\n"
            "  phone:\n    call: [office]\n    once: true\n    reached: {next: phone}\n    nobody: {next: again}\n"
        ),
        good=(
            "steps:\n"
            "  phone:\n    call: [office]\n    once: true\n    reached: {next: over}\n    nobody: {next: again}\n"
        ),
    ),
)
