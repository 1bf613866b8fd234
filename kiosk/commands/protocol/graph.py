"""`kiosk protocol graph`."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

import click

from kiosk.authoring.diagram.dot import dot
from kiosk.authoring.diagram.mermaid import mermaid
from kiosk.authoring.diagram.model import Diagram, diagram
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import output_option, pack_argument
from kiosk.commands.common.paths import pack
from kiosk.commands.common.values import OneOf
from kiosk.commands.protocol.common import deliver, language_option, telling_of
from kiosk.errors import Exit
from kiosk.reports import graphviz
from kiosk.settings import Home


class DrawingFormat(StrEnum):
    """The format of a drawing. Mermaid and DOT are text."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


@as_command(
    "Mermaid and DOT are text; SVG is a picture and needs Graphviz. Without DIR or ID, it is this desk's protocol."
)
@pack_argument
@click.option(
    "--format",
    "format_",
    type=OneOf(DrawingFormat),
    default=DrawingFormat.MERMAID,
    help="format of the drawing (default: mermaid)",
)
@output_option("file to write (default: standard output)")
@language_option
@pass_home
def command(home: Home, target: str | None, format_: str, path: str | None, language: str | None) -> int:
    """Draw the protocol."""
    drawn = diagram(telling_of(home, pack(home, target), language))
    deliver(_text(drawn, DrawingFormat(format_)), path, "The drawing")
    return Exit.DONE


def _text(drawn: Diagram, format_: DrawingFormat) -> str:
    match format_:
        case DrawingFormat.MERMAID:
            return mermaid(drawn)
        case DrawingFormat.DOT:
            return dot(drawn)
        case DrawingFormat.SVG:
            return graphviz.picture(dot(drawn), len(drawn.boxes))
        case _:
            assert_never(format_)
