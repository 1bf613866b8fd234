"""A diagram as DOT, the language of Graphviz.

Each answer is a row of its box, and its line starts at that row, so that no answer covers a line. Every kind of step
has its own word, border and color; in a black-and-white print, word and border remain. The contrast of black on each
color is at least 13:1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from textwrap import wrap
from typing import Final

from kiosk.authoring.diagram.model import Arrow, Box, Diagram
from kiosk.protocol.kinds.kind import Outline

WIDTH: Final = 30
"""Characters in a line of a box."""

_LOOKS: Final[Mapping[Outline, str]] = {
    Outline.ROUND: 'STYLE="ROUNDED" BORDER="1" BGCOLOR="#e3effb"',
    Outline.STADIUM: 'STYLE="ROUNDED" BORDER="2" BGCOLOR="#e3effb"',
    Outline.SLANTED: 'BORDER="1" BGCOLOR="#e6f4e6"',
    Outline.DOUBLE: 'BORDER="4" BGCOLOR="#fdf0cf"',
    Outline.BOX: 'BORDER="1" BGCOLOR="#ffffff"',
    Outline.DASHED: 'STYLE="DASHED" BORDER="1" BGCOLOR="#eeeeee"',
    Outline.END: 'STYLE="ROUNDED" BORDER="4" BGCOLOR="#f3e3f3"',
}
_HEAD: Final = """\
digraph protocol {
  graph [rankdir=LR, nodesep=0.18, ranksep=0.4, splines=spline, fontname="Helvetica,Arial,sans-serif", fontsize=22,
    labelloc=t, labeljust=l, newrank=true];
  node [shape=plain, fontname="Helvetica,Arial,sans-serif", fontsize=11];
  edge [arrowsize=0.8, color="#222222"];"""


def dot(drawn: Diagram) -> str:
    """Return the diagram as DOT text, from which Graphviz makes SVG, PDF or PNG."""
    return "\n".join(_lines(drawn)) + "\n"


def _lines(drawn: Diagram) -> Iterator[str]:
    names = {box.id: f"b{n}" for n, box in enumerate(drawn.boxes)}
    leaving, named = drawn.by_tail(), drawn.named()
    yield _HEAD
    yield f"  label={_html(drawn.title)};"
    yield from _keys(drawn, named)
    for box in drawn.boxes:
        first = box.id == drawn.start
        yield f"  {names[box.id]} [label=<{_table(box, leaving[box.id], named, first=first)}>, {_tip(box.words)}];"
    for arrows in leaving.values():
        for n, arrow in enumerate(arrows):
            if arrow.line and arrow.head in names:
                tip = _tip("; ".join(arrow.words), "edgetooltip")
                yield f"  {names[arrow.tail]}:a{n}:e -> {names[arrow.head]}:head:w [{tip}];"
    yield "}"


def _keys(drawn: Diagram, named: Mapping[str, str]) -> Iterator[str]:
    if not drawn.keys:
        return
    rows = "".join(_row((f"{k.key} {k.words}",), f"→ {named.get(k.head, k.head)}") for k in drawn.keys)
    head = _cell("ON EVERY STEP, BY THE SAME KEY", "B")
    yield "  subgraph cluster_keys {"
    yield '    label=""; style=dashed; margin=8;'
    yield f'    keys [label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3">{head}{rows}</TABLE>>];'
    yield "  }"


def _table(box: Box, arrows: list[Arrow], named: Mapping[str, str], *, first: bool) -> str:
    start = "START · " if first else ""
    small = f'<FONT POINT-SIZE="9">{_escaped(f"{start}{box.number} · {box.heading}")}</FONT><BR ALIGN="LEFT"/>'
    words = "".join(f'<B>{_escaped(line)}</B><BR ALIGN="LEFT"/>' for line in _wrapped(box.words))
    details = "".join(_cell(line) for line in box.details)
    rows = "".join(
        _row(arrow.words, "" if arrow.line else f"→ {named.get(arrow.head, arrow.head)}", f"a{n}")
        for n, arrow in enumerate(arrows)
    )
    head = f'<TR><TD ALIGN="LEFT" BALIGN="LEFT" PORT="head">{small}{words}</TD></TR>'
    rule, look = "<HR/>" if rows else "", _LOOKS[box.outline]
    return f'<TABLE {look} CELLBORDER="0" CELLSPACING="0" CELLPADDING="4">{head}{details}{rule}{rows}</TABLE>'


def _row(words: tuple[str, ...], leads: str, port: str = "") -> str:
    lines = [line for said in words for line in _wrapped(said)]
    text = "".join(f'{_escaped(line)}<BR ALIGN="LEFT"/>' for line in lines)
    jump = "".join(f'<I>{_escaped(line)}</I><BR ALIGN="LEFT"/>' for line in _wrapped(leads))
    at = f' PORT="{port}"' if port else ""
    return f'<TR><TD ALIGN="LEFT" BALIGN="LEFT"{at}>{text}{jump}</TD></TR>'


def _cell(words: str, tag: str = "") -> str:
    lines = (_escaped(line) for line in _wrapped(words))
    text = "".join(f'{f"<{tag}>{line}</{tag}>" if tag else line}<BR ALIGN="LEFT"/>' for line in lines)
    return f'<TR><TD ALIGN="LEFT" BALIGN="LEFT">{text}</TD></TR>'


def _wrapped(words: str) -> list[str]:
    return wrap(words, WIDTH)


def _tip(words: str, name: str = "tooltip") -> str:
    return f"{name}={_html(words)}"


def _html(words: str) -> str:
    """Return a quoted DOT string, in which Graphviz reads entities."""
    return f'"{_escaped(words)}"'


def _escaped(words: str) -> str:
    """Return text escaped for Graphviz. It interprets backslashes, in some places twice, so none may remain."""
    return escape(words.replace("\\", "∖"), quote=True)
