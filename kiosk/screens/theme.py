"""The look: four palettes, and the few glyphs that differ where the font lacks them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.theme import Theme

CONSOLE: Final = "console"

PALETTES: Final[Mapping[str, Mapping[str, str]]] = {
    # ink on paper; quiet ink, and as quiet as a colored paper allows; the panel
    # the paper of what is said; accent; solid blocks, and the weight of words on them: bold black is often dark grey
    # keys that can't wait; boxes, the one that listens, and the cursor in it
    "day": {
        "paper": "#fbfaf7", "ink": "#1b1f24", "quiet": "#3f464e", "aside": "#3f464e", "panel": "#eef1f4",
        "say": "#e2ecfa", "accent": "#0a4486", "solid": "#0b4a94", "solidink": "#ffffff", "solidweight": "bold",
        "urgent": "#8f1a1a", "urgentink": "#ffffff", "box": "#e7ebf0", "focus": "#dbe8f9", "caret": "#1b1f24",
    },
    "night": {
        "paper": "#12161b", "ink": "#f1efe9", "quiet": "#bcc4cc", "aside": "#bcc4cc", "panel": "#1b2129",
        "say": "#182a44", "accent": "#8fc1ff", "solid": "#8fc1ff", "solidink": "#0d1116", "solidweight": "bold",
        "urgent": "#5c1d1d", "urgentink": "#ffe3de", "box": "#242c36", "focus": "#1a3150", "caret": "#f1efe9",
    },
    "contrast": {
        "paper": "#000000", "ink": "#ffffff", "quiet": "#ffffff", "aside": "#ffffff", "panel": "#000000",
        "say": "#00005f", "accent": "#ffff00", "solid": "#ffff00", "solidink": "#000000", "solidweight": "none",
        "urgent": "#ffff00", "urgentink": "#000000", "box": "#262626", "focus": "#00005f", "caret": "#ffffff",
    },
    # Only colors the Linux console has: sixteen as ink, the first eight as paper.
    CONSOLE: {
        "paper": "#000000", "ink": "#ffffff", "quiet": "#aaaaaa", "aside": "#ffffff", "panel": "#000000",
        "say": "#0000aa", "accent": "#55ffff", "solid": "#00aaaa", "solidink": "#000000", "solidweight": "none",
        "urgent": "#aa0000", "urgentink": "#ffffff", "box": "#0000aa", "focus": "#0000aa", "caret": "#aaaaaa",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs next to words; never instead of words."""

    backspace: str = "⌫"
    reached: str = "✓"
    later: str = "○"
    missing: str = "–"
    down: str = "↓"


GLYPHS: Final = Glyphs()
CONSOLE_GLYPHS: Final = Glyphs(backspace="Bksp", reached="+", later="o", missing="-")


def glyphs_for(theme: str) -> Glyphs:
    """Return the signs that this theme may draw."""
    return CONSOLE_GLYPHS if theme == CONSOLE else GLYPHS


def themes() -> tuple[Theme, ...]:
    """Return the palettes as textual themes of the same names."""
    return tuple(_theme(name, palette) for name, palette in PALETTES.items())


def _theme(name: str, palette: Mapping[str, str]) -> Theme:
    return Theme(
        name=name,
        primary=palette["accent"],
        foreground=palette["ink"],
        background=palette["paper"],
        surface=palette["paper"],
        panel=palette["panel"],
        dark=name != "day",
        variables=dict(palette),
    )


def choose(theme: str, environ: Mapping[str, str], colors: int | None) -> str:
    """Return the theme to start with: from the settings, or by the terminal if the settings say `auto`.

    colors: the number of colors that the terminal was found to have; None if it has none.
    """
    if theme in PALETTES:
        return theme
    limited = environ.get("TERM") == "linux" or (colors or 0) < 256
    return CONSOLE if limited and "NO_COLOR" not in environ else "day"
