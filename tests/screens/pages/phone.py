"""What a phone's camera sees of a screen in memory, its cells painted as pixels; what it makes of a contact."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PIL import Image

from tests.screens.acting import Actor


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """A contact as a phone keeps it; what is not in the code is empty."""

    name: str
    number: str
    note: str
    url: str = ""
    address: str = ""


def kept(code: str) -> LoggedEntry:
    """Read a MECARD, as the format has it: fields end with `;`, which has a backslash before it within one."""
    assert code.startswith("MECARD:"), code
    assert code.endswith(";;"), code
    ended = re.findall(r"((?:\\.|[^\\;])*);", code.removeprefix("MECARD:").removesuffix(";"), re.DOTALL)
    fields = dict(field.split(":", 1) for field in ended)
    told = {tag: re.sub(r"\\(.)", r"\1", words, flags=re.DOTALL) for tag, words in fields.items()}
    assert set(told) <= {"N", "TEL", "NOTE", "URL", "ADR"}
    return LoggedEntry(told["N"], told["TEL"], told.get("NOTE", ""), told.get("URL", ""), told.get("ADR", ""))


CELL = 8
"""Pixels across a cell; it is twice as high, so that a half block is square."""


def photographed(actor: Actor, size: tuple[int, int] = (80, 24)) -> Image.Image:
    """The screen as pixels: half blocks, full blocks and blanks; letters are left out, as no code is made of them."""
    columns, rows = size
    picture = Image.new("RGB", (columns * CELL, rows * 2 * CELL))
    for y, strip in enumerate(actor.app.screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            ink, paper = (c.triplet if c else None for c in (style.color, style.bgcolor)) if style else (None, None)
            for character in text:
                halves = {"▀": (ink, paper), "▄": (paper, ink), "█": (ink, ink)}.get(character, (paper, paper))
                for n, half in enumerate(halves):
                    top = (2 * y + n) * CELL
                    picture.paste(tuple(half) if half else (0, 0, 0), (x, top, x + CELL, top + CELL))
                x += CELL
    return picture
