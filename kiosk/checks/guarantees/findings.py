"""The findings about guarantees in a pack: one for each that has an error, or does not hold."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.checks.guarantees.names import check_names
from kiosk.checks.guarantees.verdicts import Verdict, verdicts
from kiosk.protocol.findings.collector import Finding, Findings, Told
from kiosk.protocol.kinds.registry import moves
from kiosk.protocol.model import RETURN, Protocol
from kiosk.protocol.parsing.protocol import Reading

_ENDLESS = frozenset({"P302", "P303", "P304", "P305"})
"""Findings that already say that a walk may not end."""

_OTHERWISE = frozenset({"P202", "P204", "P207", "P208", "P408"})
"""Findings about unknown names. They change the possible walks, so nothing can be proved."""


def look_at_guarantees(reading: Reading, structure: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return every finding about guarantees, in reading order. Missing parts elsewhere in the file are repaired first.

    structure: the findings of `structure.check` for the same reading.
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
    """Check that every target exists; a walk to an unknown target proves nothing."""
    known = {*protocol.steps, *protocol.outcomes, RETURN}
    targets = {m.target for s in protocol.steps.values() for m in moves(s)} | {i.next for i in protocol.interrupts}
    return protocol.start in protocol.steps and targets <= known


def _told_elsewhere(protocol: Protocol, verdict: Verdict) -> bool:
    """Check whether an outcome has no referral (P405), or one to an unknown role (P408)."""
    outcome = protocol.outcomes.get(verdict.place[1]) if verdict.code == "G102" else None
    return outcome is not None and (outcome.refer or "") not in protocol.roles
