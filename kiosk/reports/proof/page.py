"""The proof: one HTML page with all that superintendent and counsel must see, to be read, printed and marked up.

The page holds everything it shows: it asks no network, runs no script, and follows no link but those within itself.
"""

from __future__ import annotations

from math import ceil
from typing import Final

from kiosk.authoring.reading_order import WalkOrder
from kiosk.reports import graphviz
from kiosk.reports.markup import Markup, css_string, join, page_head, tag
from kiosk.reports.proof import sections
from kiosk.reports.proof.model import LANGUAGE, Proof
from kiosk.reports.proof.screens import ending, screen

SHEET: Final = (1500.0, 1000.0)
"""Width and height, in points of the picture, of the most that one printed sheet shows; its words are then readable."""

_PAGES: Final = '"page " counter(page) " of " counter(pages)'
_SMALL: Final = "font: 8pt sans-serif"


def page(proof: Proof) -> str:
    """The proof as the text of an HTML file."""
    title = f"Proof: {proof.telling.of(proof.telling.protocol.title)}, version {proof.telling.protocol.release.version}"
    chapters = _chapters(proof)
    body = tag(
        "body",
        tag("a", "Skip to the protocol", class_="skip", href="#main"),
        tag("header", tag("h1", "Proof: ", proof.words(proof.telling.protocol.title))),
        tag("nav", tag("h2", "Contents"), _contents(proof, chapters), class_="contents", aria_label="Contents"),
        tag("main", *(_chapter(*chapter) for chapter in chapters), id="main", tabindex="-1"),
    )
    return "<!DOCTYPE html>\n" + tag("html", _head(proof, title), body, lang=LANGUAGE).html + "\n"


Chapter = tuple[str, str, Markup]
"""Its id, its title, what stands in it."""


def _chapters(proof: Proof) -> tuple[Chapter, ...]:
    found: list[Chapter] = [
        ("about", "What this is", sections.about(proof)),
        ("findings", "Findings", sections.findings(proof)),
        ("guarantees", "Guarantees", sections.guarantees(proof)),
        ("keys", "The keys that work on every screen", sections.keys(proof)),
        ("picture", "The whole protocol as a picture", _picture(proof)),
        *_screens(proof, proof.order),
        ("ends", "How it can end", join(*(ending(proof, o) for o in proof.telling.protocol.outcomes.values()))),
        ("settings", "What your district chooses", sections.settings(proof)),
        ("scenarios", "Scenarios", sections.scenarios(proof)),
        ("sources", "Sources", sections.sources(proof)),
        ("signatures", "Signatures", sections.signatures(proof)),
    ]
    return tuple(found)


def _screens(proof: Proof, order: WalkOrder) -> tuple[Chapter, ...]:
    groups = (
        ("screens", "The screens, in order", order.main),
        ("screens-keys", "Screens that only a key leads to", order.interrupts),
        ("screens-never", "Screens that nothing leads to", order.never),
    )
    steps = proof.telling.protocol.steps
    return tuple((i, title, join(*(screen(proof, steps[s]) for s in ids))) for i, title, ids in groups if ids)


def _chapter(chapter_id: str, title: str, body: Markup) -> Markup:
    heading = tag("h2", title, id=f"{chapter_id}-title")
    return tag("section", heading, body, class_="chapter", id=chapter_id, aria_labelledby=f"{chapter_id}-title")


def _contents(proof: Proof, chapters: tuple[Chapter, ...]) -> Markup:
    lines = (tag("li", tag("a", title, href=f"#{chapter_id}")) for chapter_id, title, _ in chapters)
    places = (*proof.order.all, *proof.telling.protocol.outcomes)
    screens = tag("ul", (tag("li", proof.link(place)) for place in places), class_="screens")
    return join(tag("ul", *lines), tag("h3", "Screens and ends by number"), screens)


def _head(proof: Proof, title: str) -> Markup:
    release, seal = proof.telling.protocol.release, proof.seal[:16] or "none"
    foot = css_string(f"{proof.telling.protocol.id} {release.version} ({release.status})   seal {seal}")
    corners = f"@bottom-left {{ content: {foot}; {_SMALL} }} @bottom-right {{ content: {_PAGES}; {_SMALL} }}"
    return page_head(title, f"@page {{ {corners} }}")


def _picture(proof: Proof) -> Markup:
    if not proof.picture:
        return tag(
            "p", "There is no picture: Graphviz was not there when this copy was made. The screens below say all of it."
        )
    drawing, width, height = graphviz.inside(proof.picture)
    whole = tag(
        "svg",
        tag("g", Markup(drawing), id="drawing"),
        class_="picture",
        role="img",
        aria_label="Every step and where its answers lead. The screens below say the same in words.",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
    )
    scroll = tag("div", whole, class_="scroll", tabindex="0", role="region", aria_label="The picture, to be scrolled")
    return join(
        tag("p", "Each box is a screen; each answer is a line or names the number where it goes on."),
        scroll,
        tag("div", *_sheets(width, height), class_="sheets", aria_hidden="true"),
    )


def _sheets(width: float, height: float) -> list[Markup]:
    columns, rows = ceil(width / SHEET[0]), ceil(height / SHEET[1])
    wide, high = width / columns, height / rows
    return [
        tag(
            "div",
            tag(
                "p",
                f"Picture, sheet {row * columns + column + 1} of {rows * columns}: row {row + 1}, column {column + 1}",
            ),
            tag("svg", tag("use", href="#drawing"), viewBox=f"{column * wide:g} {row * high:g} {wide:g} {high:g}"),
            class_="sheet",
        )
        for row in range(rows)
        for column in range(columns)
    ]
