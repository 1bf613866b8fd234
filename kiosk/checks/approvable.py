"""Check that a pack is ready to be signed: `check_pack`, and the requirements that a draft need not meet."""

from __future__ import annotations

from typing import Final

from kiosk.checks.run import check_pack
from kiosk.protocol.findings.collector import START, Finding, Findings, Mark, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import PROTOCOL_FILE, SCENARIOS_FILE, PackReading
from kiosk.scenarios.runner import coverage, playable, read_scenarios, run

FINAL: Final = "final"
_TO_DO: Final = "P406"


def hindrances(pack: PackReading) -> tuple[Finding, ...]:
    """Return the errors that prevent approval and installation of a pack, in reading order; none if it is ready."""
    found = check_pack(pack)
    wrong, protocol = errors(found), pack.protocol
    if wrong or protocol is None:
        return wrong
    return (*_open(pack, protocol, found), *_scenarios(pack, protocol))


def _open(pack: PackReading, protocol: Protocol, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    findings = Findings(PROTOCOL_FILE)
    if protocol.release.status != FINAL:
        findings.note("A101", pack.reading.place(("release", "status")), status=protocol.release.status)
    for todo in (f for f in found if f.code == _TO_DO):
        findings.note("A102", Mark(todo.line, todo.column, todo.file), cause=todo.cause)
    return findings.all()


def _scenarios(pack: PackReading, protocol: Protocol) -> tuple[Finding, ...]:
    findings = Findings(SCENARIOS_FILE)
    if SCENARIOS_FILE not in pack.files:
        findings.note("A103", START)
        return findings.all()
    scenarios, _ = read_scenarios(pack.files[SCENARIOS_FILE], SCENARIOS_FILE, protocol)
    for never in coverage(protocol, [run(protocol, one) for one in playable(protocol, scenarios)]).never:
        findings.note("A105", START, what=never)
    return findings.all()
