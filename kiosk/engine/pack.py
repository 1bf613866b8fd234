"""A whole pack: every file of its folder read together, and everything that is wrong with any of them.

Reading is what a kiosk does each time it starts; checking everything is for whoever writes, approves or installs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.engine.checking import check
from kiosk.engine.contacts import check_contacts, read_contacts
from kiosk.engine.findings import Finding
from kiosk.engine.guarantees.look import look_at_guarantees
from kiosk.engine.model import Protocol
from kiosk.engine.reading import Reading, read_protocol
from kiosk.engine.scenario_reading import read_scenarios
from kiosk.engine.suppression import Checked, without_allowed

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
    reading = read_protocol(files[PROTOCOL_FILE], PROTOCOL_FILE, files)
    return PackReading(files, reading, reading.findings)


def check_pack(pack: PackReading) -> tuple[Finding, ...]:
    """Everything that is wrong with a pack, in reading order, without the warnings that it lets stand."""
    return check_whole(pack).findings


def check_whole(pack: PackReading) -> Checked:
    """As `check_pack`: what reading found and what each look finds; with the warnings that the pack lets stand."""
    return without_allowed(pack.reading, (*pack.findings, *(finding for look in LOOKS for finding in look(pack))))


def _structure(pack: PackReading) -> Iterable[Finding]:
    return check(pack.reading)


def _example_contacts(pack: PackReading) -> Iterable[Finding]:
    if pack.protocol is None or EXAMPLE_CONTACTS not in pack.files:
        return ()
    reading = read_contacts(pack.files[EXAMPLE_CONTACTS], EXAMPLE_CONTACTS)
    return (*reading.findings, *check_contacts(reading, pack.protocol))


def _scenarios(pack: PackReading) -> Iterable[Finding]:
    if pack.protocol is None or SCENARIOS_FILE not in pack.files:
        return ()
    return read_scenarios(pack.files[SCENARIOS_FILE], SCENARIOS_FILE, pack.protocol)[1]


def _guarantees(pack: PackReading) -> Iterable[Finding]:
    return look_at_guarantees(pack.reading)


LOOKS: Final[tuple[Look, ...]] = (_structure, _example_contacts, _scenarios, _guarantees)
"""Every look there is, the cheap ones first."""
