"""Suppressed warnings of a protocol, each with its reason; and errors in the list of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.protocol.findings.collector import CATALOGUE, Finding, Findings, Mark, Severity
from kiosk.protocol.model import Allowance
from kiosk.protocol.parsing.protocol import Reading
from kiosk.protocol.syntax.cursor import Path

FEWEST_WORDS: Final = 3
"""A reason with fewer words explains nothing."""

NEVER_ALLOWED: Final = {
    "P015": "it counts other findings, which must be seen first",
    "P703": "an unused suppression must be deleted",
    "P406": "a TODO must be done before the protocol is approved",
}
"""Warnings that can't be suppressed, with the reason."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """A suppressed warning, and the protocol's reason."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of checking a pack: the findings to act on, and the suppressed warnings. Both in reading order."""

    findings: tuple[Finding, ...]
    allowed: tuple[Allowed, ...] = ()


def without_allowed(reading: Reading, found: Iterable[Finding]) -> Checked:
    """Separate the suppressed findings; add a finding for each suppression that has an error."""
    every, allowed = tuple(sorted(set(found))), list[Allowed]()
    notes = Findings(reading.file)
    allowances = reading.draft.allow if reading.draft else ()
    if not allowances:
        return Checked(every)
    owners = _Owners(reading)
    by_code: dict[str, list[Finding]] = {}
    for finding in every:
        by_code.setdefault(finding.code, []).append(finding)
    for number, allowance in enumerate(allowances):
        if not _is_sound(allowance, number, reading, notes):
            continue
        left = by_code.get(allowance.code, [])
        hit = [f for f in left if _covers(allowance, f, owners)]
        if not hit:
            where = allowance.file or ".".join(allowance.at)
            notes.note("P703", _place(reading, number, "code"), what=allowance.code, where=where)
        allowed += (Allowed(f, allowance.reason) for f in hit)
        if hit:
            by_code[allowance.code] = [f for f in left if f not in hit]
    kept = (f for findings in by_code.values() for f in findings)
    return Checked(tuple(sorted((*kept, *notes.all()))), tuple(allowed))


def _place(reading: Reading, number: int, key: str) -> Mark:
    return reading.place(("allow", str(number), key))


def _is_sound(allowance: Allowance, number: int, reading: Reading, notes: Findings) -> bool:
    """Check that a suppression can be matched; otherwise note why. Missing parts were noted on reading."""
    because = _why_never(allowance.code)
    if allowance.code and allowance.code not in CATALOGUE:
        near = notes.hint(allowance.code, CATALOGUE, of="codes")
        notes.note("P701", _place(reading, number, "code"), what=allowance.code, hint=near)
    elif because:
        notes.note("P702", _place(reading, number, "code"), what=allowance.code, because=because)
    elif allowance.at and allowance.at not in reading.places:
        notes.note("P705", _place(reading, number, "at"), at=".".join(allowance.at))
    elif allowance.reason and len(allowance.reason.split()) < FEWEST_WORDS:
        place = _place(reading, number, "reason")
        notes.note("P704", place, reason=allowance.reason, what=allowance.code)
    else:
        return bool(allowance.code and allowance.reason and bool(allowance.at) != bool(allowance.file))
    return False


def _why_never(code: str) -> str:
    kind = CATALOGUE.get(code)
    return "it is an error" if kind and kind.severity is Severity.ERROR else NEVER_ALLOWED.get(code, "")


def _covers(allowance: Allowance, finding: Finding, owners: _Owners) -> bool:
    if allowance.file:
        return finding.file == allowance.file
    at = allowance.at
    return any(path[: len(at)] == at for path in owners.of(finding))


class _Owners:
    """Finds the parts of the protocol to which a place belongs: those that begin there, else those last before it."""

    def __init__(self, reading: Reading) -> None:
        self._paths: dict[str, dict[Mark, list[Path]]] = {}
        for path, mark in reading.places.items():
            inside = self._paths.setdefault(mark.file or reading.file, {})
            inside.setdefault(Mark(mark.line, mark.column), []).append(path)
        self._marks = {file: sorted(paths) for file, paths in self._paths.items()}

    def of(self, finding: Finding) -> list[Path]:
        marks = self._marks.get(finding.file, [])
        before = bisect_right(marks, Mark(finding.line, finding.column))
        return self._paths[finding.file][marks[before - 1]] if before else []
