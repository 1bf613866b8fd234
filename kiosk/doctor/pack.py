"""Checks of settings, protocol, approval, contacts and referral card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kiosk.desk.referral import LEAST_SIDE, Card, card, fitting
from kiosk.doctor.check import Check, State
from kiosk.errors import UsageError
from kiosk.packs.library import NOT_YET, Found, InForce, Library, key_of
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.fictional import PRACTICE_ONLY
from kiosk.settings import FILE, Settings


def check_settings(settings: Settings) -> Check:
    """Check that the kiosk was set up."""
    if not settings.school:
        return Check("settings", "red", "This kiosk is not set up yet.", "Run `kiosk setup`.")
    return Check("settings", "green", f"{settings.school}, {settings.desk}.")


def check_encryption(settings: Settings) -> Iterator[Check]:
    """Yield the district key that notes are encrypted for; nothing without encryption."""
    if settings.seal_to:
        yield Check("encryption", "green", f"Notes are encrypted for {settings.seal_to}.")


def check_pack(library: Library, settings: Settings, today: date) -> Iterator[Check]:
    """Check that the protocol may run live and that its contacts are complete. Raises UsageError."""
    yield _key(settings)
    try:
        force = library.in_force(settings, today)
    except UsageError:
        found = library.find(settings.protocol)
        if not found.errors:
            raise
        yield _findings("protocol", found.findings, "", "protocol")
        return
    found = force.found
    yield _findings("protocol", found.findings, f"{settings.protocol} has no findings.", "protocol")
    yield _approval(force)
    if force.approval and library.kept(force.approval.seal) is None:
        words = "There is no second copy of the protocol in force, in case it is altered."
        yield Check("second copy", "amber", words, "Open the kiosk, which saves one, or ask IT to check HOME/packs.")
    if force.approval and today < force.approval.on:
        words = f"The clock says {today}, before the protocol was approved ({force.approval.on})."
        yield Check("approval day", "red", words, "Set the computer's date and time.")
    yield from _choices(library, force.protocol)
    if today > force.protocol.release.review_by:
        words = f"The protocol is overdue: it was due for review by {force.protocol.release.review_by}."
        yield Check("review", "red", words, "Ask the Superintendent's Office for the reviewed protocol.")
    yield from _contacts(library, found, settings)


def _key(settings: Settings) -> Check:
    repair = "Run `kiosk setup --superintendent-key` with the public key from the Superintendent's Office."
    if not settings.superintendent_key:
        return Check("key", "red", "This kiosk has no superintendent's key yet.", repair)
    key = key_of(settings)
    if key is None:
        return Check("key", "red", f"The superintendent's key in {FILE} can't be read.", repair)
    return Check("key", "green", f"The superintendent's key is {key.name}, {key.id.hex()}.")


def _choices(library: Library, protocol: Protocol) -> Iterator[Check]:
    district, findings = library.district(protocol)
    if findings:
        first = findings[0]
        repair = f"{first.repair} The file is {first.file}; `kiosk protocol show` lists all its findings."
        state: State = "red" if errors(findings) else "amber"
        yield Check("choices", state, f"The district's settings: {first.cause}", repair)
    else:
        words = f"The district set {len(district.choices)} of {len(protocol.settings)} settings."
        yield Check("choices", "green", words)


def _findings(name: str, findings: Sequence[Finding], in_order: str, command: str) -> Check:
    if not findings:
        return Check(name, "green", in_order)
    only_practice = any(finding.code in PRACTICE_ONLY for finding in findings)
    state: State = "red" if errors(findings) or only_practice else "amber"
    repair = f"Run `kiosk {command} check` to see each with its repair."
    return Check(name, state, f"{len(findings)} finding(s). The first: {findings[0].cause}", repair)


def _approval(force: InForce) -> Check:
    refused, approval = force.refused, force.approval
    if approval is None:
        assert refused is not None  # noqa: S101 - a pack without approval is always refused
        return Check("approval", "red", f"{refused.words} The kiosk runs in PRACTICE.", refused.repair)
    if refused is not None and refused.code == NOT_YET:
        words = f"{refused.words} Until then version {approval.version} runs, approved by {approval.name}."
        return Check("approval", "amber", f"Version {refused.version} is installed. {words}", refused.repair)
    if refused is not None:
        instead = f"Version {approval.version}, approved by {approval.name} on {approval.on}, runs instead."
        what = f" (version {refused.version})" if refused.version else ""
        return Check("approval", "red", f"Refused{what}: {refused.words} {instead}", refused.repair)
    return Check("approval", "green", f"Approved by {approval.name}, {approval.role}, on {approval.on}.")


def _contacts(library: Library, found: Found, settings: Settings) -> Iterator[Check]:
    contacts, findings, own = library.contacts(found)
    if not own:
        yield Check(
            "contacts", "red", "No contacts are filled in yet.", "Run `kiosk setup` or `kiosk contacts import`."
        )
        return
    if contacts is None:
        repair = "Run `kiosk contacts check` to see why."
        yield Check("contacts", "red", "The contacts can't be read.", repair)
        return
    count = sum(len(people) for people in contacts.roles.values())
    yield _findings("contacts", findings, f"{count} contacts for {len(contacts.roles)} roles.", "contacts")
    if errors(findings):
        return  # a card may need the number that can't be dialed
    assert found.protocol is not None  # noqa: S101 - the caller checked
    roles = dict.fromkeys(o.refer for o in found.protocol.outcomes.values() if o.refer)
    yield _cards([made for role in roles if (made := card(contacts, settings.school, role)) is not None])


def _cards(cards: Sequence[Card]) -> Check:
    if not cards:
        return Check("card", "red", "No contact is set for referring an agent.", "Run `kiosk contacts check`.")
    if any(fitting(made.codes, LEAST_SIDE) is None for made in cards):
        repair = "Give that contact a shorter `url`. The card shows the number in either case."
        return Check("card", "amber", "The QR code of the referral card is too large for the screen.", repair)
    return Check("card", "green", "The referral card and its QR code fit the screen.")
