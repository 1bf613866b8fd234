"""The result of one check, and the worst of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.errors import KioskError

State = Literal["green", "amber", "red"]

STATES: Final[tuple[State, ...]] = ("green", "amber", "red")


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check: subject, state, a sentence, and what to do unless it is green."""

    name: str
    state: State
    words: str
    repair: str = ""


def worst(checks: Sequence[Check]) -> State:
    """Return the worst state among the checks."""
    return max((check.state for check in checks), key=STATES.index, default="green")


def red(name: str, error: KioskError | OSError) -> Check:
    """Return a red check for an error, with the error's sentence."""
    if isinstance(error, KioskError):
        return Check(name, "red", error.what, error.repair)
    why = (error.strerror or "unknown reason").lower()
    return Check(name, "red", f"This could not be checked ({why}).", "Ask IT to check the kiosk's home folder.")
