"""What a bundle changes at a desk, or why the desk refuses it. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from kiosk.errors import UsageError
from kiosk.packs.bundle.bundle import Bundle, read_bundle
from kiosk.packs.bundle.refused import BundleRefused
from kiosk.packs.files import NOTE_FILE, read
from kiosk.packs.install import Version, examined
from kiosk.packs.library import Found, Library, Refusal, found_in, key_of
from kiosk.protocol.findings.collector import Finding, Severity, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import PROTOCOL_FILE
from kiosk.protocol.site.checked import checked_contacts
from kiosk.protocol.site.district import read_district
from kiosk.protocol.site.fictional import PRACTICE_ONLY
from kiosk.record.approval import Approval
from kiosk.record.pack_entries import BundleRefusal, InstalledBundle
from kiosk.settings import Home, Settings

AHEAD: Final = timedelta(days=1)
"""How far the clocks of the office and of a desk may differ."""

UNFIT_CONTACTS: Final = PRACTICE_ONLY | {"C105", "D104"}
"""Findings for which contacts are refused besides errors: example data, and what a school may not fill."""


@dataclass(frozen=True, slots=True)
class DeskState:
    """What a desk is and has, by its settings and its log.

    settings: with the superintendent's key of the log. now: by the clock, but not before the newest entry. versions:
    those of its protocol that the log shows as installed. installed: the bundle that was installed last.
    """

    settings: Settings
    now: datetime
    versions: Sequence[Version] = ()
    installed: InstalledBundle | None = None

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """What a bundle changes. settings, contacts: the files to write; None for those that stay.

    new_protocol: whether its version is not the one that is installed. installed: what the log says about it then.
    known: whether the log says so already.
    """

    bundle: Bundle
    found: Found
    protocol: Protocol
    approval: Approval
    new_protocol: bool
    settings: bytes | None
    contacts: bytes | None
    installed: InstalledBundle
    known: bool

    @property
    def changed(self) -> tuple[str, ...]:
        """The parts that are new here."""
        parts = (
            ("protocol", self.new_protocol),
            ("settings", self.settings is not None),
            ("contacts", self.contacts is not None),
        )
        return tuple(name for name, new in parts if new)


def judge(home: Home, data: bytes, state: DeskState, *, is_sound: bool = False) -> BundlePlan:
    """Return what a bundle changes at this desk. Raises BundleRefused, and UsageError for files that can't be read.

    is_sound: whether the slow checks of exactly this bundle found nothing before.
    """
    key = key_of(state.settings)
    if key is None:
        raise BundleRefused(
            BundleRefusal.NO_KEY,
            "This kiosk has no superintendent's key yet.",
            "Run `kiosk setup --superintendent-key`.",
        )
    bundle = read_bundle(data, key)
    try:
        _require_for_this_desk(bundle, state)
        return _plan(home, bundle, state, is_sound=is_sound)
    except BundleRefused as error:
        error.name, error.made, error.known = bundle.name, bundle.manifest.made_words, _is_known(bundle, state)
        raise


def _is_known(bundle: Bundle, state: DeskState) -> bool:
    return state.installed is not None and state.installed.name == bundle.name


def _require_for_this_desk(bundle: Bundle, state: DeskState) -> None:
    manifest, settings, installed = bundle.manifest, state.settings, state.installed
    if not settings.school:
        raise BundleRefused(BundleRefusal.SETUP, "This kiosk is not set up yet.", "Run `kiosk setup`.")
    if not manifest.is_for(settings.school):
        what = f"The bundle is for {', '.join(manifest.schools)}, and this desk belongs to {settings.school}."
        repair = "Get the bundle of this school, or correct the school's name with `kiosk setup --school`."
        raise BundleRefused(BundleRefusal.OTHER_SCHOOL, what, repair)
    if manifest.made > state.now.astimezone(manifest.made.tzinfo) + AHEAD:
        what = f"The bundle was made on {manifest.made:%Y-%m-%d}, and this computer's clock says {state.today}."
        raise BundleRefused(BundleRefusal.LATER, what, "Correct the computer's date, or have the bundle made again.")
    if installed and not _is_known(bundle, state) and manifest.made_words <= installed.made:
        what = f"The bundle was made at {manifest.made_words}; one of {installed.made} is installed here."
        raise BundleRefused(BundleRefusal.OLDER, what, "Use the newest bundle of the district's office.")
    if manifest.pack != settings.protocol:
        what = f"The bundle has the protocol {manifest.pack}, and this desk follows {settings.protocol}."
        repair = f"Run `kiosk setup --protocol {manifest.pack}` first if this desk is to follow it."
        raise BundleRefused(BundleRefusal.OTHER_PROTOCOL, what, repair)


def _plan(home: Home, bundle: Bundle, state: DeskState, *, is_sound: bool) -> BundlePlan:
    found, protocol = _protocol(bundle)
    settings, contacts = _settings(home, bundle, protocol, state), _contacts(home, bundle, protocol, state)
    library = Library(home)
    held = examined(library, found, state.settings, state.today, state.versions, is_sound=is_sound, has_contacts=True)
    if isinstance(held, Refusal):
        raise BundleRefused(BundleRefusal.PROTOCOL, held.words, held.repair, held.code)
    manifest = bundle.manifest
    if (held.version, held.content_hash) != (manifest.version, manifest.content_hash):
        raise BundleRefused(BundleRefusal.ALTERED, "The protocol in the bundle is not the one that was signed.")
    new = not _is_installed(library, found)
    installed = InstalledBundle(bundle.name, manifest.made_words, settings[1], contacts[1])
    return BundlePlan(bundle, found, protocol, held, new, settings[0], contacts[0], installed, _is_known(bundle, state))


def _protocol(bundle: Bundle) -> tuple[Found, Protocol]:
    files = bundle.pack_files
    note = files.pop(NOTE_FILE, b"")
    found = found_in("the bundle", files, note) if PROTOCOL_FILE in files else None
    if found is None or found.protocol is None:
        raise BundleRefused(BundleRefusal.UNREADABLE, "The bundle has no protocol that can be read.")
    return found, found.protocol


def _is_installed(library: Library, found: Found) -> bool:
    """Check that exactly this is the copy in use, and kept."""
    assert found.protocol is not None  # noqa: S101 - the caller read it
    try:
        used = library.at(library.own(found.protocol.id))
    except UsageError:
        return False
    return used.raw_files == found.raw_files and library.kept(found.content_hash) is not None


def _settings(home: Home, bundle: Bundle, protocol: Protocol, state: DeskState) -> tuple[bytes | None, str]:
    """Return the settings to write, None if those of the home stay; and the hash of those that came from a bundle.

    The settings of an earlier bundle come again only for other choices: the days that the school closed since stay.
    """
    given, now = bundle.settings, _file(home.district_file)
    digest = sha256(given).hexdigest() if given is not None else ""
    before = state.installed.settings if state.installed else ""
    again = (
        given is not None
        and now is not None
        and digest == before
        and _choices(given, protocol) == _choices(now, protocol)
    )
    used = now if given is None or again else given
    if used is not None and (wrong := errors(read_district(used, "settings.yaml", protocol)[1])):
        raise BundleRefused(BundleRefusal.SETTINGS, f"The settings do not fit the protocol. The first: {wrong[0]}")
    return (None if used == now else used), digest or before


def _choices(settings: bytes, protocol: Protocol) -> tuple[str, Mapping[str, str]]:
    district = read_district(settings, "", protocol)[0]
    return district.protocol, district.choices


def _file(path: Path) -> bytes | None:
    return read(path) if path.is_file() else None


def _contacts(home: Home, bundle: Bundle, protocol: Protocol, state: DeskState) -> tuple[bytes | None, str]:
    """Return the contacts to write, None if those of the home stay; and the hash of those that came from a bundle.

    The contacts of an earlier bundle don't come again: what the school changed since stays.
    """
    given = bundle.contacts_of(state.settings.school)
    now = _file(home.contacts_file)
    digest = sha256(given).hexdigest() if given is not None else ""
    before = state.installed.contacts if state.installed else ""
    comes = given is not None and (digest != before or now is None)
    used = given if comes else now
    if used is None:
        what = f"The bundle has no contacts of {state.settings.school}, and this desk has none."
        raise BundleRefused(BundleRefusal.CONTACTS, what, "Run `kiosk contacts import FILE` first.")
    if wrong := unfit(used, protocol, of_district=comes):
        whose = "in the bundle" if comes else "of this kiosk"
        repair = "Have the bundle made again." if comes else "Run `kiosk contacts check`, and correct them."
        what = f"The contacts {whose} do not fit the protocol. The first: {wrong[0]}"
        raise BundleRefused(BundleRefusal.CONTACTS, what, repair)
    return (used if comes and used != now else None), (digest or before)


def unfit(contacts: bytes, protocol: Protocol, *, of_district: bool) -> Sequence[Finding]:
    """Return the findings for which contacts can't be used with a protocol.

    of_district: whether they come from the district's office, which also sends nothing that a school may not fill.
    """
    findings = checked_contacts(contacts, "contacts.yaml", protocol)[1]
    return tuple(
        one for one in findings if one.severity is Severity.ERROR or (of_district and one.code in UNFIT_CONTACTS)
    )
