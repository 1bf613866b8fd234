"""A diagram as Mermaid, which many wikis and code hosts draw by themselves.

Words stand in quotes, and each character that Mermaid, or the HTML it makes, could read as more than a character is
written as its number. The shapes are Mermaid's own; the kind stands in words in each box as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Final

from kiosk.authoring.diagram.model import KINDS, Arrow, Box, Diagram, Kind

WIDTH: Final = 34
"""Characters in a line of a box."""

_SHAPES: Final[Mapping[Kind, tuple[str, str]]] = {
    "ask": ("(", ")"),
    "choose": ("([", "])"),
    "record": ("[/", "/]"),
    "call": ("[[", "]]"),
    "tell": ("[", "]"),
    "route": ("{{", "}}"),
    "outcome": ("(((", ")))"),
}
_COLOURS: Final[Mapping[Kind, str]] = {
    "ask": "fill:#e3effb,stroke:#222,color:#000",
    "choose": "fill:#e3effb,stroke:#222,color:#000,stroke-width:3px",
    "record": "fill:#e6f4e6,stroke:#222,color:#000",
    "call": "fill:#fdf0cf,stroke:#222,color:#000,stroke-width:3px",
    "tell": "fill:#fff,stroke:#222,color:#000",
    "route": "fill:#eee,stroke:#222,color:#000,stroke-dasharray:5 4",
    "outcome": "fill:#f3e3f3,stroke:#222,color:#000,stroke-width:3px",
}


def mermaid(drawn: Diagram) -> str:
    """The picture as the text of a Mermaid flowchart."""
    return "\n".join(_lines(drawn)) + "\n"


def _lines(drawn: Diagram) -> Iterator[str]:
    names = {box.id: f"b{n}" for n, box in enumerate(drawn.boxes)}
    leaving, named = drawn.by_tail(), drawn.named()
    yield "flowchart LR"
    yield f"  title[{_quoted((drawn.title,))}]"
    if drawn.keys:
        yield '  subgraph keys ["On every step, by the same key"]'
        for n, key in enumerate(drawn.keys):
            yield f"    k{n}[{_quoted((f'{key.key} {key.words}', f'→ {named.get(key.head, key.head)}'))}]"
        yield "  end"
    for box in drawn.boxes:
        left, right = _SHAPES[box.kind]
        told = _told(box, leaving[box.id], named, first=box.id == drawn.start)
        yield f"  {names[box.id]}{left}{_quoted(told)}{right}:::is-{box.kind}"
    for arrow in drawn.arrows:
        if arrow.line and arrow.head in names:
            yield f"  {names[arrow.tail]} -->|{_quoted(arrow.words)}| {names[arrow.head]}"
    yield from (f"  classDef is-{kind} {look};" for kind, look in _COLOURS.items())


def _told(box: Box, arrows: list[Arrow], named: Mapping[str, str], *, first: bool) -> tuple[str, ...]:
    start = "IT BEGINS HERE · " if first else ""
    jumps = (f"{' / '.join(arrow.words)} → {named.get(arrow.head, arrow.head)}" for arrow in arrows if not arrow.line)
    return (f"{start}{box.number} · {KINDS[box.kind]}", box.words, *box.details, *jumps)


def _quoted(lines: tuple[str, ...]) -> str:
    return '"' + "<br/>".join(_said(part) for line in lines for part in wrap(line, WIDTH)) + '"'


def _said(words: str) -> str:
    return "".join(c if c.isalnum() or c in " ,.:!?()'’“”…→·☐▁-" else f"#{ord(c)};" for c in words)
