"""What a phone's camera sees of a screen in memory: its cells painted as pixels."""

from __future__ import annotations

from PIL import Image

from tests.screens.acting import Actor

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
