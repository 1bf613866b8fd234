"""The file of a private key: readable lines, and the key itself, encrypted with a passphrase.

The superintendent's key signs; the district key decrypts. The first line of a file says which one it is.

Argon2id (RFC 9106's second choice: 64 MiB, three passes, four lanes) derives a key from the passphrase. With it,
ChaCha20-Poly1305 encrypts the private key, bound to every readable line above. No other parameters are accepted, so a
file can't make this computer use more memory.
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
from kiosk.record.disclosure.encryption import DistrictKey, district_public
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, is_name, public_of, read_public

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SHORTEST: Final = 15
"""The minimum number of characters of a passphrase."""

_FIRST_LINE: Final = "front-office-kiosk {} key 1"

SIGNS: Final = _FIRST_LINE.format("private")
"""The first line of the file of a key that signs."""

DECRYPTS: Final = _FIRST_LINE.format("district")
"""The first line of the file of a district key, which decrypts."""

_KDF: Final = "argon2id m=65536 t=3 p=4, chacha20-poly1305"
_LARGEST: Final = 4096

LONGEST_NAME: Final = 80
"""Maximum length of a key's name, in characters; every key file then stays below the size that is read."""

_KEYS: Final = ("public", "made with", "salt", "nonce", "encrypted")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A parsed key file. `head` has the lines that the encrypted key is bound to; `use` is the first of them."""

    use: str
    public: VerifierKey
    salt: bytes
    nonce: bytes
    encrypted: bytes
    head: bytes


def new_key(
    name: str, passphrase: str, random: Callable[[int], bytes] = secrets.token_bytes, *, use: str = SIGNS
) -> bytes:
    """Return a new key file for this use. Raises UsageError for a name or passphrase that can't be used."""
    if not (is_name(name) and name.isascii() and len(name) <= LONGEST_NAME):
        repair = f"Use at most {LONGEST_NAME} plain letters, digits and hyphens."
        raise UsageError(f"“{name[:LONGEST_NAME]}” can't be the name of a key.", repair)
    if len(passphrase) < SHORTEST:
        raise UsageError(
            f"The passphrase has {len(passphrase)} characters; at least {SHORTEST} are needed.",
            "Use four or five unrelated words.",
        )
    private, salt, nonce = random(32), random(16), random(12)
    head = _head(use, _public(use, name, private), salt, nonce)
    return head + f"{_KEYS[-1]}: {_base64(_cipher(passphrase, salt).encrypt(nonce, private, head))}\n".encode()


def read_key(data: bytes) -> KeyFile:
    """Parse a key file without decrypting it. Raises Refused if it is damaged or not a key file."""
    try:
        lines = data.decode("ascii").splitlines() if len(data) <= _LARGEST else []
        values = dict(line.split(": ", 1) for line in lines[1:])
        use = lines[0] if lines else ""
        if use not in _KINDS or tuple(values) != _KEYS or values["made with"] != _KDF:
            raise _damaged()
        salt, nonce, encrypted = (base64.b64decode(values[name], validate=True) for name in _KEYS[2:])
        public = read_public(values["public"], _KINDS[use])
    except (ValueError, binascii.Error, BadNote) as error:
        raise _damaged() from error
    head = _head(use, public, salt, nonce)
    if (len(salt), len(nonce), len(encrypted)) != (16, 12, 48) or not data.startswith(head):
        raise _damaged()
    return KeyFile(use, public, salt, nonce, encrypted, head)


def decrypt_key(key: KeyFile, passphrase: str) -> bytes:
    """Return the 32 bytes of the private key. Raises Refused for a wrong passphrase or a changed file."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - only to sign

    try:
        private = _cipher(passphrase, key.salt).decrypt(key.nonce, key.encrypted, key.head)
    except InvalidTag as error:
        raise Refused(
            "The passphrase is wrong, or the key file is damaged.",
            "Type it again. If it is lost, make a new key and set it with `kiosk setup`.",
        ) from error
    if _public(key.use, key.public.name, private) != key.public:
        raise _damaged()
    return private


_KINDS: Final[Mapping[str, type[VerifierKey]]] = {SIGNS: VerifierKey, DECRYPTS: DistrictKey}


def _public(use: str, name: str, private: bytes) -> VerifierKey:
    return DistrictKey(name, district_public(private)) if use == DECRYPTS else VerifierKey(name, public_of(private))


def _head(use: str, public: VerifierKey, salt: bytes, nonce: bytes) -> bytes:
    values = (str(public), _KDF, _base64(salt), _base64(nonce))
    rest = "".join(f"{name}: {value}\n" for name, value in zip(_KEYS, values, strict=False))
    return f"{use}\n{rest}".encode()


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305 as Cipher  # noqa: PLC0415 - only to sign
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - only to sign

    kdf = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=65536)
    # Some keyboards give ñ as one character, others as two.
    text = unicodedata.normalize("NFC", passphrase)
    return Cipher(kdf.derive(text.encode("utf-8", "surrogatepass")))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _damaged() -> Refused:
    return Refused(
        "This is not a key file, or it is damaged.",
        "Name the file that `kiosk key new` made, or its copy. If all are lost, make a new key.",
    )
