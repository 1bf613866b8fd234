"""The findings of a pack's scenarios: those that fail, and the parts that no scenario covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kiosk.protocol.findings.collector import START, Finding, Findings, Mark, errors
from kiosk.protocol.model import Protocol
from kiosk.scenarios.runner import Coverage, ScenarioResult, coverage, playable, read_scenarios, run

_MOST_NAMED: Final = 6


def findings_of(data: bytes, file: str, protocol: Protocol) -> Iterable[Finding]:
    """Read and play a scenarios file for a protocol that passes `structure.check`. Never raises."""
    scenarios, read = read_scenarios(data, file, protocol)
    results = [run(protocol, scenario) for scenario in playable(protocol, scenarios)]
    found = judged(results, coverage(protocol, results), file, {f.line for f in errors(read)})
    return (*read, *found, *unplayed(len(scenarios) - len(results), file))


def unplayed(count: int, file: str) -> tuple[Finding, ...]:
    """Return a finding if the scenarios were too many to play."""
    findings = Findings(file)
    if count:
        findings.note("S118", START, count=count)
    return findings.all()


def judged(
    results: Sequence[ScenarioResult], touched: Coverage, file: str, misread: Iterable[int] = ()
) -> tuple[Finding, ...]:
    """Return a finding for each failed scenario, and for each kind of item that no scenario covers.

    misread: lines that have findings already; a scenario that contains one of them gets no second finding.
    """
    findings, wrong = Findings(file), sorted(misread)
    ends = [result.line for result in results[1:]] + [1 << 30]
    for result, end in zip(results, ends, strict=False):
        if not result.passed and not any(result.line <= line < end for line in wrong):
            line = result.forks[0].line if result.forks else result.line
            findings.note("S115", Mark(line, 1), name=result.name, reason=result.why)
    # A failed scenario covers nothing, so coverage is reported only when all pass.
    for what, share in touched.shares.items() if all(result.passed for result in results) else ():
        if share.never:
            names = ", ".join(share.never[:_MOST_NAMED]) + (", …" if len(share.never) > _MOST_NAMED else "")
            findings.note("S116", START, count=len(share.never), all=share.all, what=what, names=names)
    return findings.all()
