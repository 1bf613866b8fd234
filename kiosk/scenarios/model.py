"""What a scenario is made of: frozen values, as `scenarios.yaml` says them. `line` is the line in that file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.protocol.kinds.calls import Calls
from kiosk.protocol.replies import Chosen, Confirmed, Recorded, Ticked, Value

Said = Chosen | Ticked | Recorded | Confirmed | Calls
"""What a line answers to a step. Calls are told role by role: who exactly is called, only playing it says."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A step is answered; after `WentBack`, its earlier answer is corrected."""

    line: int
    step: str
    reply: Said


@dataclass(frozen=True, slots=True)
class PressedKey:
    """An interrupt is pressed, wherever the kiosk stands."""

    line: int
    interrupt: str


@dataclass(frozen=True, slots=True)
class WentBack:
    """Back to the last answer of that step, or to its n-th (`visit`, from 1); the next line corrects it."""

    line: int
    step: str
    visit: int | None = None


@dataclass(frozen=True, slots=True)
class CalledOutside:
    """Calls that were made outside a call step, wherever the kiosk stands."""

    line: int
    calls: Calls


Line = Answered | PressedKey | WentBack | CalledOutside


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A short case that must hold.

    people:  how many contacts each role has; a role left out has one.
    after_hours: whether it begins after hours.
    path:    the shown steps on the way, in order; None when any way will do.
    outcome: the outcome at the end; None when any will do.
    shows, not_shows: what was, and what never was, on the screen, as `say:step`, `do:step`, `ask:step`, `step:step`,
             `outcome:outcome`.
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
