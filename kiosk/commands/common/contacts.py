"""The home's contacts, for the commands that read or replace them."""

from __future__ import annotations

from pathlib import Path

from kiosk.commands.common import output
from kiosk.commands.common.paths import read_file
from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.checked import checked_contacts
from kiosk.settings import Home


def contacts_file(home: Home) -> Path:
    """Return the file of the contacts in use. Raises UsageError if there are none."""
    if not home.contacts_file.is_file():
        raise UsageError("This kiosk has no contacts yet.", "Run `kiosk contacts import FILE` or `kiosk setup`.")
    return home.contacts_file


def accepted(home: Home, path: Path, protocol: Protocol | None) -> tuple[bytes, tuple[Finding, ...]]:
    """Return the bytes of a valid contacts file, and its warnings. Prints all findings.

    Raises UsageError when one is an error.
    """
    data = read_file(path)
    contacts, findings = checked_contacts(data, str(path), protocol)
    for finding in findings:
        output.message(str(finding))
    if contacts is None or errors(findings):
        kept = "The contacts in use stay." if home.contacts_file.is_file() else "This kiosk has no contacts yet."
        raise UsageError(
            f"The contacts in {path} have errors and were not copied.", f"{kept} Repair the lines named above."
        )
    return data, findings
