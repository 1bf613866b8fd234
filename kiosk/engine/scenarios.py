"""Scenarios: short cases played against the protocol with the very engine the desk runs on.

scenarios, findings = read_scenarios(data, "scenarios.yaml", protocol)
results = [run(protocol, scenario) for scenario in scenarios]
coverage(protocol, results).never        # what no scenario touches
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.engine.encounter import Encounter
from kiosk.engine.model import Protocol
from kiosk.engine.replies import Missing, Place, Value
from kiosk.engine.scenario import Scenario
from kiosk.engine.scenario_coverage import Coverage, Share, coverage
from kiosk.engine.scenario_playing import Parted, Play
from kiosk.engine.scenario_reading import read_scenarios

__all__ = ["Coverage", "Scenario", "ScenarioResult", "Share", "coverage", "read_scenarios", "run"]


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """How a scenario went.

    story:   the way it went; when it did not pass, where and how it parted from what was expected.
    visited: every place the kiosk stood at, in time, outcomes among them.
    taken:   the ways that were answered, as `step: option`; pressed: the interrupts; chosen: `setting: choice`.
    end:     the encounter as it stood at the end.
    """

    name: str
    line: int
    passed: bool
    story: str
    visited: tuple[Place, ...]
    taken: frozenset[str]
    pressed: frozenset[str]
    chosen: frozenset[str]
    end: Encounter


def run(protocol: Protocol, scenario: Scenario) -> ScenarioResult:
    """Play a scenario to its end, or to where it parts from what the kiosk does."""
    play = Play(protocol, scenario)
    try:
        play.through()
        wrong = [*_unmet(scenario, play)]
    except Parted as parted:
        wrong = [str(parted)]
    return ScenarioResult(
        name=scenario.name,
        line=scenario.line,
        passed=not wrong,
        story=f"“{scenario.name}”: {' '.join(wrong)} The way: {play.way()}." if wrong else play.way(),
        visited=tuple(play.visited),
        taken=frozenset(play.taken),
        pressed=frozenset(play.pressed),
        chosen=frozenset(f"{setting}: {choice}" for setting, choice in play.walk.situation.settings.items()),
        end=play.walk,
    )


def _unmet(scenario: Scenario, play: Play) -> Iterator[str]:
    """What was expected at the end and is not so, as sentences."""
    if scenario.outcome not in (None, play.walk.outcome):
        yield f"At line {scenario.lines['outcome']} the scenario ends at `{scenario.outcome}`, but {play.stands()}."
    yield from _unmet_path(scenario, play.walk)
    for sight in scenario.shows:
        if sight not in play.shown:
            yield f"At line {scenario.lines['shows']} the scenario expects `{sight}`, but it was never shown."
    for sight in scenario.not_shows:
        if sight in play.shown:
            yield f"At line {scenario.lines['not_shows']} `{sight}` must not be shown, but it was."
    yield from _unmet_facts(scenario, play.walk)


def _unmet_path(scenario: Scenario, walk: Encounter) -> Iterator[str]:
    if scenario.path is None:
        return
    places = walk.path if walk.outcome else (*walk.path, walk.at)
    way = tuple(p.step for p in places if p.step in walk.protocol.steps)
    if way == scenario.path:
        return
    same = next((n for n, (a, b) in enumerate(zip(way, scenario.path, strict=False)) if a != b), None)
    n = min(len(way), len(scenario.path)) if same is None else same
    wanted, got = (steps[n] if n < len(steps) else None for steps in (scenario.path, way))
    there = f"`{got}`" if got else "the end"
    yield (
        f"At line {scenario.lines['path']} the paths part at step {n + 1}: "
        f"the scenario expects {f'`{wanted}`' if wanted else 'no more'}, the kiosk came to {there}."
    )


def _unmet_facts(scenario: Scenario, walk: Encounter) -> Iterator[str]:
    facts = walk.facts()
    for name, value in scenario.has.items():
        if facts.get(name) != value:
            line, found = scenario.lines["has"], _told(facts.get(name))
            yield f"At line {line} the record must have {_told(value)} for `{name}`, but it has {found}."
    for name in scenario.lacks:
        if not isinstance(facts.get(name), Missing | None):
            yield f"At line {scenario.lines['lacks']} the record must lack `{name}`, but it has {_told(facts[name])}."


def _told(value: Value | None) -> str:
    match value:
        case None:
            return "nothing"
        case Missing(reason):
            return f"`{reason}`"
        case _:
            return f"“{value}”"
