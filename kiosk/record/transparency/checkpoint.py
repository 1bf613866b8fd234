"""Checkpoints (C2SP `tlog-checkpoint`): the log ID, the entry count and the root hash, signed by the log's key.

The text is three lines: origin, size, root in base64. It is signed as a note; the name of the log signing key is the
origin. The newest checkpoint is written together with the entries it covers. So if it does not cover the newest
entries, the log was changed.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.record.entries import Altered, EncodedEntry
from kiosk.record.transparency.merkle import HASH_BYTES, Tree, unpacked
from kiosk.record.transparency.signed_note import DASH, BadNote, Signer, VerifierKey, verify

_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The content of a checkpoint: the log ID, the entry count, and the 32-byte root hash."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A signed checkpoint for the store. peaks: the tree's peaks, packed, to extend the tree; no proof depends on them.

    lasting: whether it is also stored permanently.
    """

    size: int
    root: bytes
    note: str
    peaks: bytes
    lasting: bool = False


class StoredCheckpoint(Protocol):
    """A checkpoint as a store returns it."""

    @property
    def size(self) -> int:
        """The number of entries that it covers."""

    @property
    def root(self) -> bytes:
        """The root hash of these entries."""

    @property
    def note(self) -> str:
        """The signed checkpoint."""

    @property
    def peaks(self) -> bytes:
        """The tree's peaks, packed."""


def sign_checkpoint(origin: str, tree: Tree, signer: Signer, *, lasting: bool = False) -> SignedCheckpoint:
    """Sign a checkpoint of the log `origin` whose leaves make `tree`."""
    root = tree.root
    note = signer.sign(Checkpoint(origin, tree.size, root).text)
    return SignedCheckpoint(tree.size, root, note.decode("utf-8"), tree.packed(), lasting)


def read_checkpoint(note: bytes, key: VerifierKey) -> Checkpoint:
    """Return the checkpoint in a note. Raises BadNote unless the log's key signed it and its text is a checkpoint."""
    found = read_text(verify(note, key))
    if found.origin != key.name:
        raise _no_checkpoint()
    return found


def read_text(text: str) -> Checkpoint:
    """Return the checkpoint in a note's text, without checking a signature. Raises BadNote."""
    lines = text.split("\n")
    try:
        origin, size, root = lines[0], lines[1], base64.b64decode(lines[2], validate=True)
    except (IndexError, binascii.Error, ValueError) as error:
        raise _no_checkpoint() from error
    digits = size.isascii() and size.isdigit() and len(size) <= _MOST_DIGITS
    if not digits or len(root) != HASH_BYTES:
        raise _no_checkpoint()
    found = Checkpoint(origin, int(size), root)
    if found.text != "".join(f"{line}\n" for line in lines[:3]):
        raise _no_checkpoint()
    return found


class Signatures:
    """The signatures of one key under many checkpoints of one log."""

    def __init__(self, key: VerifierKey) -> None:
        from nacl.signing import VerifyKey  # noqa: PLC0415 - only to verify a whole log

        self._key, self._public = key, VerifyKey(key.public)

    def match(self, note: bytes, size: int, root: bytes) -> bool:
        """Check that the key signed `note`, and that its text has this size and root."""
        from nacl.exceptions import CryptoError  # noqa: PLC0415 - only to verify a whole log

        expected = Checkpoint(self._key.name, size, root)
        try:
            text = expected.text.encode()
            # The form that this kiosk writes, with one signature. Any other form is parsed by the full rules.
            usual = b"%b\n%b%b " % (text, DASH.encode(), self._key.name.encode())
            line = note[len(usual) :]
            if note[: len(usual)] != usual or b"\n" in line[:-1]:
                return read_checkpoint(note, self._key) == expected
            made = base64.b64decode(line[:-1], validate=True)
            if _line(made) != line or made[:4] != self._key.id:
                return False
            self._public.verify(text, made[4:])
        except (BadNote, CryptoError, ValueError, TypeError):  # binascii.Error is a ValueError
            return False
        return True


def _line(made: bytes) -> bytes:
    return base64.b64encode(made) + b"\n"


def altered(how: str) -> Altered:
    """Return the error of a log that does not match its signed checkpoint; `how` completes the sentence."""
    return Altered(
        f"The log does not match its signed checkpoint: {how}.",
        "Keep the file unchanged and call the Superintendent's Office. `kiosk log verify` shows more.",
    )


def tree_under(checkpoint: StoredCheckpoint, key: VerifierKey, newest: Sequence[EncodedEntry] = ()) -> Tree:
    """Return the tree that the next entries extend, after checking the newest checkpoint. Raises Altered.

    newest: the entries that the store has after the checkpoint's size; an intact log has none.
    """
    try:
        signed = read_checkpoint(checkpoint.note.encode(), key)
        tree = unpacked(checkpoint.size, checkpoint.peaks)
    except (BadNote, ValueError) as error:
        raise altered("its newest checkpoint was changed") from error
    if (signed.size, signed.root) != (checkpoint.size, checkpoint.root) or tree.root != checkpoint.root:
        raise altered("its newest checkpoint was changed")
    if newest:
        raise altered(f"no checkpoint covers entry {newest[0].seq}")
    return tree


def _no_checkpoint() -> BadNote:
    return BadNote("That note is not a checkpoint of this log.", "Use the checkpoint that the kiosk printed.")
