"""Make a passing scenario from a finished practice run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kiosk.errors import Refused, UsageError
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.kinds.branch import BranchStep
from kiosk.protocol.kinds.call import CallStep, roles_called
from kiosk.protocol.model import Protocol, Rule
from kiosk.protocol.replies import Missing
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import LoggedEntry
from kiosk.scenarios.from_record import practice_run
from kiosk.scenarios.model import Scenario
from kiosk.scenarios.runner import ScenarioResult, read_scenarios
from kiosk.scenarios.runner import run as play
from kiosk.scenarios.writer import rendered


@dataclass(frozen=True, slots=True)
class PracticeScenario:
    """The scenario as text for a scenarios file. left_out: how many notes and amendments it can't express."""

    text: str
    left_out: int


def practice_scenario(
    record: EncounterRecord, entries: Sequence[LoggedEntry], protocol: Protocol, name: str, *, keep_text: bool
) -> PracticeScenario:
    """Return the scenario of a closed practice record and its entries.

    keep_text: keep the typed text instead of samples. Raise Refused or UsageError for a run that can't become one.
    """
    if record.protocol.id != protocol.id:
        raise UsageError(
            f"{record.no} was practiced with the protocol {record.protocol.id}, not {protocol.id}.",
            f"Name that one: `kiosk protocol test {record.protocol.id} --from-practice {record.no}`.",
        )
    done = practice_run(entries, protocol, keep_text=keep_text)
    if not done.complete:
        raise Refused(f"Not every answer of {record.no} is stored any more.", "Practice it again, then use that run.")
    situation = entries[0].body
    bare = Scenario(
        name=name,
        line=1,
        do=done.lines,
        settings=dict(situation.get("settings", {})),
        people=dict(situation.get("people", {})),
        after_hours=bool(situation.get("after_hours")),
    )
    return PracticeScenario(rendered(_expecting(bare, _played(bare, protocol, record))), done.left_out)


def appended(before: bytes, name: str, text: str, protocol: Protocol) -> bytes:
    """Return a scenarios file of that name with the scenario added at the end.

    Raise UsageError if the two don't fit together.
    """
    gap = b"" if not before.strip() else b"\n" if before.endswith(b"\n") else b"\n\n"
    data = before + gap + text.encode("utf-8")
    there, findings_before = read_scenarios(before, name, protocol) if before.strip() else ((), ())
    scenarios, findings = read_scenarios(data, name, protocol)
    wrong = errors(findings)
    # In a file that is no list there may be no more errors than before, but the scenario is not in it either.
    if len(wrong) > len(errors(findings_before)) or (wrong and len(scenarios) <= len(there)):
        raise UsageError(f"The scenario can't be added to {name}: {wrong[-1].cause}", wrong[-1].repair)
    return data


def _played(bare: Scenario, protocol: Protocol, record: EncounterRecord) -> ScenarioResult:
    """Play the run again in this protocol, from the text to be saved. Raise UsageError where they differ."""
    result = _replayed(bare, protocol)
    if not result.passed:
        raise UsageError(f"{record.no} takes another path in this protocol: {_no_lines(result.why)}", _REPAIR)
    if result.end.outcome != record.outcome:
        ended = f"ended as {record.outcome}, in this protocol as {result.end.outcome or 'nothing'}"
        raise UsageError(f"{record.no} {ended}.", _REPAIR)
    return result


_REPAIR: Final = "Practice it again with this protocol, then use that run."


def _replayed(bare: Scenario, protocol: Protocol) -> ScenarioResult:
    scenarios, findings = read_scenarios(rendered(bare).encode("utf-8", "replace"), "the scenario", protocol)
    wrong = errors(findings)
    if wrong or not scenarios:
        why = f"{wrong[0].cause} {wrong[0].repair}" if wrong else "Nothing was done in it."
        raise UsageError(f"This run no longer fits the protocol: {why}", _REPAIR)
    return play(protocol, scenarios[0])


def _no_lines(why: str) -> str:
    _, _, rest = why.partition(" the ")
    return f"the {rest}" if rest else why


def _expecting(bare: Scenario, result: ScenarioResult) -> Scenario:
    """Return the scenario with its expectations, without settings and counts that had no effect."""
    end = result.end
    steps = [end.protocol.steps[place.step] for place in end.path if place.step in end.protocol.steps]
    visited = [end.protocol.steps[p.step] for p in result.visited if p.step in end.protocol.steps]
    tested = {rule.subject for rule in _rules(result)}
    steps_called = [step for step in visited if isinstance(step, CallStep)]
    called = {role for s in steps_called for role in roles_called(end.protocol, s, after_hours=bare.after_hours)}
    facts = end.facts()
    later = {name for name, value in facts.items() if value == Missing("deferred")}
    return replace(
        bare,
        settings={name: said for name, said in bare.settings.items() if name in tested},
        people={role: count for role, count in bare.people.items() if role in called and count != 1},
        after_hours=bare.after_hours and bool(steps_called),
        path=tuple(step.id for step in steps),
        outcome=end.outcome,
        has={name: value for name, value in facts.items() if name not in later},
        lacks=tuple(name for name in facts if name in later),
    )


def _rules(result: ScenarioResult) -> Iterator[Rule]:
    """Yield the rules about settings of every branch that the walk passed at any time."""
    passed = {way.partition(":")[0] for way in result.taken}
    for step in result.end.protocol.steps.values():
        if isinstance(step, BranchStep) and step.id in passed:
            yield from (rule for rule in step.rules if rule.kind == "setting")
