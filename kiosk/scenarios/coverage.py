"""The coverage of a protocol's scenarios: the parts they reach together, and those they never reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol as Shape

from kiosk.protocol.kinds.registry import answer_names, is_shown
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Place


class Played(Shape):
    """The part of a scenario's result that coverage needs."""

    @property
    def passed(self) -> bool:
        """Whether it passed; others do not count."""

    @property
    def visited(self) -> tuple[Place, ...]:
        """The places that were reached."""

    @property
    def taken(self) -> frozenset[str]:
        """The answers that were given."""

    @property
    def pressed(self) -> frozenset[str]:
        """The interrupts that were pressed."""

    @property
    def chosen(self) -> frozenset[str]:
        """The choices of the settings."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `all` items were covered (`hit`), and which never were, in the protocol's order."""

    hit: int
    all: int
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of the scenarios.

    steps:      every step that is shown.
    options:    every answer of a question, every checklist item, `reached` and `nobody` of every call, `done` of every
                form and instruction, every rule of a branch and its `otherwise`.
    interrupts: every interrupt, pressed at any step.
    settings:   every choice of every setting.
    """

    steps: Share
    options: Share
    interrupts: Share
    settings: Share

    @property
    def complete(self) -> bool:
        """Whether everything was covered."""
        return not self.never

    @property
    def shares(self) -> dict[str, Share]:
        """Each share by what it counts."""
        return {
            "steps": self.steps,
            "answers": self.options,
            "interrupts": self.interrupts,
            "settings": self.settings,
        }

    @property
    def never(self) -> tuple[str, ...]:
        """The items that no scenario covers, each as `step x`, `answer x: y`, `interrupt x`, `setting x: y`."""
        shares = {"step": self.steps, "answer": self.options, "interrupt": self.interrupts, "setting": self.settings}
        return tuple(f"{kind} {name}" for kind, share in shares.items() for name in share.never)


def coverage(protocol: Protocol, results: Iterable[Played]) -> Coverage:
    """Return the combined coverage of the scenarios that passed."""
    passed = [result for result in results if result.passed]
    shown = [step for step in protocol.steps.values() if is_shown(step)]
    return Coverage(
        steps=_share((s.id for s in shown), (p.step for r in passed for p in r.visited)),
        options=_share(
            (f"{s.id}: {way}" for s in protocol.steps.values() for way in answer_names(s)),
            (w for r in passed for w in r.taken),
        ),
        interrupts=_share((i.id for i in protocol.interrupts), (i for r in passed for i in r.pressed)),
        settings=_share(
            (f"{s.id}: {choice}" for s in protocol.settings.values() for choice in s.choices),
            (c for r in passed for c in r.chosen),
        ),
    )


def _share(everything: Iterable[str], touched: Iterable[str]) -> Share:
    names, seen = list(dict.fromkeys(everything)), frozenset(touched)
    never = tuple(name for name in names if name not in seen)
    return Share(len(names) - len(never), len(names), never)
