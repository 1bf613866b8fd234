"""One thing that was looked at, and how the worst of many is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.errors import KioskError

State = Literal["green", "amber", "red"]

STATES: Final[tuple[State, ...]] = ("green", "amber", "red")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what it is, how it stands in words, and what to do unless it is green."""

    name: str
    state: State
    words: str
    repair: str = ""


def worst(checks: Sequence[Check]) -> State:
    """The worst state among the checks."""
    return max((check.state for check in checks), key=STATES.index, default="green")


def red(name: str, error: KioskError | OSError) -> Check:
    """What could not be looked at, in the error's own words."""
    if isinstance(error, KioskError):
        return Check(name, "red", error.what, error.repair)
    why = (error.strerror or "unknown reason").lower()
    return Check(name, "red", f"It could not be looked at ({why}).", "Ask IT to look at the kiosk's home folder.")
