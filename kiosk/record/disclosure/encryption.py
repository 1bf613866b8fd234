"""Encryption of narrative values for the district: this kiosk can write them, but not read them again.

The encryption is HPKE (RFC 9180: X25519, HKDF-SHA256, AES-128-GCM) to the district's public key, bound to the entry's
id and the value's name. The header has the salted hash of the value itself, so the decrypted value can be verified.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from kiosk.errors import Refused
from kiosk.protocol.field_types.registry import type_of
from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import FACT
from kiosk.record import bodies
from kiosk.record.entries import Entry, digest
from kiosk.record.entry_kinds import NARRATIVE
from kiosk.record.transparency.signed_note import VerifierKey, read_public

if TYPE_CHECKING:
    from cryptography.hazmat.primitives import hpke


_WORDS: Final = frozenset({"text", "addition", "note", "privileged_note"})


@dataclass(frozen=True, slots=True)
class DistrictKey(VerifierKey):
    """The district's public key. Its text form is that of a verifier key, with another algorithm."""

    algorithm: ClassVar[bytes] = b"\xffhpke-x25519"


def district_key(words: str) -> DistrictKey:
    """Parse a key written as `name+id+base64`. Raises BadNote."""
    return read_public(words, DistrictKey)


def narrative(entry: Entry, protocol: Protocol | None) -> frozenset[str]:
    """Return the names of this entry's narrative values: notes, `lines` fields, and their amendments."""
    words = _WORDS if entry.kind in NARRATIVE else frozenset()
    names = {name: name.removeprefix(bodies.WAS) for name in entry.body}
    return frozenset(name for name, about in names.items() if about in words or _sentences(about, protocol))


def _sentences(name: str, protocol: Protocol | None) -> bool:
    field = protocol.fields.get(name.removeprefix(FACT)) if protocol else None
    return name.startswith(FACT) and (field is None or type_of(field).sentences)


def encryptor(
    entry: Entry, event_id: str, protocol: Protocol | None, key: DistrictKey
) -> Callable[[str, bytes], bytes | None]:
    """Return a function that encrypts the narrative values of `entry` under this id, and leaves others readable.

    protocol: the protocol of the entry; None if the log does not have it: then every fact counts as narrative.
    """
    names = narrative(entry, protocol)
    return lambda name, disclosure: encrypted_for(key, event_id, name, disclosure) if name in names else None


def is_narrative(entry: Entry) -> bool:
    """Check that this kind of entry always holds a person's own sentences."""
    return entry.kind in NARRATIVE


def encrypted_for(key: DistrictKey, event_id: str, name: str, disclosure: bytes) -> bytes:
    """Return the disclosure, encrypted for the holder of the private key; 48 bytes longer."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415 - only to encrypt

    return _suite().encrypt(disclosure, X25519PublicKey.from_public_bytes(key.public), info=_bound(event_id, name))


def decrypted(private: bytes, event_id: str, name: str, data: bytes, salted_hash: str) -> bytes:
    """Return the decrypted disclosure, after comparing it with its salted hash in the header. Raises Refused.

    private: the 32 bytes of the district's private key. data: the encrypted disclosure.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only to decrypt
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - only to decrypt

    try:
        key = X25519PrivateKey.from_private_bytes(private)
        disclosure = _suite().decrypt(data, key, info=_bound(event_id, name))
    except (InvalidTag, ValueError) as error:
        raise Refused(
            f"The encrypted value “{name}” can't be decrypted with this key.",
            "It was encrypted for another key, or it was changed. Try the district's other keys.",
        ) from error
    if digest(disclosure) != salted_hash:
        raise Refused(
            f"The encrypted value “{name}” does not match its hash in the entry.",
            "Keep the file unchanged and call the Superintendent's Office.",
        )
    return disclosure


def district_public(private: bytes) -> bytes:
    """Return the 32 bytes of the public key of this private key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - only to make one

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _suite() -> hpke.Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415 - only to encrypt

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


def _bound(event_id: str, name: str) -> bytes:
    return f"front-office-kiosk/1\n{event_id}\n{name}".encode()
