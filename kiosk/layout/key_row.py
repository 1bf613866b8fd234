"""The row of keys: the spacing of keys and labels, and whether all of them fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from kiosk.layout.cells import cells
from kiosk.layout.window import KEY_EDGE, NEEDED

NARROWEST: Final = NEEDED[0] - 2 * KEY_EDGE
"""The fewest columns that the row has."""


class Key(NamedTuple):
    """The name of a key, and its label."""

    name: str
    label: str


class Spacing(NamedTuple):
    """Columns between a key and its label, and between that and the next key."""

    near: int
    far: int


SPACINGS: Final = tuple(Spacing(*apart) for apart in ((2, 3), (2, 2), (1, 3), (1, 2), (1, 1)))
"""The widest first."""


def taken(keys: Sequence[Key], spacing: Spacing = SPACINGS[-1]) -> int:
    """Return the columns that these keys take; with the closest spacing by default."""
    return sum(cells(key.name) + spacing.near + cells(key.label) + spacing.far for key in keys) - spacing.far


def spacing(keys: Sequence[Key], width: int) -> Spacing:
    """Return the widest spacing at which all of them fit, else the closest."""
    return next((apart for apart in SPACINGS if taken(keys, apart) <= width), SPACINGS[-1])
