"""The review copy: one HTML page for superintendent and counsel, to read, print and mark up.

The page is complete in itself: it loads nothing, runs no script, and has only links within itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from kiosk.reports import graphviz, pages
from kiosk.reports.review_copy import sections
from kiosk.reports.review_copy.model import ReviewCopy
from kiosk.reports.review_copy.screens import ending, screen

SHEET: Final = (1500.0, 1000.0)
"""Maximum width and height of the part of the picture on one printed sheet, in points of the picture."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the page. part: its template in `templates/review_copy`; of: the values for the template."""

    id: str
    title: str
    part: str
    of: Mapping[str, Any]


def page(copy: ReviewCopy) -> str:
    """Return the review copy as the text of an HTML file."""
    protocol = copy.description.protocol
    release, content_hash = protocol.release, copy.content_hash[:16] or "none"
    return pages.page(
        "review_copy/page.html.j2",
        title=f"Review copy: {copy.description.of(protocol.title)}, version {release.version}",
        name=copy.words(protocol.title),
        foot=f"{protocol.id} {release.version} ({release.status})   content hash {content_hash}",
        places=tuple(map(copy.link, (*copy.order.all, *protocol.outcomes))),
        chapters=tuple(_chapters(copy)),
    )


def _chapters(copy: ReviewCopy) -> Iterator[Chapter]:
    protocol = copy.description.protocol
    yield Chapter("about", "About this copy", "about", sections.about(copy))
    yield Chapter("findings", "Findings", "findings", sections.findings(copy))
    yield Chapter("guarantees", "Guarantees", "guarantees", sections.guarantees(copy))
    yield Chapter("keys", "Keys that work on every screen", "keys", sections.keys(copy))
    yield Chapter("picture", "Picture of the whole protocol", "picture", _picture(copy))
    for chapter_id, title, steps in (
        ("screens", "The screens, in order", copy.order.main),
        ("screens-keys", "Screens that only a key opens", copy.order.interrupts),
        ("screens-never", "Screens that nothing leads to", copy.order.never),
    ):
        if steps:
            shown = tuple(screen(copy, protocol.steps[step]) for step in steps)
            yield Chapter(chapter_id, title, "screens", {"screens": shown})
    ends = tuple(ending(copy, outcome) for outcome in protocol.outcomes.values())
    yield Chapter("ends", "Outcomes", "ends", {"ends": ends})
    yield Chapter("settings", "Settings that your district chooses", "settings", sections.settings(copy))
    yield Chapter("scenarios", "Scenarios", "scenarios", sections.scenarios(copy))
    yield Chapter("sources", "Sources", "sources", sections.sources(copy))
    yield Chapter("signatures", "Signatures", "signatures", sections.signatures(copy))


def _picture(copy: ReviewCopy) -> dict[str, Any]:
    if not copy.picture:
        return {"drawing": ""}
    drawing, width, height = graphviz.inside(copy.picture)
    return {"drawing": drawing, "width": f"{width:g}", "height": f"{height:g}", "sheets": _sheets(width, height)}


def _sheets(width: float, height: float) -> list[dict[str, Any]]:
    columns, rows = ceil(width / SHEET[0]), ceil(height / SHEET[1])
    wide, high = width / columns, height / rows
    return [
        {"row": row + 1, "column": column + 1, "view": f"{column * wide:g} {row * high:g} {wide:g} {high:g}"}
        for row in range(rows)
        for column in range(columns)
    ]
