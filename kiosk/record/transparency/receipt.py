"""The receipt of a log's state, short enough for a QR code and for a pen: which kiosk, how many entries, the root.

`FOK1:<8 hex digits of the kiosk>/<size>/<base32 of the 32-byte root>`. It holds nothing of what was recorded. Whoever
keeps it elsewhere can prove later whether the log still begins with exactly these entries. What is typed from paper may
have spaces, line ends, small letters, and signs that look alike.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from kiosk.errors import UsageError
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.merkle import HASH_BYTES

PREFIX: Final = "FOK1:"
SIGNS: Final = 52
"""Base32 signs of a root."""

GROUP: Final = 4
"""Signs that are printed together: a hand copies four at a time."""

SLIPS: Final = 6
"""Up to this many signs that differ are a slip of the pen: a log that was changed differs in nearly all 52."""

_KIOSK: Final = 8
_MOST_DIGITS: Final = 15
_REPAIR: Final = f"Type all of it as it was printed: {PREFIX}, kiosk, number of entries, {SIGNS} letters and digits."
_HEX: Final = str.maketrans("OIL", "011")
_BASE32: Final = str.maketrans("08", "OB")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says. kiosk: the first eight hex digits of the log's UUID, upper case; root: 32 bytes."""

    kiosk: str
    size: int
    root: bytes

    @property
    def code(self) -> str:
        """The code in one piece, as the QR code holds it."""
        return f"{PREFIX}{self.kiosk}/{self.size}/{self.signs}"

    @property
    def signs(self) -> str:
        """The root in base32."""
        return base64.b32encode(self.root).decode("ascii").rstrip("=")

    def lines(self, groups: int = 7) -> tuple[str, ...]:
        """The code in lines to copy by hand: the head, then the root in groups of four signs, so many to a line."""
        fours = [self.signs[at : at + GROUP] for at in range(0, SIGNS, GROUP)]
        rows = (" ".join(fours[at : at + groups]) for at in range(0, len(fours), groups))
        return (f"{PREFIX}{self.kiosk}/{self.size}/", *rows)


def kiosk_of(origin: str) -> str:
    """How receipts name the log with that origin."""
    return origin.rpartition("/")[2].replace("-", "")[:_KIOSK].upper()


def receipt_of(state: Checkpoint) -> Receipt:
    """The receipt of a log's state."""
    return Receipt(kiosk_of(state.origin), state.size, state.root)


def read_receipt(words: str) -> Receipt:
    """The receipt that was typed. Raises UsageError, saying which part can't be read."""
    plain = re.sub(r"[\s\u200b-]", "", words).upper()
    head, colon, rest = plain.partition(":")
    if not colon or head.translate(_HEX) != PREFIX[:-1].translate(_HEX):
        raise _bad(f"it does not begin with {PREFIX}")
    parts = rest.split("/")
    if len(parts) != 3:
        raise _bad("it has not three parts with a / between them")
    kiosk, size, signs = parts[0].translate(_HEX), parts[1].translate(_HEX), parts[2].translate(_BASE32)
    if not re.fullmatch(rf"[0-9A-F]{{{_KIOSK}}}", kiosk):
        raise _bad(f"the kiosk's name has eight signs, 0 to 9 and A to F, and this is {kiosk or 'nothing'}")
    if not (size.isascii() and size.isdigit() and len(size) <= _MOST_DIGITS):
        raise _bad("the number of entries is no number")
    return Receipt(kiosk, int(size), _root(signs))


def slips(typed: Receipt, root: bytes) -> tuple[int, ...]:
    """At which of the 52 signs, from 1 on, a receipt differs from the one with this root."""
    other = Receipt(typed.kiosk, typed.size, root).signs
    return tuple(n for n, (one, two) in enumerate(zip(typed.signs, other, strict=True), 1) if one != two)


def _root(signs: str) -> bytes:
    if len(signs) != SIGNS:
        raise _bad(f"the last part has {len(signs)} signs, not {SIGNS}")
    strange = sorted(set(signs) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    if strange:
        hint = " (a 1 is an I or an L)" if strange[0] == "1" else ""
        raise _bad(f"the last part has a sign that no code has: {strange[0]}{hint}")
    try:
        root = base64.b32decode(f"{signs}====")
    except binascii.Error as error:
        raise _bad("the last part is no code") from error
    if len(root) != HASH_BYTES or Receipt("", 0, root).signs != signs:
        raise _bad("its last sign can't be right; it is an A or a Q")
    return root


def _bad(how: str) -> UsageError:
    return UsageError(f"That receipt can't be read: {how}.", _REPAIR)
