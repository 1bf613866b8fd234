"""What guarantees have to say about a pack: one finding for each that is written wrong, or does not hold."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.checks.guarantees.names import check_names
from kiosk.checks.guarantees.verdicts import Verdict, verdicts
from kiosk.protocol.findings.collector import Finding, Findings, Told
from kiosk.protocol.kinds.registry import moves
from kiosk.protocol.model import RETURN, Protocol
from kiosk.protocol.parsing.protocol import Reading

_ENDLESS = frozenset({"P302", "P303", "P304", "P305"})
"""Findings that say already that a walk may not come to an end."""

_OTHERWISE = frozenset({"P202", "P204", "P207", "P208", "P408"})
"""Findings of names that lead nowhere: the walks are others than the author means, so they prove nothing."""


def look_at_guarantees(reading: Reading, structure: Iterable[Finding]) -> tuple[Finding, ...]:
    """Every finding about guarantees, in reading order. What is missing elsewhere in the file is repaired first.

    structure: what `structure.check` found in the same reading.
    """
    protocol = reading.protocol
    if protocol is None or not _whole(protocol):
        return ()
    findings = Findings(reading.file)
    unclear, known = check_names(reading, protocol, findings), {f.code for f in structure}
    for verdict in () if known & _OTHERWISE else verdicts(protocol):
        told = verdict.id in unclear or (verdict.code == "G101" and known & _ENDLESS)
        if not verdict.holds and not told and not _told_elsewhere(protocol, verdict):
            mark = reading.place(verdict.place)
            findings.note(verdict.code, mark, id=verdict.id, words=Told(verdict.words), story=Told(verdict.story))
    return findings.all()


def _whole(protocol: Protocol) -> bool:
    """Whether every target is there; a walk into nowhere proves nothing."""
    known = {*protocol.steps, *protocol.outcomes, RETURN}
    targets = {m.target for s in protocol.steps.values() for m in moves(s)} | {i.next for i in protocol.interrupts}
    return protocol.start in protocol.steps and targets <= known


def _told_elsewhere(protocol: Protocol, verdict: Verdict) -> bool:
    """Whether an outcome refers to nobody (P405), or to a role that is not there (P408)."""
    outcome = protocol.outcomes.get(verdict.place[1]) if verdict.code == "G102" else None
    return outcome is not None and (outcome.refer or "") not in protocol.roles
