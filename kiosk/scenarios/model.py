"""The parts of a scenario: frozen values, as in `scenarios.yaml`. `line` is the line in that file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.protocol.kinds.calls import Calls
from kiosk.protocol.replies import Answer, Value

Said = Answer | Calls
"""The answer of a line to a step. Calls are listed by role; playing determines the person."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Answer a step; after `WentBack`, correct its earlier answer."""

    line: int
    step: str
    reply: Said


@dataclass(frozen=True, slots=True)
class PressedKey:
    """Press an interrupt at the current step."""

    line: int
    interrupt: str


@dataclass(frozen=True, slots=True)
class WentBack:
    """Go back to the last answer of that step, or to its n-th (`visit`, from 1); the next line corrects it."""

    line: int
    step: str
    visit: int | None = None


@dataclass(frozen=True, slots=True)
class CalledOutside:
    """Calls made outside a call step, at the current step."""

    line: int
    calls: Calls


Line = Answered | PressedKey | WentBack | CalledOutside


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A short test case.

    people:  how many contacts each role has (default: 1).
    after_hours: whether it begins after hours.
    path:    the steps shown on the way, in order; None for any path.
    outcome: the outcome at the end; None for any.
    shows, not_shows: texts that were, and that never were, on the screen, as `say:step`, `do:step`, `ask:step`,
             `step:step`, `outcome:outcome`.
    has:     the values of these facts at the end; lacks: the facts that have no value then.
    lines:   the line of each key in the file.
    """

    name: str
    line: int
    do: tuple[Line, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    after_hours: bool = False
    path: tuple[str, ...] | None = None
    outcome: str | None = None
    shows: tuple[str, ...] = ()
    not_shows: tuple[str, ...] = ()
    has: Mapping[str, Value] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
