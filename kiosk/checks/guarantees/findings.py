"""The findings about guarantees in a pack: one for each that has an error, or does not hold."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.checks.guarantees.names import check_names
from kiosk.checks.guarantees.verdicts import Verdict, verdicts
from kiosk.protocol.findings.collector import Finding, Findings, LongText
from kiosk.protocol.kinds.registry import moves
from kiosk.protocol.model import RETURN, Protocol
from kiosk.protocol.parsing.protocol import Reading

_ENDLESS = frozenset({"P302", "P303", "P304", "P305"})
"""Findings that already say that a walk may not end."""

_OTHERWISE = frozenset({"P202", "P204", "P207", "P208", "P408"})
"""Findings about unknown names. They change the possible walks, so nothing can be proved."""


def check_guarantees(reading: Reading, structure: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return every finding about guarantees, in reading order; none while another part of the file has errors.

    structure: the findings of `structure.check` for the same reading.
    """
    protocol = reading.protocol
    if protocol is None or not _targets_exist(protocol):
        return ()
    findings = Findings(reading.file)
    unclear, known = check_names(reading, protocol, findings), {f.code for f in structure}
    for verdict in () if known & _OTHERWISE else verdicts(protocol):
        reported = verdict.id in unclear or (verdict.code == "G101" and known & _ENDLESS)
        if not verdict.holds and not reported and not _has_own_finding(protocol, verdict):
            path = LongText(verdict.counterexample)
            findings.note(verdict.code, reading.place(verdict.place), id=verdict.id, path=path)
    return findings.all()


def _targets_exist(protocol: Protocol) -> bool:
    """Check that every target exists; a walk to an unknown target proves nothing."""
    known = {*protocol.steps, *protocol.outcomes, RETURN}
    targets = {m.target for s in protocol.steps.values() for m in moves(s)} | {i.next for i in protocol.interrupts}
    return protocol.start in protocol.steps and targets <= known


def _has_own_finding(protocol: Protocol, verdict: Verdict) -> bool:
    """Check whether an outcome has no referral (P405), or one to an unknown role (P408)."""
    outcome = protocol.outcomes.get(verdict.place[1]) if verdict.code == "G102" else None
    return outcome is not None and (outcome.refer or "") not in protocol.roles
