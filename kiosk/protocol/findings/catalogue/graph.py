"""Findings about the graph: unreachable steps, and steps without a way out."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS = (
    Kind(
        "P301",
        "unreachable",
        "Nothing leads to “{id}”.",
        "Name it in a “next”, or delete it.",
        why="Nobody can reach this text. It was forgotten, or a mistake elsewhere cut it off.",
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
        why="Staff could never close the record from there.",
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
        why="Staff would repeat the same steps without end. Every path must reach an outcome.",
        bad="steps:\n  again:\n    do: {en: Try again later.}\n    next: again\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    next: return\n",
    ),
    Kind(
        "P304",
        "nowhere-to-return",
        "“{step}” returns, but can be reached without a call that failed or an interrupt.",
        "Name a step instead of “return”, or add another answer.",
        why="“return” leads back to an interrupted step. On this path no step was interrupted.",
        bad="steps:\n  phone:\n    call: [office]\n    reached: {next: return}\n    nobody: {next: again}\n",
        good="steps:\n  phone:\n    call: [office]\n    reached: {next: over}\n    nobody: {next: again}\n",
    ),
    Kind(
        "P305",
        "endless-decision",
        "The branches {loop} lead to each other without end.",
        "Let one lead to a step that is shown.",
        why="The kiosk would branch without end and show nothing.",
        bad="steps:\n  sort:\n    when: [{setting: wait-place, is: desk, next: note}]\n    otherwise: sort\n",
        good="steps:\n  sort:\n    when: [{setting: wait-place, is: desk, next: note}]\n    otherwise: phone\n",
    ),
    Kind(
        "P306",
        "endless-once",
        "After a person was reached, the kiosk skips {loop} without end.",
        "Let “reached” of one lead to a step that waits for an answer.",
        why="The kiosk would go from one step to the other and show nothing.",
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
