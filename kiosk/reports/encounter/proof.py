"""The signed checkpoints that cover a record's entries, one for each log that has some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from kiosk.log import verify
from kiosk.log.archive import LogHistory, archived_file
from kiosk.log.log import LogOnDisk
from kiosk.record.entries import LoggedEntry, decode
from kiosk.record.transparency.checkpoint import Checkpoint, altered, tree_under
from kiosk.record.transparency.signed_note import VerifierKey, verifier_key
from kiosk.record.transparency.verification_code import VerificationCode, code_of
from kiosk.settings import Home, Mode


@dataclass(frozen=True, slots=True)
class Proof:
    """The newest signed checkpoint of a log, and the entries of one record that it covers.

    code: its verification code, with the root hash. key: the key that signed it. numbers: those of the entries, by id.
    """

    origin: str
    code: VerificationCode
    key: VerifierKey
    numbers: Mapping[str, int]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the public key's bytes, in hex."""
        return fingerprint(self.key)


def fingerprint(key: VerifierKey) -> str:
    """Return the SHA-256 of the public key's 32 bytes, in hex."""
    return sha256(key.public).hexdigest()


def proofs(home: Home, mode: Mode, history: LogHistory, entries: Sequence[LoggedEntry]) -> list[Proof]:
    """Return the checkpoints that cover these entries of one record, oldest log first.

    Raises StoreUnusable, Altered where a checkpoint does not match its key.
    """
    wanted, found = {kept.event_id for kept in entries}, []
    for log in history.logs:
        here = [kept for kept in map(decode, log.entries(entries[0].encounter_id)) if kept.event_id in wanted]
        if here:
            found.append(proof(home, mode, log, here, current=log.origin == history.origin))
    return found


def proof(home: Home, mode: Mode, log: LogOnDisk, entries: Iterable[LoggedEntry], *, current: bool) -> Proof:
    """Return the newest checkpoint of a log, which covers these entries of it. current: it is the log in use.

    Raises StoreUnusable, Altered where the checkpoint does not match its key.
    """
    with verify.open_log(home.log(mode) if current else archived_file(home, mode, log.origin)) as reader:
        newest = reader.newest_checkpoint()
        if newest is None:
            raise altered("its newest checkpoint was removed")
        key = verifier_key(reader.log_vkey)
        tree_under(newest, key)
        code = code_of(Checkpoint(reader.origin, newest.size, newest.root))
        return Proof(log.origin, code, key, {kept.event_id: kept.seq for kept in entries if kept.seq < newest.size})
