"""Makes a bundle at the district's office: checks what every desk checks, and what each school may fill, then signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256

from kiosk.checks.approvable import hindrances
from kiosk.errors import Refused, UsageError
from kiosk.packs.bundle.bundle import place_of_contacts
from kiosk.packs.bundle.container import PROTOCOL, SETTINGS, SIGNED, packed
from kiosk.packs.bundle.judging import unfit
from kiosk.packs.bundle.manifest import Manifest, statement
from kiosk.packs.files import NOTE_FILE
from kiosk.packs.library import Found, Refusal, approved
from kiosk.protocol.findings.collector import errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.contacts import read_contacts
from kiosk.protocol.site.district import read_district
from kiosk.record.transparency.signed_note import Signer, VerifierKey
from kiosk.settings import LONGEST


def draft(
    found: Found,
    key: VerifierKey,
    made: datetime,
    *,
    settings: bytes | None,
    contacts: Mapping[str, bytes],
    schools: Sequence[str],
) -> tuple[Manifest, dict[str, bytes]]:
    """Return the manifest of a bundle and its files, all checked.

    key: the superintendent's, which approved the protocol. settings: None for a bundle without. contacts: the files by
    the names that people know them by. schools: the only ones that it is for; empty for every school.
    Raises Refused, and UsageError, which names the file and what is wrong.
    """
    protocol = _ready(found, key, made.date())
    files = {f"{PROTOCOL}{name}": data for name, data in found.files.items()} | {f"{PROTOCOL}{NOTE_FILE}": found.note}
    if settings is not None:
        _require_fitting(settings, protocol)
        files[SETTINGS] = settings
    of_school = dict(_contacts(contacts, protocol, schools))
    for name in (*of_school, *schools):
        _require_name(name)
    manifest = Manifest(
        made.replace(microsecond=0),
        protocol.id,
        protocol.release.version,
        found.content_hash,
        {name: sha256(data).hexdigest() for name, data in files.items()},
        {school: sha256(data).hexdigest() for school, data in of_school.items()},
        tuple(schools),
    )
    return manifest, files | {place_of_contacts(manifest.contacts[one]): data for one, data in of_school.items()}


def signed(manifest: Manifest, files: Mapping[str, bytes], signer: Signer) -> bytes:
    """Return the file of a bundle. Raises BundleRefused for one that is too large."""
    return packed({SIGNED: signer.sign(statement(manifest)), **files})


def _ready(found: Found, key: VerifierKey, today: date) -> Protocol:
    held = approved(found, key)
    if isinstance(held, Refusal):
        raise Refused(held.words, held.repair)
    if wrong := hindrances(found.pack):
        raise Refused(f"The protocol has errors. The first: {wrong[0]}", "Run `kiosk protocol check` to see all.")
    if today > held.review_by:
        raise Refused(f"The protocol was due for review by {held.review_by}.", "Have the reviewed protocol approved.")
    assert found.protocol is not None  # noqa: S101 - an approved pack has a protocol
    return found.protocol


def _require_fitting(settings: bytes, protocol: Protocol) -> None:
    if wrong := errors(read_district(settings, "settings.yaml", protocol)[1]):
        raise UsageError(f"The settings do not fit the protocol. The first: {wrong[0]}", "Correct that line.")


def _contacts(given: Mapping[str, bytes], protocol: Protocol, schools: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each school, and the file of its contacts."""
    seen = dict[str, str]()
    for name, data in given.items():
        if wrong := unfit(data, protocol, of_district=True):
            raise UsageError(f"The contacts in {name} can't be sent. The first: {wrong[0]}", "Correct that line.")
        contacts = read_contacts(data, name).contacts
        school = contacts.school if contacts else ""
        if school in seen:
            raise UsageError(f"{name} and {seen[school]} are both of {school}.", "Give one file for each school.")
        if schools and school not in schools:
            raise UsageError(f"{name} is of {school}, and the bundle is not for it.", f"Add --school “{school}”.")
        seen[school] = name
        yield school, data


def _require_name(school: str) -> None:
    if not school.strip() or len(school) > LONGEST or not school.isprintable():
        raise UsageError(
            f"“{school[:LONGEST]}” can't be the name of a school.", f"Give 1 to {LONGEST} plain characters."
        )
