"""Checks of settings, protocol, approval, contacts and referral card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kiosk.desk.referral import LEAST_SIDE, Card, card, fitting
from kiosk.doctor.check import Check, State, Subject
from kiosk.errors import UsageError
from kiosk.log.recorded_keys import with_recorded_key
from kiosk.packs.library import Found, InForce, Library, key_of
from kiosk.packs.today import NewestDay, in_force_today
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.fictional import PRACTICE_ONLY
from kiosk.record.pack_entries import PackRefusal
from kiosk.settings import FILE, Settings
from kiosk.worded import many


def check_settings(settings: Settings) -> Check:
    """Check that the kiosk was set up."""
    if not settings.school:
        return Check(Subject.SETTINGS, State.RED, "This kiosk is not set up yet.", "Run `kiosk setup`.")
    return Check(Subject.SETTINGS, State.GREEN, f"{settings.school}, {settings.desk}.")


def check_encryption(settings: Settings) -> Iterator[Check]:
    """Yield the district key that notes are encrypted for; nothing without encryption."""
    if settings.encrypt_notes_to:
        yield Check(Subject.ENCRYPTION, State.GREEN, f"Notes are encrypted for {settings.encrypt_notes_to}.")


def check_pack(
    library: Library, settings: Settings, today: date, newest_day: NewestDay = lambda: None, recorded: str = ""
) -> Iterator[Check]:
    """Check that the protocol may run live and that its contacts are complete. Raises UsageError.

    newest_day: asked when `today`, by the clock, can't be right. recorded: the superintendent's key in the log.
    """
    yield _key(settings, recorded)
    settings = with_recorded_key(settings, recorded)
    try:
        force = in_force_today(library, settings, today, newest_day)
    except UsageError:
        found = library.find(settings.protocol)
        if not found.errors:
            raise
        yield _findings(Subject.PROTOCOL, found.findings, "", "protocol")
        return
    found = force.found
    yield _findings(Subject.PROTOCOL, found.findings, f"{settings.protocol} has no findings.", "protocol")
    yield _approval(force)
    if force.approval and library.kept(force.approval.content_hash) is None:
        words = "There is no second copy of the protocol in force, in case it is altered."
        yield Check(
            Subject.SECOND_COPY, State.AMBER, words, "Open the kiosk, which saves one, or ask IT to check HOME/packs."
        )
    if force.approval and today < force.approval.on:
        words = f"The clock says {today}, before the protocol was approved ({force.approval.on})."
        yield Check(Subject.APPROVAL_DAY, State.RED, words, "Set the computer's date and time.")
    yield from _choices(library, force.protocol)
    if max(today, force.behind or today) > force.protocol.release.review_by:
        words = f"The protocol is overdue: it was due for review by {force.protocol.release.review_by}."
        yield Check(Subject.REVIEW, State.RED, words, "Ask the Superintendent's Office for the reviewed protocol.")
    yield from _contacts(library, found, settings)


def _key(settings: Settings, recorded: str) -> Check:
    if recorded and settings.superintendent_key != recorded:
        words = (
            f"Someone changed the superintendent's key in {FILE}. It is refused; the one in the log counts: {recorded}."
        )
        repair = "Call the Superintendent's Office. `kiosk setup` puts the key in the log back into the settings."
        return Check(Subject.KEY, State.RED, words, repair)
    repair = "Run `kiosk setup --superintendent-key` with the public key from the Superintendent's Office."
    if not settings.superintendent_key:
        return Check(Subject.KEY, State.RED, "This kiosk has no superintendent's key yet.", repair)
    key = key_of(settings)
    if key is None:
        return Check(Subject.KEY, State.RED, f"The superintendent's key in {FILE} can't be read.", repair)
    return Check(Subject.KEY, State.GREEN, f"The superintendent's key is {key.name}, {key.id.hex()}.")


def _choices(library: Library, protocol: Protocol) -> Iterator[Check]:
    district, findings = library.district(protocol)
    if findings:
        first = findings[0]
        repair = f"{first.repair} The file is {first.file}; `kiosk protocol show` lists all its findings."
        state: State = State.RED if errors(findings) else State.AMBER
        yield Check(Subject.CHOICES, state, f"The district's settings: {first.cause}", repair)
    else:
        words = f"The district set {len(district.choices)} of {len(protocol.settings)} settings."
        yield Check(Subject.CHOICES, State.GREEN, words)


def _findings(name: Subject, findings: Sequence[Finding], in_order: str, command: str) -> Check:
    if not findings:
        return Check(name, State.GREEN, in_order)
    only_practice = any(finding.code in PRACTICE_ONLY for finding in findings)
    state: State = State.RED if errors(findings) or only_practice else State.AMBER
    repair = f"Run `kiosk {command} check` to see each with its repair."
    return Check(name, state, f"{many(len(findings), 'finding')}. The first: {findings[0].cause}", repair)


def _approval(force: InForce) -> Check:
    refused, approval = force.refused, force.approval
    if approval is None:
        assert refused is not None  # noqa: S101 - a pack without approval is always refused
        return Check(Subject.APPROVAL, State.RED, f"{refused.words} The kiosk runs in PRACTICE.", refused.repair)
    if refused is not None and refused.code is PackRefusal.NOT_YET:
        words = f"{refused.words} Until then version {approval.version} runs, approved by {approval.name}."
        return Check(Subject.APPROVAL, State.AMBER, f"Version {refused.version} is installed. {words}", refused.repair)
    if refused is not None:
        instead = f"Version {approval.version}, approved by {approval.name} on {approval.on}, runs instead."
        what = f" (version {refused.version})" if refused.version else ""
        return Check(Subject.APPROVAL, State.RED, f"Refused{what}: {refused.words} {instead}", refused.repair)
    return Check(Subject.APPROVAL, State.GREEN, f"Approved by {approval.name}, {approval.role}, on {approval.on}.")


def _contacts(library: Library, found: Found, settings: Settings) -> Iterator[Check]:
    contacts, findings, own = library.contacts(found)
    if not own:
        yield Check(
            Subject.CONTACTS,
            State.RED,
            "No contacts are filled in yet.",
            "Run `kiosk setup` or `kiosk contacts import`.",
        )
        return
    if contacts is None:
        repair = "Run `kiosk contacts check` to see why."
        yield Check(Subject.CONTACTS, State.RED, "The contacts can't be read.", repair)
        return
    count = sum(len(people) for people in contacts.roles.values())
    yield _findings(Subject.CONTACTS, findings, f"{count} contacts for {len(contacts.roles)} roles.", "contacts")
    if errors(findings):
        return  # a card may need the number that can't be dialed
    assert found.protocol is not None  # noqa: S101 - the caller checked
    roles = dict.fromkeys(o.refer for o in found.protocol.outcomes.values() if o.refer)
    yield _cards([made for role in roles if (made := card(contacts, settings.school, role)) is not None])


def _cards(cards: Sequence[Card]) -> Check:
    if not cards:
        return Check(
            Subject.CARD, State.RED, "No contact is set for referring an agent.", "Run `kiosk contacts check`."
        )
    if any(fitting(made.codes, LEAST_SIDE) is None for made in cards):
        repair = "Give that contact a shorter `url`. The card shows the number in either case."
        return Check(Subject.CARD, State.AMBER, "The QR code of the referral card is too large for the screen.", repair)
    return Check(Subject.CARD, State.GREEN, "The referral card and its QR code fit the screen.")
