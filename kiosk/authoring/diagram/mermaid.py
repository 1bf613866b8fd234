"""A diagram as Mermaid, which many wikis and code hosts draw.

Texts are quoted, and each character that Mermaid, or the HTML it makes, could interpret is written as its number. The
shapes are Mermaid's; each box also names its kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Final

from kiosk.authoring.diagram.model import Arrow, Box, Diagram
from kiosk.protocol.kinds.kind import Outline

WIDTH: Final = 34
"""Characters in a line of a box."""

_SHAPES: Final[Mapping[Outline, tuple[str, str]]] = {
    Outline.ROUND: ("(", ")"),
    Outline.STADIUM: ("([", "])"),
    Outline.SLANTED: ("[/", "/]"),
    Outline.DOUBLE: ("[[", "]]"),
    Outline.BOX: ("[", "]"),
    Outline.DASHED: ("{{", "}}"),
    Outline.END: ("(((", ")))"),
}
_COLORS: Final[Mapping[Outline, str]] = {
    Outline.ROUND: "fill:#e3effb,stroke:#222,color:#000",
    Outline.STADIUM: "fill:#e3effb,stroke:#222,color:#000,stroke-width:3px",
    Outline.SLANTED: "fill:#e6f4e6,stroke:#222,color:#000",
    Outline.DOUBLE: "fill:#fdf0cf,stroke:#222,color:#000,stroke-width:3px",
    Outline.BOX: "fill:#fff,stroke:#222,color:#000",
    Outline.DASHED: "fill:#eee,stroke:#222,color:#000,stroke-dasharray:5 4",
    Outline.END: "fill:#f3e3f3,stroke:#222,color:#000,stroke-width:3px",
}


def mermaid(drawn: Diagram) -> str:
    """Return the diagram as the text of a Mermaid flowchart."""
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
        left, right = _SHAPES[box.outline]
        text = _text(box, leaving[box.id], named, first=box.id == drawn.start)
        yield f"  {names[box.id]}{left}{_quoted(text)}{right}:::is-{box.outline}"
    for arrow in drawn.arrows:
        if arrow.line and arrow.head in names:
            yield f"  {names[arrow.tail]} -->|{_quoted(arrow.words)}| {names[arrow.head]}"
    yield from (f"  classDef is-{outline} {look};" for outline, look in _COLORS.items())


def _text(box: Box, arrows: list[Arrow], named: Mapping[str, str], *, first: bool) -> tuple[str, ...]:
    start = "START · " if first else ""
    jumps = (f"{' / '.join(arrow.words)} → {named.get(arrow.head, arrow.head)}" for arrow in arrows if not arrow.line)
    return (f"{start}{box.number} · {box.heading}", box.words, *box.details, *jumps)


def _quoted(lines: tuple[str, ...]) -> str:
    return '"' + "<br/>".join(_escaped(part) for line in lines for part in wrap(line, WIDTH)) + '"'


def _escaped(words: str) -> str:
    return "".join(c if c.isalnum() or c in " ,.:!?()'’“”…→·☐▁-" else f"#{ord(c)};" for c in words)
