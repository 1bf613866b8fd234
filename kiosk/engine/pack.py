"""A whole pack: every file of its folder read together, and everything that is wrong with any of them.

Reading is what a kiosk does each time it starts; checking everything is for whoever writes, approves or installs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.engine import exploring_findings, scenario_findings
from kiosk.engine.checking import check
from kiosk.engine.contacts import check_contacts, read_contacts
from kiosk.engine.findings import Finding, errors
from kiosk.engine.model import Protocol
from kiosk.engine.reading import Reading, read_protocol

PROTOCOL_FILE: Final = "protocol.yaml"
SCENARIOS_FILE: Final = "scenarios.yaml"
EXAMPLE_CONTACTS: Final = "contacts.example.yaml"


@dataclass(frozen=True, slots=True)
class PackReading:
    """What came out of reading a pack.

    files:    file name → content, as on disk.
    reading:  the protocol file's reading.
    findings: what is wrong with the shape of any file that a kiosk needs, in reading order.
    """

    files: Mapping[str, bytes]
    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, when its shape has no error."""
        return self.reading.protocol


Look = Callable[[PackReading], Iterable[Finding]]
"""One thing to check about a pack. It never raises; without a protocol it says nothing."""


def read_pack(files: Mapping[str, bytes]) -> PackReading:
    """Read a pack's files, given by name; `protocol.yaml` must be among them. Never raises."""
    reading = read_protocol(files[PROTOCOL_FILE], PROTOCOL_FILE)
    return PackReading(files, reading, reading.findings)


def check_pack(pack: PackReading) -> tuple[Finding, ...]:
    """Everything that is wrong with a pack, in reading order: what reading it found, and what each look finds."""
    return tuple(sorted({*pack.findings, *(finding for look in LOOKS for finding in look(pack))}))


def _structure(pack: PackReading) -> Iterable[Finding]:
    return check(pack.reading)


def _contacts(pack: PackReading) -> Iterable[Finding]:
    """What is wrong with the contacts that the pack can be tried with."""
    if EXAMPLE_CONTACTS not in pack.files or pack.protocol is None:
        return ()
    reading = read_contacts(pack.files[EXAMPLE_CONTACTS], EXAMPLE_CONTACTS)
    return (*reading.findings, *check_contacts(reading, pack.protocol))


def _walks(pack: PackReading) -> Iterable[Finding]:
    """What walking through everything meets; only where the protocol holds, for the engine relies on that."""
    protocol = _sound(pack)
    return exploring_findings.findings_of(pack.reading, protocol) if protocol else ()


def _scenarios(pack: PackReading) -> Iterable[Finding]:
    """What the pack's scenarios say, if it has any."""
    protocol = _sound(pack)
    if SCENARIOS_FILE not in pack.files or protocol is None:
        return ()
    return scenario_findings.findings_of(pack.files[SCENARIOS_FILE], SCENARIOS_FILE, protocol)


def _sound(pack: PackReading) -> Protocol | None:
    return None if errors(check(pack.reading)) else pack.protocol


LOOKS: Final[tuple[Look, ...]] = (_structure, _contacts, _scenarios, _walks)
"""Every look there is, the cheap ones first."""
