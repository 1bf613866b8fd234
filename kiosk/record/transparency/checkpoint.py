"""The signed state of the log at a size (C2SP `tlog-checkpoint`): which log, how many entries, the root over them.

Its text is three lines: origin, size, root in base64. It is signed as a note, by the log's own key, whose name is the
origin. The newest one is written together with the entries it covers, so a log whose newest entries do not stand under
its checkpoint was changed.
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
    """What a checkpoint says: the log's name, how many entries it had, and the 32 bytes over all of them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """The newest checkpoint as the store keeps it. `peaks` let the tree grow on; nothing in evidence rests on them.

    lasting: whether it is also kept for good, beside the checkpoints before it.
    """

    size: int
    root: bytes
    note: str
    peaks: bytes
    lasting: bool = False


class StoredCheckpoint(Protocol):
    """A head as a store gives it back."""

    @property
    def size(self) -> int:
        """How many entries it covers."""

    @property
    def root(self) -> bytes:
        """The root over them."""

    @property
    def note(self) -> str:
        """The signed checkpoint."""

    @property
    def peaks(self) -> bytes:
        """The tree's peaks, packed."""


def sign_checkpoint(origin: str, tree: Tree, signer: Signer, *, lasting: bool = False) -> SignedCheckpoint:
    """The signed head of the log `origin` whose leaves make `tree`."""
    root = tree.root
    note = signer.sign(Checkpoint(origin, tree.size, root).text)
    return SignedCheckpoint(tree.size, root, note.decode("utf-8"), tree.packed(), lasting)


def read_checkpoint(note: bytes, key: VerifierKey) -> Checkpoint:
    """What the log's key signed. Raises BadNote when it did not, or when the text is no checkpoint."""
    found = read_text(verify(note, key))
    if found.origin != key.name:
        raise _no_checkpoint()
    return found


def read_text(text: str) -> Checkpoint:
    """The checkpoint that the text of a note says, whoever signed it. Raises BadNote."""
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
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - only to verify

        self._key, self._public = key, Ed25519PublicKey.from_public_bytes(key.public)

    def hold(self, note: bytes, size: int, root: bytes) -> bool:
        """Whether the key signed in `note` that its log had this root at this size."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - only to verify

        text = Checkpoint(self._key.name, size, root).text.encode()
        # A note with one signature, written as this kiosk writes it; any other form is taken apart by the rules.
        usual = b"%b\n%b%b " % (text, DASH.encode(), self._key.name.encode())
        try:
            made = base64.b64decode(note[len(usual) : -1], validate=True)
            if note[: len(usual)] != usual or _line(made) != note[len(usual) :] or made[:4] != self._key.id:
                return read_checkpoint(note, self._key) == Checkpoint(self._key.name, size, root)
            self._public.verify(made[4:], text)
        except (BadNote, InvalidSignature, ValueError, TypeError):  # binascii.Error is a ValueError
            return False
        return True


def _line(made: bytes) -> bytes:
    return base64.b64encode(made) + b"\n"


def altered(how: str) -> Altered:
    """The error of a log that is not what was signed; `how` completes the sentence."""
    return Altered(
        f"The log does not match what was signed: {how}.",
        "Keep the file as it is and call the Superintendent's Office; `kiosk log verify` says more.",
    )


def tree_under(checkpoint: StoredCheckpoint, key: VerifierKey, newest: Sequence[EncodedEntry] = ()) -> Tree:
    """The tree that a log goes on with, after its newest checkpoint was checked against it. Raises Altered.

    newest: the entries that the store has from the head's size on; a sound log has none.
    """
    try:
        signed = read_checkpoint(checkpoint.note.encode("utf-8", "surrogatepass"), key)
        tree = unpacked(checkpoint.size, checkpoint.peaks)
    except (BadNote, ValueError) as error:
        raise altered("its newest checkpoint was changed") from error
    if (signed.size, signed.root) != (checkpoint.size, checkpoint.root) or tree.root != checkpoint.root:
        raise altered("its newest checkpoint was changed")
    if newest:
        raise altered(f"entry {newest[0].seq} was never signed for")
    return tree


def _no_checkpoint() -> BadNote:
    return BadNote("That note is no checkpoint of this log.", "Get the one that the kiosk printed.")
