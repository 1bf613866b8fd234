"""Checks of the log signing key: it is here, it belongs to this log, and only this account can read it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.doctor.check import Check, State, Subject, red
from kiosk.errors import StoreUnusable
from kiosk.log.continuity import Log, require_newest, signer_for
from kiosk.log.signing_key import key_file, remembered
from kiosk.settings import Home


def check_key(home: Home, log: Log) -> Iterator[Check]:
    """Check that the live log can still be written: its key, and the checkpoint that this kiosk remembers."""
    try:
        signer_for(home, "live", log)
    except StoreUnusable as error:
        yield red(Subject.LOG_KEY, error)
    else:
        yield _check_permissions(key_file(home, "live"))
    try:
        require_newest(home, "live", log)
    except StoreUnusable as error:
        yield red(Subject.LOG_STATE, error)
        return
    checkpoint = log.verified_checkpoint()
    if checkpoint.size and remembered(home, "live", log.key) is None:
        words = "The kiosk's own copy of the newest checkpoint is missing, so it can't detect an older copy of the log."
        yield Check(Subject.LOG_STATE, State.AMBER, words, "Open the kiosk once, which saves it again.")


def _check_permissions(key: Path) -> Check:
    if os.name != "nt":  # on Windows the account's folder is private by default
        for path in (key.parent, key):
            if path.exists() and path.stat().st_mode & 0o077:
                words = f"Other accounts on this computer can read {path}, which holds the log signing key."
                return Check(
                    Subject.LOG_KEY, State.AMBER, words, f"Remove their permissions: chmod -R go= {key.parent}"
                )
    return Check(Subject.LOG_KEY, State.GREEN, "The log signing key is here, and only this account can read it.")
