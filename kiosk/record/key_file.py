"""The file of a private key that people keep: readable lines, and the key itself under a passphrase.

The superintendent's signs; the district's opens what was sealed for it. Their files differ in the first line.

Argon2id (RFC 9106's second choice: 64 MiB, three passes, four lanes) makes the passphrase a key, and ChaCha20-Poly1305
keeps the private key under it, bound to every readable line above. Only these parameters are read: a file can't ask
this computer for more memory.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.errors import Refused, UsageError
from kiosk.record.disclosure.encryption import DistrictKey, sealing_public
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, is_name, public_of, read_public

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SHORTEST: Final = 15
"""The fewest characters of a passphrase."""

SIGNS: Final = "front-office-kiosk private key 1"
"""The first line of a key that signs."""

OPENS: Final = "front-office-kiosk sealing key 1"
"""The first line of a key that opens what was sealed."""

_KDF: Final = "argon2id m=65536 t=3 p=4, chacha20-poly1305"
_LARGEST: Final = 4096
_KEYS: Final = ("public", "made with", "salt", "nonce", "sealed")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key file taken apart. `head` are the lines the sealed key is bound to, `use` the first of them."""

    use: str
    public: VerifierKey
    salt: bytes
    nonce: bytes
    sealed: bytes
    head: bytes


def new_key(
    name: str, passphrase: str, random: Callable[[int], bytes] = secrets.token_bytes, *, use: str = SIGNS
) -> bytes:
    """The bytes of a new key file for that use. Raises UsageError for a name or a passphrase that can't be used."""
    if not is_name(name):
        raise UsageError(f"“{name}” can't be the name of a key.", "Leave out spaces and plus signs.")
    if len(passphrase) < SHORTEST:
        raise UsageError(
            f"The passphrase has {len(passphrase)} characters; at least {SHORTEST} are needed.",
            "Take four or five words that do not belong together.",
        )
    private, salt, nonce = random(32), random(16), random(12)
    head = _head(use, _public(use, name, private), salt, nonce)
    return head + f"sealed: {_said(_cipher(passphrase, salt).encrypt(nonce, private, head))}\n".encode()


def read_key(data: bytes) -> KeyFile:
    """A key file taken apart, nothing opened. Raises Refused when it is damaged or no key file."""
    try:
        lines = data.decode("ascii").splitlines() if len(data) <= _LARGEST else []
        said = dict(line.split(": ", 1) for line in lines[1:])
        use = lines[0] if lines else ""
        if use not in _KINDS or tuple(said) != _KEYS or said["made with"] != _KDF:
            raise _damaged()
        salt, nonce, sealed = (base64.b64decode(said[name], validate=True) for name in _KEYS[2:])
        public = read_public(said["public"], _KINDS[use])
    except (ValueError, binascii.Error, BadNote) as error:
        raise _damaged() from error
    head = _head(use, public, salt, nonce)
    if (len(salt), len(nonce), len(sealed)) != (16, 12, 48) or not data.startswith(head):
        raise _damaged()
    return KeyFile(use, public, salt, nonce, sealed, head)


def opened(key: KeyFile, passphrase: str) -> bytes:
    """The 32 bytes of the private key. Raises Refused for another passphrase, or when the file was changed."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only to sign

    try:
        private = _cipher(passphrase, key.salt).decrypt(key.nonce, key.sealed, key.head)
    except InvalidTag as error:
        raise Refused(
            "The passphrase does not open this key, or the key file was damaged.",
            "Type it again; if it is lost, make a new key and have it fixed with `kiosk setup`.",
        ) from error
    if _public(key.use, key.public.name, private) != key.public:
        raise _damaged()
    return private


_KINDS: Final[Mapping[str, type[VerifierKey]]] = {SIGNS: VerifierKey, OPENS: DistrictKey}


def _public(use: str, name: str, private: bytes) -> VerifierKey:
    return DistrictKey(name, sealing_public(private)) if use == OPENS else VerifierKey(name, public_of(private))


def _head(use: str, public: VerifierKey, salt: bytes, nonce: bytes) -> bytes:
    values = (str(public), _KDF, _said(salt), _said(nonce))
    rest = "".join(f"{name}: {value}\n" for name, value in zip(_KEYS, values, strict=False))
    return f"{use}\n{rest}".encode()


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305 as Cipher  # noqa: PLC0415 - only to sign
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - only to sign

    kdf = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=65536)
    # One keyboard gives ñ as one character, another as two; people type the same word.
    said = unicodedata.normalize("NFC", passphrase)
    return Cipher(kdf.derive(said.encode("utf-8", "surrogatepass")))


def _said(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _damaged() -> Refused:
    return Refused(
        "This is no key file, or it was damaged.",
        "Name the file that `kiosk key new` made, or its copy; if all are lost, make a new key.",
    )
