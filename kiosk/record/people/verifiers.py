"""Verifiers of passphrases: Argon2id with the second recommended option of RFC 9106, its low-memory profile.

A verifier is the usual text `$argon2id$v=19$m=65536,t=3,p=4$SALT$HASH`. Making or checking one takes about a tenth of a
second and 64 MiB, so it is never done in the thread of the desk or the screen. It is checked only if its SHA-256 is in
the log, so a changed file can't make this computer use more memory.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from kiosk.errors import UsageError
from kiosk.record.key_file import SHORTEST
from kiosk.record.printable import printable

if TYPE_CHECKING:
    from argon2 import Parameters

LONGEST = 200
"""Maximum number of characters of a passphrase."""


def parameters() -> Parameters:
    """Return the parameters of new verifiers. Tests replace this function, and nothing else does."""
    from argon2.profiles import RFC_9106_LOW_MEMORY  # noqa: PLC0415 - only with a passphrase

    return RFC_9106_LOW_MEMORY


def new_verifier(passphrase: str) -> str:
    """Return a verifier of a new passphrase. Raises UsageError for one that can't be used. Slow."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - only with a passphrase

    text = _normal(passphrase)
    if len(text) < SHORTEST:
        what = f"The passphrase has {len(text)} characters; at least {SHORTEST} are needed."
        raise UsageError(what, "Use four or five unrelated words.")
    if len(text) > LONGEST:
        what = f"The passphrase has {len(text)} characters; at most {LONGEST} are possible."
        raise UsageError(what, "Use four or five unrelated words.")
    return PasswordHasher.from_parameters(parameters()).hash(text.encode())


def fits(passphrase: str, verifier: str) -> bool:
    """Check a typed passphrase. Slow."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - only with a passphrase
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - likewise

    try:
        return PasswordHasher().verify(verifier, _normal(passphrase).encode())
    except (VerificationError, InvalidHashError):
        return False


def hash_of(verifier: str) -> str:
    """Return the SHA-256 of a verifier, as entries have it."""
    return hashlib.sha256(verifier.encode()).hexdigest()


def _normal(passphrase: str) -> str:
    """Return the passphrase as a box on the screen has it, in NFC: some keyboards give ñ as two characters."""
    return printable(unicodedata.normalize("NFC", passphrase))
