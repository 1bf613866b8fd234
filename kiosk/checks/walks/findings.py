"""The results of an exploration, as findings at the lines they are about."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.checks.walks.explorer import Explored, explore, share
from kiosk.protocol.findings.collector import START, Finding, Findings
from kiosk.protocol.kinds.registry import kind_of, ways
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import Reading


def findings_of(reading: Reading, protocol: Protocol) -> Iterable[Finding]:
    """Walk the protocol, and note the findings. The protocol must pass `structure.check`."""
    findings, explored = Findings(reading.file), explore(protocol)
    _never(reading, protocol, explored, findings)
    if not explored.complete:
        tried, count = share(protocol, explored)
        findings.note("S208", START, tried=tried, count=count)
    return findings.all()


def _never(reading: Reading, protocol: Protocol, explored: Explored, findings: Findings) -> None:
    for step, n in explored.dead_lines(protocol):
        rule = [way for way, _ in ways(protocol.steps[step])][n]
        findings.note("S206", reading.place(("steps", step, "when", str(n))), step=step, rule=rule, number=n + 1)
    for step, answer in explored.never_offered(protocol):
        findings.note(
            "S207",
            reading.place(("steps", step, kind_of(protocol.steps[step]).answers_key, answer)),
            step=step,
            answer=answer,
        )
