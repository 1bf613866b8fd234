"""Signed notes: readable text, followed by signatures of its exact bytes (C2SP `signed-note`, Ed25519).

The text ends in a line end. After it come a blank line and one line per signature: “— name base64”, where the bytes
are the key's four-byte id and the signature. A verifier key is written as `name+id+base64`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import ClassVar, Final, TypeVar

from kiosk.errors import Refused

ED25519: Final = b"\x01"
"""The algorithm's byte in a key."""

MOST_SIGNATURES: Final = 100
LARGEST: Final = 1 << 20
DASH: Final = "\u2014 "
"""The start of a signature line."""

_ID_BYTES: Final = 4
_KEY_BYTES: Final = 32


class BadNote(Refused):
    """A note or key that is not well formed, or a signature that does not match."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name; `str()` gives its text form."""

    algorithm: ClassVar[bytes] = ED25519
    """The prefix of the key's bytes, which gives its purpose."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that identify the key in a signature."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.algorithm + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """`name+id+base64`."""
        return f"{self.name}+{self.id.hex()}+{_base64(self.algorithm + self.public)}"


K = TypeVar("K", bound=VerifierKey)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the name of the key, its id, and the signature."""

    name: str
    key_id: bytes
    made: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A parsed note; nothing in it is verified. `text` ends in a line end."""

    text: str
    signatures: tuple[Signature, ...]


def verifier_key(words: str) -> VerifierKey:
    """Parse a key written as `name+id+base64`. Raises BadNote."""
    return read_public(words, VerifierKey)


def read_public(words: str, kind: type[K]) -> K:
    """Parse a public key of this kind, written as `name+id+base64`. Raises BadNote."""
    parts = words.strip().split("+", 2)
    if len(parts) != 3:
        raise _bad_key("it is not written as name+id+key")
    name, key_id, encoded = parts
    data = _bytes(encoded)
    start = len(kind.algorithm)
    if data is None or data[:start] != kind.algorithm or len(data) != start + _KEY_BYTES:
        raise _bad_key("it is a key for something else, or none")
    key = kind(name, data[start:])
    if not is_name(name) or key_id != key.id.hex():
        raise _bad_key("its name, id and key do not belong together")
    return key


def is_name(name: str) -> bool:
    """Check that a key can have this name: no spaces, no plus, no unprintable character."""
    return bool(name) and name.isprintable() and "+" not in name and not any(c.isspace() for c in name)


class Signer:
    """A private key that signs: its name and its 32 bytes. Raises BadNote for an invalid name."""

    def __init__(self, name: str, private: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - only to sign

        if not is_name(name):
            raise _bad_key("its name has a space or a plus")
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.public = VerifierKey(name, self._key.public_key().public_bytes_raw())

    def sign(self, text: str) -> bytes:
        """Return the note with this key's signature. Raises BadNote for an invalid text.

        text: the exact text to sign; it ends in a line end and has no other control character.
        """
        _require_text(text)
        made = _base64(self.public.id + self._key.sign(text.encode()))
        return f"{text}\n{DASH}{self.public.name} {made}\n".encode()


def sign(text: str, name: str, private: bytes) -> bytes:
    """Return the note with one signature by the private key of 32 bytes. Raises BadNote, as `Signer` does."""
    return Signer(name, private).sign(text)


def public_of(private: bytes) -> bytes:
    """Return the 32 bytes of the public key of this private key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - only to sign

    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def parse(data: bytes) -> Note:
    """Parse a note by all rules of its form. Raises BadNote, which names the broken rule."""
    if len(data) > LARGEST:
        raise _bad("it is too large")
    try:
        words = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _bad("it is not UTF-8 text") from error
    text, _, lines = words.rpartition("\n\n")
    if not text or not lines.endswith("\n"):
        raise _bad("it has no signature below a blank line")
    _require_text(f"{text}\n")
    signed = lines[:-1].split("\n")
    if len(signed) > MOST_SIGNATURES:
        raise _bad(f"it has more than {MOST_SIGNATURES} signatures")
    return Note(f"{text}\n", tuple(_signature(line) for line in signed))


def verify(data: bytes, key: VerifierKey) -> str:
    """Return the text that this key signed. Raises BadNote if the note is invalid or this key did not sign it.

    Signatures of other keys are ignored; every one that names this key must match.
    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only to verify
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - likewise

    note = parse(data)
    ours = [s for s in note.signatures if (s.name, s.key_id) == (key.name, key.id)]
    if not ours:
        raise BadNote(
            f"The key {key.name} did not sign this note.",
            "Ask for the note that the right key signed, or for that key.",
        )
    try:
        for signature in ours:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature.made, note.text.encode())
    except (InvalidSignature, ValueError) as error:
        raise _bad("its words are not the ones that were signed") from error
    return note.text


def _require_text(text: str) -> None:
    if not text.endswith("\n") or any(c < " " and c != "\n" for c in text):
        raise _bad("its text has a control character or does not end in a line end")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise _bad("its text is not Unicode") from error


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    made = _bytes(encoded)
    if not line.startswith(DASH) or not is_name(name) or made is None or len(made) <= _ID_BYTES:
        raise _bad("a signature line is not “— name base64”")
    return Signature(name, made[:_ID_BYTES], made[_ID_BYTES:])


def _bytes(text: str) -> bytes | None:
    """Decode canonical base64; return None for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if _base64(data) == text else None


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bad(how: str) -> BadNote:
    return BadNote(f"The signed note can't be used: {how}.", "Get it again from the person who signed it.")


def _bad_key(how: str) -> BadNote:
    return BadNote(f"That key can't be used: {how}.", "Copy the whole line that `show` prints for it.")
