"""Findings of the graph: what can't be reached, and from where there is no way out."""

from __future__ import annotations

from kiosk.engine.catalogue.kind import Kind

KINDS = (
    Kind("P301", "unreachable", "Nothing leads to “{id}”.", "Name it in a “next”, or delete it."),
    Kind(
        "P302",
        "no-way-out",
        "From “{step}” no outcome can be reached{when}.",
        "Add an answer that leads to an outcome.",
    ),
    Kind("P303", "trap", "There is no way out of {loop}{when}.", "Add an answer that leads to an outcome."),
    Kind(
        "P304",
        "nowhere-to-return",
        "“{step}” returns, but can be reached when nothing was called.",
        "Name a step instead of “return”, or add another answer.",
    ),
    Kind(
        "P305", "endless-decision", "The decisions {loop} lead to each other for ever.", "Let one lead to a shown step."
    ),
)
