"""An SVG as it is drawn: its texts with their places, and the contrast of its colors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from kiosk.reports.figures.labels import width

SVG: Final = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Word:
    """One text: its words, left and right edge, base line, and color."""

    words: str
    left: float
    right: float
    y: float
    size: float
    fill: str

    def covers(self, other: Word) -> bool:
        """Whether the two are drawn over each other."""
        apart = abs(self.y - other.y) >= min(self.size, other.size) * 0.8
        return not apart and self.left < other.right and other.left < self.right


def root(svg: str) -> ET.Element:
    """The drawing, well-formed."""
    return ET.fromstring(svg)  # noqa: S314 - our own text


def texts(svg: str) -> Iterator[Word]:
    """Every text that is drawn."""
    for one in root(svg).iter(f"{SVG}text"):
        words, size = one.text or "", float(one.get("font-size", "0"))
        wide = width(words, size, bold=one.get("font-weight") == "700")
        x = float(one.get("x", "0")) - {"start": 0, "middle": wide / 2, "end": wide}[one.get("text-anchor", "start")]
        yield Word(words, x, x + wide, float(one.get("y", "0")), size, one.get("fill", ""))


def shapes(svg: str, name: str) -> list[ET.Element]:
    """Every rectangle, circle or line, in the order of drawing, outside of patterns."""
    inside = {id(one) for pattern in root(svg).iter(f"{SVG}pattern") for one in pattern.iter()}
    return [one for one in root(svg).iter(f"{SVG}{name}") if id(one) not in inside]


def contrast(first: str, second: str) -> float:
    """The contrast of two colors, as WCAG 2.1 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    found = re.fullmatch("#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", color)
    assert found, color
    parts = [int(part, 16) / 255 for part in found.groups()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
