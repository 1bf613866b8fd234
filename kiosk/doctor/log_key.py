"""Checks of the log signing key: it is here, it belongs to this log, and only this account can read it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.doctor.check import Check, State, Subject, red
from kiosk.errors import StoreUnusable
from kiosk.log.continuity import Log, require_newest, signer_for
from kiosk.log.signing_key import checkpoint_loss, key_file, keys_file, known_keys
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.settings import Home


def check_key(home: Home, log: Log) -> Iterator[Check]:
    """Check that the live log can still be written: its key, and the checkpoint that this kiosk remembers."""
    try:
        signer_for(home, "live", log)
    except StoreUnusable as error:
        yield red(Subject.LOG_KEY, error)
    else:
        yield _check_permissions(key_file(home, "live"))
    yield from _check_list(home, log.key)
    try:
        require_newest(home, "live", log)
    except StoreUnusable as error:
        yield red(Subject.LOG_STATE, error)
        return
    if (loss := checkpoint_loss(home, "live", log.key)) is not None:
        yield Check(Subject.LOG_STATE, State.RED, loss.sentence, "Compare an outside copy: `kiosk log verify --code`.")


def _check_list(home: Home, key: VerifierKey) -> Iterator[Check]:
    """Check that the list of the keys that this kiosk signed with has the key of the log."""
    path = keys_file(home, "live")
    repair = "Compare the log's key with the one on paper: `kiosk log history --acknowledge --key`."
    try:
        known = known_keys(home, "live")
    except StoreUnusable as error:
        yield red(Subject.LOG_KEY, error)
        return
    if not known:
        words = f"The list of the keys that this kiosk signed with, {path}, is missing. The log's key was not checked."
        yield Check(Subject.LOG_KEY, State.AMBER, words, repair)
    elif key not in known:
        words = f"The log is signed with a key that is not in {path}, the list of the keys that this kiosk signed with."
        yield Check(Subject.LOG_KEY, State.RED, words, repair)


def _check_permissions(key: Path) -> Check:
    if os.name != "nt":  # on Windows the account's folder is private by default
        for path in (key.parent, key):
            if path.exists() and path.stat().st_mode & 0o077:
                words = f"Other accounts on this computer can read {path}, which holds the log signing key."
                return Check(
                    Subject.LOG_KEY, State.AMBER, words, f"Remove their permissions: chmod -R go= {key.parent}"
                )
    return Check(Subject.LOG_KEY, State.GREEN, "The log signing key is here, and only this account can read it.")
