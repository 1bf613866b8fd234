"""The measures of the encounter's window, in columns and rows. The style sheets take them from `VARIABLES`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NEEDED: Final = (80, 24)
"""Minimum columns and rows for a step."""
ROOMY_COLUMNS: Final = 100
"""From this width on, the side panel is wider and answers are separated."""
AIRY_ROWS: Final = 30
"""Below this height, boxes are closer together."""

BAR: Final = 1
KEY_ROWS: Final = 2
KEY_EDGE: Final = 1
"""Columns left and right of the keys."""
AIR: Final = 1
"""Empty rows above a part of a step."""
SAY_EDGE: Final = 1
"""Empty columns and rows around the words to say; a tight step has no rows above and below."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures that depend on the width. side: columns of the side panel; margin: beside the words; top: above them."""

    side: int
    margin: int
    top: int


NARROW: Final = Measures(side=28, margin=2, top=1)
ROOMY: Final = Measures(side=40, margin=4, top=2)


@dataclass(frozen=True, slots=True)
class Window:
    """The size of a window."""

    columns: int
    rows: int

    @property
    def roomy(self) -> bool:
        """Whether the window is wide."""
        return self.columns >= ROOMY_COLUMNS

    @property
    def short(self) -> bool:
        """Whether the window is short."""
        return self.rows < AIRY_ROWS

    @property
    def measures(self) -> Measures:
        """The measures for its width."""
        return ROOMY if self.roomy else NARROW

    @property
    def width(self) -> int:
        """The columns for the words of a step."""
        return self.columns - self.measures.side - 2 * self.measures.margin

    @property
    def height(self) -> int:
        """The rows for the words of a step."""
        return self.rows - BAR - KEY_ROWS - self.measures.top


SMALLEST: Final = Window(*NEEDED)

REVIEW_ROWS: Final = 8
"""Rows that the record and the two questions need below an outcome's title and DO."""

VARIABLES: Final[Mapping[str, str]] = {
    "air": str(AIR),
    "key-edge": str(KEY_EDGE),
    "say-edge": str(SAY_EDGE),
    **{
        f"{name}{measure}": str(getattr(measures, measure))
        for name, measures in (("", NARROW), ("roomy-", ROOMY))
        for measure in ("side", "margin", "top")
    },
}
"""The measures for the style sheets: name of a variable → its value."""
