"""Run scenarios: test cases that are played with the engine of the desk.

scenarios, findings = read_scenarios(data, "scenarios.yaml", protocol)
results = [run(protocol, scenario) for scenario in scenarios]
coverage(protocol, results).never        # the items that no scenario covers
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from kiosk.engine.encounter import Encounter
from kiosk.protocol.kinds.calls import Calls
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import Missing, Place, Value
from kiosk.scenarios.coverage import Coverage, Share, coverage
from kiosk.scenarios.fork import Diverged, Fork
from kiosk.scenarios.model import Answered, Scenario
from kiosk.scenarios.player import Play
from kiosk.scenarios.reader import read_scenarios

__all__ = ["Coverage", "Fork", "Scenario", "ScenarioResult", "Share", "coverage", "playable", "read_scenarios", "run"]

MOST_WORK: Final = 200_000
"""Maximum work for one file, in settings, lines and people; it limits the time for a hostile file."""


Unmet = tuple[str, Fork | None]
"""An expectation that was not met: a sentence, and both paths if it has a place on the path."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """The result of a scenario.

    story:   the path; if it did not pass, where and how it differed from what was expected.
    unmet:   the expectations that were not met: a sentence, and both paths if it has a place on the path.
    visited: every place reached, in order, outcomes among them.
    taken:   the answers given, as `step: option`; pressed: the interrupts; chosen: `setting: choice`.
    end:     the encounter at the end.
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
    unmet: tuple[Unmet, ...] = ()

    @property
    def why(self) -> str:
        """The expectations that were not met, as sentences; empty if it passed."""
        return " ".join(sentence for sentence, _ in self.unmet)

    @property
    def forks(self) -> tuple[Fork, ...]:
        """The forks of the unmet expectations that have a place on the path."""
        return tuple(fork for _, fork in self.unmet if fork)


def playable(protocol: Protocol, scenarios: Iterable[Scenario]) -> Iterator[Scenario]:
    """Return the scenarios that can be played within `MOST_WORK`, in order."""
    work = 0
    for scenario in scenarios:
        called = sum(isinstance(line, Answered) and isinstance(line.reply, Calls) for line in scenario.do)
        work += len(protocol.settings) + 20 * len(scenario.do) + called * sum(scenario.people.values())
        if work > MOST_WORK:
            return
        yield scenario


def run(protocol: Protocol, scenario: Scenario) -> ScenarioResult:
    """Play a scenario to its end, or to the first difference from the kiosk."""
    play = Play(protocol, scenario)
    try:
        play.through()
        wrong = [*_unmet(scenario, play)]
    except Diverged as diverged:
        wrong = [(diverged.sentence, diverged.fork)]
    why = " ".join(sentence for sentence, _ in wrong)
    return ScenarioResult(
        name=scenario.name,
        line=scenario.line,
        passed=not wrong,
        story=f"“{scenario.name}”: {why} The path: {play.way()}." if wrong else play.way(),
        visited=tuple(play.visited),
        taken=frozenset(play.taken),
        pressed=frozenset(play.pressed),
        chosen=frozenset(f"{setting}: {choice}" for setting, choice in play.walk.situation.settings.items()),
        end=play.walk,
        unmet=tuple(wrong),
    )


def _unmet(scenario: Scenario, play: Play) -> Iterator[Unmet]:
    way, lines = play.steps(), scenario.lines
    if scenario.outcome not in (None, play.walk.outcome):
        fork = Fork(lines["outcome"], (*way[:-1], scenario.outcome or ""), way)
        yield f"At line {fork.line} the scenario ends at `{scenario.outcome}`, but {play.position()}.", fork
    yield from _unmet_path(scenario, play.walk)
    for sight in scenario.shows:
        if sight not in play.shown:
            fork = Fork(lines["shows"], (*way, f"shows {sight}"), (*way, "never shown"))
            yield f"At line {fork.line} the scenario expects `{sight}`, but it was never shown.", fork
    for sight in scenario.not_shows:
        if sight in play.shown:
            before = _until(way, sight.partition(":")[2])
            fork = Fork(lines["not_shows"], (*before, f"never shows {sight}"), (*before, sight))
            yield f"At line {fork.line} `{sight}` must not be shown, but it was.", fork
    yield from _unmet_facts(scenario, play.walk)


def _until(way: tuple[str, ...], step: str) -> tuple[str, ...]:
    return way[: way.index(step) + 1] if step in way else way


def _unmet_path(scenario: Scenario, walk: Encounter) -> Iterator[Unmet]:
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
    end = walk.outcome or "the end"
    fork = Fork(scenario.lines["path"], (*scenario.path[:n], wanted or "no more steps"), (*way[:n], got or end))
    yield (
        f"At line {fork.line} the paths differ at step {n + 1}: "
        f"the scenario expects {f'`{wanted}`' if wanted else 'no more'}, the kiosk reached {there}.",
        fork,
    )


def _unmet_facts(scenario: Scenario, walk: Encounter) -> Iterator[Unmet]:
    facts = walk.facts()
    for name, value in scenario.has.items():
        if facts.get(name) != value:
            line, found = scenario.lines["has"], _in_words(facts.get(name))
            yield f"At line {line} the record must have {_in_words(value)} for `{name}`, but it has {found}.", None
    for name in scenario.lacks:
        if not isinstance(fact := facts.get(name), Missing | None):
            lacks = scenario.lines["lacks"]
            yield f"At line {lacks} the record must lack `{name}`, but it has {_in_words(fact)}.", None


def _in_words(value: Value | None) -> str:
    match value:
        case None:
            return "nothing"
        case Missing(reason):
            return f"`{reason}`"
        case str() | int():
            return f"“{value}”"
        case _:
            assert_never(value)
