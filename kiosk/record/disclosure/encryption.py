"""Narrative values sealed for the district: this desk can write them and nobody here can read them again.

Sealing is HPKE (RFC 9180: X25519, HKDF-SHA256, AES-128-GCM) to the district's public key, bound to the entry's id and
the value's name. The header still commits to the value itself, so whoever can open it can also prove it.
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


_WORDS: Final = frozenset({"text", "addition"})


@dataclass(frozen=True, slots=True)
class DistrictKey(VerifierKey):
    """The district's public key for sealing. It is written as a verifier key is, and can't be taken for one."""

    algorithm: ClassVar[bytes] = b"\xffhpke-x25519"


def district_key(words: str) -> DistrictKey:
    """The key written as `name+id+base64`. Raises BadNote."""
    return read_public(words, DistrictKey)


def narrative(entry: Entry, protocol: Protocol | None) -> frozenset[str]:
    """The names of this entry's values that are whole sentences: notes, `lines` fields, and what amends them."""
    words = _WORDS if entry.kind in NARRATIVE else frozenset()
    names = {name: name.removeprefix(bodies.WAS) for name in entry.body}
    return frozenset(name for name, about in names.items() if about in words or _sentences(about, protocol))


def _sentences(name: str, protocol: Protocol | None) -> bool:
    field = protocol.fields.get(name.removeprefix(FACT)) if protocol else None
    return name.startswith(FACT) and (field is None or type_of(field).sentences)


def closing(
    entry: Entry, event_id: str, protocol: Protocol | None, key: DistrictKey
) -> Callable[[str, bytes], bytes | None]:
    """What closes the sentences of `entry` when it is sealed under that id, and leaves its other values open.

    protocol: the one the entry belongs to; None when its words are not kept, and then every fact is taken as sentences.
    """
    names = narrative(entry, protocol)
    return lambda name, disclosure: encrypted_for(key, event_id, name, disclosure) if name in names else None


def is_narrative(entry: Entry) -> bool:
    """Whether this kind of entry is written in a person's own sentences, whatever the protocol says."""
    return entry.kind in NARRATIVE


def encrypted_for(key: DistrictKey, event_id: str, name: str, disclosure: bytes) -> bytes:
    """The disclosure as only the holder of the private key can read it; 48 bytes longer."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415 - only to seal

    return _suite().encrypt(disclosure, X25519PublicKey.from_public_bytes(key.public), info=_bound(event_id, name))


def decrypted(private: bytes, event_id: str, name: str, sealed: bytes, commitment: str) -> bytes:
    """The disclosure that was sealed, checked against its header's commitment. Raises Refused.

    private: the 32 bytes of the district's private key.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only to open
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - only to open

    try:
        key = X25519PrivateKey.from_private_bytes(private)
        disclosure = _suite().decrypt(sealed, key, info=_bound(event_id, name))
    except (InvalidTag, ValueError) as error:
        raise Refused(
            f"The sealed value “{name}” can't be opened with this key.",
            "It was sealed for another key, or it was changed. Try the district's other keys.",
        ) from error
    if digest(disclosure) != commitment:
        raise Refused(
            f"The sealed value “{name}” is not the one that its entry committed to.",
            "Keep the file as it is and call the Superintendent's Office.",
        )
    return disclosure


def sealing_public(private: bytes) -> bytes:
    """The 32 bytes of the public key that belongs to a private one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415 - only to make one

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _suite() -> hpke.Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415 - only to seal

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)


def _bound(event_id: str, name: str) -> bytes:
    return f"front-office-kiosk/1\n{event_id}\n{name}".encode()
