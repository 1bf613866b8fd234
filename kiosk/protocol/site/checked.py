"""A contacts file with all its findings."""

from __future__ import annotations

from kiosk.protocol.findings.collector import Finding
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.contacts import Contacts, check_contacts, read_contacts
from kiosk.protocol.site.fictional import check_fictional


def checked_contacts(data: bytes, name: str, protocol: Protocol | None) -> tuple[Contacts | None, tuple[Finding, ...]]:
    """Return the contacts in a file, if it reads, and every finding about it for the protocol, in the file's order."""
    reading = read_contacts(data, name)
    wrong = check_contacts(reading, protocol) if protocol else ()
    return reading.contacts, tuple(sorted({*reading.findings, *wrong, *check_fictional(reading)}))
