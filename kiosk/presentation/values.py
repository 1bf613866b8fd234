"""Plain values for widgets to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first paint shows nobody, and needs neither
    from kiosk.desk.referral import Line
    from kiosk.protocol.replies import CallResult


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its id, the key that chooses it (empty: by position), and its words."""

    id: str
    label: str
    key: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A key's id and its label."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as they are shown everywhere. due: to be called now.

    result, time: what came of the last call, or of the last that reached them, and the time of day; None for no call.
    """

    line: Line
    due: bool = False
    result: CallResult | None = None
    time: str = ""
