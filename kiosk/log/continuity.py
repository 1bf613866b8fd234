"""Checks that the log can still be written: its key is here, its signature is valid, and it is not an older copy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, Protocol

from kiosk.errors import LogMustBeReplaced, ReplaceReason
from kiosk.log.signing_key import REPAIR, listed_keys, read_signer, remembered
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import Signer, VerifierKey
from kiosk.record.verification.comparison import compare, describe
from kiosk.settings import Home, Mode


class Log(Protocol):
    """An open log."""

    @property
    def origin(self) -> str:
        """The origin of the log."""

    @property
    def key(self) -> VerifierKey:
        """The public key of its checkpoints. Raises Altered when the stored key is invalid."""

    def verified_checkpoint(self) -> Checkpoint:
        """Return its newest checkpoint with a verified signature. Raises Altered."""

    def root_at(self, size: int) -> bytes | None:
        """Return the root hash of its first `size` entries if it stored a checkpoint of that size, else None."""


def require_usable(home: Home, mode: Mode, log: Log, environ: Mapping[str, str] = os.environ) -> Signer:
    """Check that this log can still be written, and return its signing key.

    Raises LogMustBeReplaced when it can't, StoreUnusable when the key can't be read.
    """
    signer = signer_for(home, mode, log, environ)
    require_newest(home, mode, log)
    return signer


def signer_for(home: Home, mode: Mode, log: Log, environ: Mapping[str, str] = os.environ) -> Signer:
    """Return the log's signing key. Raises LogMustBeReplaced when it is lost or another key is here; StoreUnusable."""
    key = log.key
    signer = read_signer(home, mode, environ)
    if signer.public != key:
        own = signer.public.name == log.origin
        reason = ReplaceReason.KEY_REPLACED if own else ReplaceReason.FOREIGN
        why = "Another key replaced it." if own else "The log or the key was copied here from another kiosk."
        raise LogMustBeReplaced(f"The key here is not the signing key of the {mode} log. {why}", REPAIR, reason)
    if (listed := listed_keys(home, mode)) and key not in listed:  # the daily check reports a list that can't be read
        what = f"The {mode} log and the key here are not this kiosk's: its list of keys does not have that key."
        raise LogMustBeReplaced(what, REPAIR, ReplaceReason.FOREIGN)
    return signer


def require_newest(home: Home, mode: Mode, log: Log) -> None:
    """Raise LogMustBeReplaced unless the log continues the checkpoint that this kiosk remembers."""
    known = remembered(home, mode, log.key)  # read first, because a running kiosk may sign more meanwhile
    now = log.verified_checkpoint()
    if known is None:
        return
    how = compare(now, known, log.root_at)
    if how.reason is not None:
        raise LogMustBeReplaced(describe(mode, how, now, known), _REPAIR, how.reason)


_REPAIR: Final = "Put the right file back. If you don't have it, `kiosk setup` starts a new log and archives this one."
