"""All checks of a pack for those who write, approve or install it; a kiosk does not need them to start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from kiosk.checks import scenarios
from kiosk.checks.guarantees.findings import check_guarantees
from kiosk.checks.privacy import check_privacy
from kiosk.checks.suppression import Checked, without_allowed
from kiosk.checks.translations import check_translations
from kiosk.checks.walks import findings
from kiosk.checks.wording import check_wording
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import EXAMPLE_CONTACTS, SCENARIOS_FILE, PackReading
from kiosk.protocol.site.contacts import check_contacts, read_contacts

Check = Callable[[PackReading], Iterable[Finding]]
"""One check of a pack. It never raises, and returns nothing without a protocol."""


def check_pack(pack: PackReading) -> tuple[Finding, ...]:
    """Return every finding about a pack, in reading order, without the suppressed warnings."""
    return check_with_suppressed(pack).findings


def check_with_suppressed(pack: PackReading, also: Iterable[Finding] = ()) -> Checked:
    """Return the findings of reading and of each check, with the suppressed warnings.

    also: findings that depend on more than the pack: a date, or the installed packs.
    """
    found = _once(finding for check in CHECKS for finding in check(pack))
    return without_allowed(pack.reading, (*pack.findings, *found, *also))


def _once(found: Iterable[Finding]) -> Iterable[Finding]:
    """Drop duplicates from a fragment included twice: the words are the same, and so is the repair."""
    seen: set[tuple[str, str, int, int]] = set()
    for finding in found:
        place = (finding.code, finding.file, finding.line, finding.column)
        if finding.code[0] not in "WV" or place not in seen:
            seen.add(place)
            yield finding


def _structure(pack: PackReading) -> Iterable[Finding]:
    return pack.structure


def _contacts(pack: PackReading) -> Iterable[Finding]:
    """Return the findings about the example contacts of the pack."""
    if EXAMPLE_CONTACTS not in pack.files or pack.protocol is None:
        return ()
    reading = read_contacts(pack.files[EXAMPLE_CONTACTS], EXAMPLE_CONTACTS)
    return (*reading.findings, *check_contacts(reading, pack.protocol))


def _walks(pack: PackReading) -> Iterable[Finding]:
    """Return the findings of the exploration; only for a protocol without structural errors, as the engine requires."""
    protocol = _sound(pack)
    return findings.findings_of(pack.reading, protocol) if protocol else ()


def _scenarios(pack: PackReading) -> Iterable[Finding]:
    """Return the findings of the pack's scenarios, if it has any."""
    protocol = _sound(pack)
    if SCENARIOS_FILE not in pack.files or protocol is None:
        return ()
    return scenarios.findings_of(pack.files[SCENARIOS_FILE], SCENARIOS_FILE, protocol)


def _sound(pack: PackReading) -> Protocol | None:
    return None if errors(pack.structure) else pack.protocol


def _translations(pack: PackReading) -> Iterable[Finding]:
    # If the protocol can't be read, its sentences are missing, and every translation would look unused.
    return check_translations(pack.reading, pack.translations) if pack.protocol else ()


def _guarantees(pack: PackReading) -> Iterable[Finding]:
    return check_guarantees(pack.reading, pack.structure)


def _wording(pack: PackReading) -> Iterable[Finding]:
    return check_wording(pack.protocol, pack.reading.texts, pack.place) if pack.protocol else ()


def _privacy(pack: PackReading) -> Iterable[Finding]:
    return check_privacy(pack.protocol, pack.reading.texts, pack.place) if pack.protocol else ()


CHECKS: Final[tuple[Check, ...]] = (
    _structure,
    _contacts,
    _scenarios,
    _walks,
    _translations,
    _privacy,
    _wording,
    _guarantees,
)
"""Every check, the fast ones first."""
