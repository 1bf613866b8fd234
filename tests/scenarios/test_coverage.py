"""Coverage counts what the scenarios that passed reached, and names the rest in the protocol's order."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.protocol.replies import Place
from kiosk.scenarios.coverage import Share, coverage
from tests.builders import a_protocol, place

PROTOCOL = a_protocol()


@dataclass(frozen=True)
class Played:
    """The part of a result that coverage needs."""

    visited: tuple[Place, ...] = ()
    taken: frozenset[str] = frozenset()
    pressed: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    passed: bool = True


def test_without_results_every_item_is_named() -> None:
    """Branches are not shown, so they are answers and not steps."""
    nothing = coverage(PROTOCOL, [])
    assert [share.hit for share in nothing.shares.values()] == [0, 0, 0, 0]
    assert [share.all for share in nothing.shares.values()] == [len(s.never) for s in nothing.shares.values()]
    assert nothing.steps.never == tuple(step for step in PROTOCOL.steps if step != "routed")
    assert "routed: otherwise" in nothing.options.never
    assert not nothing.complete


def test_a_part_that_two_scenarios_reach_counts_once() -> None:
    """Another visit of a step is the same step; an outcome is none."""
    results = [Played(visited=(place("who"), place("left"))), Played(visited=(place("who", 2), place("wait")))]
    covered = coverage(PROTOCOL, results).steps
    assert (covered.hit, covered.all) == (2, 11)
    assert {"who", "wait"}.isdisjoint(covered.never)


def test_a_scenario_that_failed_does_not_count() -> None:
    """Whatever it reached on the way."""
    failed = Played((place("who"),), frozenset({"danger: no"}), frozenset({"danger"}), passed=False)
    assert coverage(PROTOCOL, [failed]) == coverage(PROTOCOL, [])


def test_what_is_never_reached_is_named_by_its_kind() -> None:
    """Of each kind the items that are left, in the protocol's order."""
    all_of = coverage(PROTOCOL, [])
    rest = Played(
        visited=tuple(place(step) for step in all_of.steps.never if step != "past"),
        taken=frozenset(all_of.options.never) - {"danger: yes", "wait: no"},
        pressed=frozenset({"danger", "went-past", "start-over"}),
        chosen=frozenset({"wait-place: outside"}),
    )
    assert coverage(PROTOCOL, [rest]).never == (
        "step past",
        "answer danger: yes",
        "answer wait: no",
        "interrupt they-left",
        "setting wait-place: entrance",
    )
    assert coverage(PROTOCOL, [rest]).interrupts == Share(3, 4, ("they-left",))
