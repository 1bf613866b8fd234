"""The verification code: a checkpoint short enough for a QR code or to copy by hand.

`FOK1:<8 hex digits of the log ID>/<size>/<base32 of the 32-byte root>`. It holds no recorded value. A copy kept
elsewhere can prove later whether the log still begins with exactly these entries. A code typed from paper may have
spaces, line ends, lower-case letters, and characters that look alike.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Final

from kiosk.errors import UsageError
from kiosk.record.transparency.checkpoint import Checkpoint

PREFIX: Final = "FOK1:"
ROOT_CHARACTERS: Final = 52
"""The number of base32 characters of a root."""

GROUP: Final = 4
"""The number of characters in one printed group: people copy four at a time."""

MOST_MISTYPED: Final = 6
"""The maximum number of different characters that counts as mistyped: for a changed log, nearly all differ."""

_ID_CHARACTERS: Final = 8
_MOST_DIGITS: Final = 15
_REPAIR: Final = (
    f"Type all of it as it was printed: {PREFIX}, log ID, number of entries, {ROOT_CHARACTERS} letters and digits."
)
_HEX: Final = str.maketrans("OIL", "011")
_BASE32: Final = str.maketrans("08", "OB")


@dataclass(frozen=True, slots=True)
class VerificationCode:
    """A verification code. log_id: the first eight hex digits of the log's UUID, upper case; root: 32 bytes."""

    log_id: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The code in one piece, as the QR code holds it."""
        return f"{PREFIX}{self.log_id}/{self.size}/{self.characters}"

    @property
    def characters(self) -> str:
        """The root in base32."""
        return _characters(self.root)

    def lines(self, groups: int = 7) -> tuple[str, ...]:
        """Return the code in lines to copy by hand: its first part, then `groups` groups of four characters a line."""
        fours = [self.characters[at : at + GROUP] for at in range(0, ROOT_CHARACTERS, GROUP)]
        rows = (" ".join(fours[at : at + groups]) for at in range(0, len(fours), groups))
        return (f"{PREFIX}{self.log_id}/{self.size}/", *rows)


def short_log_id(origin: str) -> str:
    """Return the short log ID, as verification codes have it."""
    return origin.rpartition("/")[2].replace("-", "")[:_ID_CHARACTERS].upper()


def code_of(state: Checkpoint) -> VerificationCode:
    """Return the verification code of a checkpoint."""
    return VerificationCode(short_log_id(state.origin), state.size, state.root)


def read_code(words: str) -> VerificationCode:
    """Parse a verification code that was typed. Raises UsageError, which names the part that can't be read."""
    plain = re.sub(r"[\s\u200b-]", "", words).upper()
    head, colon, rest = plain.partition(":")
    if not colon or head.translate(_HEX) != PREFIX[:-1].translate(_HEX):
        raise _bad(f"it does not begin with {PREFIX}")
    parts = rest.split("/")
    if len(parts) != 3:
        raise _bad("it does not have three parts with a / between them")
    log_id, size, characters = parts[0].translate(_HEX), parts[1].translate(_HEX), parts[2].translate(_BASE32)
    if not re.fullmatch(rf"[0-9A-F]{{{_ID_CHARACTERS}}}", log_id):
        raise _bad(f"the log ID has eight characters, 0 to 9 and A to F, and this is {log_id or 'nothing'}")
    if not (size.isascii() and size.isdigit() and len(size) <= _MOST_DIGITS):
        raise _bad("the number of entries is not a number")
    return VerificationCode(log_id, int(size), _root(characters))


def differing(typed: VerificationCode, root: bytes) -> tuple[int, ...]:
    """Return the positions, from 1 to 52, of the characters that differ from the code with this root."""
    pairs = zip(typed.characters, _characters(root), strict=True)
    return tuple(n for n, (one, two) in enumerate(pairs, 1) if one != two)


def _characters(root: bytes) -> str:
    return base64.b32encode(root).decode("ascii").rstrip("=")


def _root(characters: str) -> bytes:
    if len(characters) != ROOT_CHARACTERS:
        raise _bad(f"the last part has {len(characters)} characters, not {ROOT_CHARACTERS}")
    invalid = sorted(set(characters) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    if invalid:
        hint = " (a 1 is an I or an L)" if invalid[0] == "1" else ""
        raise _bad(f"the last part has a character that no code has: {invalid[0]}{hint}")
    root = base64.b32decode(f"{characters}====")
    if _characters(root) != characters:
        raise _bad("its last character must be an A or a Q")
    return root


def _bad(how: str) -> UsageError:
    return UsageError(f"That verification code can't be read: {how}.", _REPAIR)
