"""The measures of the smallest window, and that the style sheets take them from here."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk import screens
from kiosk.layout.key_row import NARROWEST, SPACINGS, Key, spacing, taken
from kiosk.layout.window import SMALLEST, VARIABLES, Window
from kiosk.screens.theme import PALETTES

SHEETS = sorted(Path(str(screens.__file__)).parent.rglob("*.tcss"))


def test_the_smallest_window_leaves_forty_eight_by_twenty() -> None:
    """The measures on which authors of protocols depend."""
    assert (SMALLEST.width, SMALLEST.height) == (48, 20)
    assert (SMALLEST.roomy, SMALLEST.short) == (False, True)
    assert (Window(100, 30).roomy, Window(100, 30).short) == (True, False)


def test_the_style_sheets_take_every_measure_from_the_layout() -> None:
    """Each variable is used, and none is used that there is not."""
    used = {name for sheet in SHEETS for name in re.findall(r"\$([a-z-]+)", sheet.read_text(encoding="utf-8"))}
    assert set(VARIABLES) <= used
    assert used <= set(VARIABLES) | set(PALETTES["day"])


def test_keys_are_as_far_apart_as_the_width_allows() -> None:
    """And as close as can be where it does not."""
    keys = [Key("F6", "Danger"), Key("F7", "危險")]
    assert [taken(keys, apart) for apart in SPACINGS] == [21, 20, 19, 18, 17]
    assert [spacing(keys, width) for width in (NARROWEST, 20, 3)] == [SPACINGS[0], SPACINGS[1], SPACINGS[-1]]
