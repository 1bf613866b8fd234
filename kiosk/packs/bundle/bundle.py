"""A bundle as a value: its manifest, its files, and the part of it that one school gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from kiosk.packs.bundle.container import CONTACTS, PROTOCOL, SETTINGS, SIGNED, packed, unpacked
from kiosk.packs.bundle.manifest import Manifest, read_statement
from kiosk.packs.bundle.refused import BundleRefused, unreadable
from kiosk.record.pack_entries import BundleRefusal
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, parse, verify

_ALTERED: Final = "The bundle was changed after it was signed"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose files match its manifest. note: the signed manifest. files: all others, by name.

    name: the hash that names it; every part of it for one school has the same.
    """

    manifest: Manifest
    note: bytes
    files: Mapping[str, bytes]
    name: str

    @property
    def pack_files(self) -> dict[str, bytes]:
        """The files of the protocol with its approval, by name."""
        return {name.removeprefix(PROTOCOL): data for name, data in self.files.items() if name.startswith(PROTOCOL)}

    @property
    def settings(self) -> bytes | None:
        """The district's settings; None if it has none."""
        return self.files.get(SETTINGS)

    def contacts_of(self, school: str) -> bytes | None:
        """Return the contacts of a school; None if it has none of it."""
        digest = self.manifest.contacts.get(school)
        return None if digest is None else self.files.get(place_of_contacts(digest))

    def part(self, school: str = "") -> bytes:
        """Return the file that one school gets: all but the contacts of the others. school: empty for no contacts."""
        own = self.manifest.contacts.get(school)
        wanted = {*self.manifest.files, *([place_of_contacts(own)] if own else [])}
        return packed({SIGNED: self.note, **{name: self.files[name] for name in sorted(wanted)}})


def place_of_contacts(digest: str) -> str:
    """Return the name of the file of contacts with this hash."""
    return f"{CONTACTS}{digest}.yaml"


def name_of(statement: str) -> str:
    """Return the hash that names the bundle with this manifest."""
    return sha256(statement.encode()).hexdigest()


def read_bundle(data: bytes, key: VerifierKey | None) -> Bundle:
    """Return the bundle in a file. Raises BundleRefused, which knows the bundle as soon as its manifest can be read.

    key: the superintendent's; None leaves the signature to the desks, for those who only pass the bundle on.
    """
    files = unpacked(data)
    note = files.pop(SIGNED, b"")
    if not note:
        raise BundleRefused(BundleRefusal.UNSIGNED, "The bundle is not signed.", _SIGN)
    text = _signed_text(note, key)
    try:
        manifest = read_statement(text)
    except ValueError as error:
        raise unreadable("what was signed is not the list of its files") from error
    bundle = Bundle(manifest, note, files, name_of(text))
    try:
        _require_as_signed(bundle)
    except BundleRefused as error:
        error.name, error.made = bundle.name, manifest.made_words
        raise
    return bundle


_SIGN: Final = "The district's office makes one with `kiosk district bundle`."


def _signed_text(note: bytes, key: VerifierKey | None) -> str:
    try:
        return parse(note).text if key is None else verify(note, key)
    except BadNote as error:
        raise BundleRefused(
            BundleRefusal.BAD_SIGNATURE, f"The bundle's signature is not valid. {error.what}", _SIGN
        ) from error


def _require_as_signed(bundle: Bundle) -> None:
    """Raise BundleRefused unless all files that every school gets are there, and each file is the signed one."""
    signed = dict(bundle.manifest.files)
    if any(not name.startswith(PROTOCOL) and name != SETTINGS for name in signed):
        raise unreadable("its list has a file that no bundle has")
    if missing := signed.keys() - bundle.files.keys():
        raise BundleRefused(BundleRefusal.ALTERED, f"{_ALTERED}: {min(missing)} is missing.")
    signed |= {place_of_contacts(digest): digest for digest in bundle.manifest.contacts.values()}
    for name, data in bundle.files.items():
        if signed.get(name) != sha256(data).hexdigest():
            raise BundleRefused(BundleRefusal.ALTERED, f"{_ALTERED}: {name} is another one.")
