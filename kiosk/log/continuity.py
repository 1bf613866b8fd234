"""Whether the log here may be gone on with: its key is here, it was signed to its end, and it is not an older copy."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, Protocol

from kiosk.errors import LogMustBeReplaced
from kiosk.log.signing_key import REPAIR, read_signer, remembered
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import Signer, VerifierKey
from kiosk.record.verification.continuity import standing, told_apart
from kiosk.settings import Home


class Log(Protocol):
    """A log that was opened."""

    @property
    def origin(self) -> str:
        """Which log this is."""

    @property
    def key(self) -> VerifierKey:
        """The public key that signs its state. Raises Altered when what it names is no key."""

    def signed_head(self) -> Checkpoint:
        """Its newest signed state, once its signature was checked. Raises Altered."""

    def root_at(self, size: int) -> bytes | None:
        """The root over its first entries, so many, when it kept a checkpoint of that size."""


def require_usable(home: Home, mode: str, log: Log, environ: Mapping[str, str] = os.environ) -> Signer:
    """The key that signs this log.

    Raises LogMustBeReplaced when the log can't be gone on with, StoreUnusable for its key.
    """
    signer = signer_for(home, mode, log, environ)
    require_newest(home, mode, log)
    return signer


def signer_for(home: Home, mode: str, log: Log, environ: Mapping[str, str] = os.environ) -> Signer:
    """The key here, which must be the log's. Raises LogMustBeReplaced when it is lost or another; StoreUnusable."""
    key = log.key
    signer = read_signer(home, mode, environ)
    if signer.public != key:
        reason = "copied" if signer.public.name != log.origin else "key-replaced"
        raise LogMustBeReplaced(
            f"The key here is not the one that signs the {mode} log. {_OTHER[reason]}", REPAIR, reason
        )
    return signer


_OTHER: Final = {
    "copied": "The log was copied here from elsewhere, or the key was.",
    "key-replaced": "Another key has taken its place.",
}


def require_newest(home: Home, mode: str, log: Log) -> None:
    """Raise LogMustBeReplaced unless the log is the one that this kiosk signed last, only longer."""
    known = remembered(home, mode, log.key)  # first: a kiosk that is writing may sign more meanwhile
    now = log.signed_head()
    if known is None:
        return
    how = standing(now, known, log.root_at)
    if how != "sound":
        raise LogMustBeReplaced(told_apart(mode, how, now, known), _PUT_BACK, how)


_PUT_BACK: Final = "Put the right file back if you have it; else `kiosk setup` begins a new log and keeps this."
