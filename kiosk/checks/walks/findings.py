"""What an exploration of a protocol found, as findings at the lines they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kiosk.checks.walks.explorer import Explored, Kind, explore, share
from kiosk.protocol.findings.collector import START, Finding, Findings
from kiosk.protocol.kinds.registry import kind_of, ways
from kiosk.protocol.model import Protocol
from kiosk.protocol.parsing.protocol import Reading

_CODES: Final[Mapping[Kind, str]] = {
    "breaks": "S201",
    "nowhere": "S202",
    "empty": "S203",
    "no-answer": "S204",
    "lost": "S205",
}


def findings_of(reading: Reading, protocol: Protocol) -> Iterable[Finding]:
    """Walk the protocol, and note what the walk met. The protocol must hold, as `structure.check` says."""
    findings, explored = Findings(reading.file), explore(protocol)
    for trouble in explored.troubles:
        mark = reading.place(("steps", trouble.step))
        findings.note(_CODES[trouble.kind], mark, step=trouble.step, way=trouble.way, story=trouble.story)
    _never(reading, protocol, explored, findings)
    if not explored.whole:
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
