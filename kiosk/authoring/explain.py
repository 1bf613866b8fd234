"""Explanations of findings: the class of each kind, its rank, and its sentences without a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import CATALOGUE, Finding, Kind, Severity, hint
from kiosk.protocol.pack import PROTOCOL_FILE

CLASSES: Final = {
    "privacy": "Information that must never be asked for or stored",
    "guarantees": "Guarantees",
    "loops": "Endless loops",
    "reachability": "Unreachable steps, and steps without a way out",
    "structure": "Structure of the file",
    "targets": "Unknown names",
    "approval": "Requirements for approval",
    "dates": "Dates",
    "contacts": "Contacts",
    "settings": "District settings and school slots",
    "words": "Text on the screen",
    "translations": "Translations",
    "scenarios": "Scenarios",
    "suppression": "Suppressed warnings",
}
"""All classes of findings with their titles, the most important first."""

_BY_GROUP: Final = {
    "P0": "structure",
    "P1": "structure",
    "P2": "targets",
    "P3": "reachability",
    "P4": "words",
    "P5": "dates",
    "P6": "structure",
    "P7": "suppression",
    "G": "guarantees",
    "W": "words",
    "V": "privacy",
    "T": "translations",
    "D": "settings",
    "C": "contacts",
    "S": "scenarios",
    "A": "approval",
}
_EXCEPTIONS: Final = {"P303": "loops", "P305": "loops", "P306": "loops", "P405": "targets", "P408": "targets"}
"""Kinds that belong to another class than their group."""

_RANKS: Final = {name: rank for rank, name in enumerate(CLASSES)}
_SLOT: Final = re.compile(r"\{(\w+)\}")
_HINT: Final = "The finding names the nearest word that fits here, or lists those that do."


def class_of(code: str) -> str:
    """Return the class of a kind of finding. Raise KeyError for an unknown code."""
    return _EXCEPTIONS.get(code) or _BY_GROUP.get(code[:2]) or _BY_GROUP[code[:1]]


def by_importance(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in order of importance: errors first, then by class, the protocol before other files, by place.

    Within a class, findings that prevent reading a file come first, because they cause others.
    """
    return sorted(findings, key=_importance)


def _importance(finding: Finding) -> tuple[bool, int, bool, bool, Finding]:
    unread, other_file = finding.code.startswith("P0"), finding.file != PROTOCOL_FILE
    return finding.severity is Severity.WARNING, _RANKS[class_of(finding.code)], not unread, other_file, finding


def by_class() -> Iterator[tuple[str, list[Kind]]]:
    """Yield each class with its kinds, the most important first; kinds in the order of their codes."""
    for name in CLASSES:
        kinds = [kind for kind in CATALOGUE.values() if class_of(kind.code) == name]
        if kinds:
            yield name, sorted(kinds, key=lambda kind: kind.code)


def kind_named(said: str) -> Kind:
    """Return the kind with that code, in any case, or that name. Raise UsageError with the nearest code."""
    wanted = said.strip()
    by_name = {kind.name: kind for kind in CATALOGUE.values()}
    kind = CATALOGUE.get(wanted.upper()) or by_name.get(wanted.lower())
    if kind is None:
        near = hint(wanted.upper(), CATALOGUE, of="codes")
        raise UsageError(f"There is no finding “{said}”.", f"{near} `kiosk protocol explain` lists all of them.")
    return kind


def means(kind: Kind) -> str:
    """Return the cause of a kind with named slots: `“‹key›” is not a key of ‹where›.`"""
    return _SLOT.sub(r"‹\1›", kind.cause)


def repairs(kind: Kind) -> str:
    """Return the repair of a kind, likewise."""
    return _HINT if kind.repair == "{hint}" else _SLOT.sub(r"‹\1›", kind.repair)
