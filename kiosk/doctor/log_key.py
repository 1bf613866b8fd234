"""The log's key: whether it is here, signs this very log, and is for this account's eyes only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.doctor.check import Check, red
from kiosk.errors import StoreUnusable
from kiosk.log.continuity import Log, require_newest, signer_for
from kiosk.log.signing_key import key_file, remembered
from kiosk.settings import Home


def check_key(home: Home, log: Log) -> Iterator[Check]:
    """Whether this kiosk can go on with the live log: its key, and whether it is the log that was signed last."""
    try:
        signer_for(home, "live", log)
    except StoreUnusable as error:
        yield red("log key", error)
    else:
        yield _rights(key_file(home, "live"))
    try:
        require_newest(home, "live", log)
    except StoreUnusable as error:
        yield red("log state", error)
        return
    head = log.signed_head()
    if head.size and remembered(home, "live", log.key) is None:
        words = "What was signed last is not kept beside the key, so an older copy of the log would not be noticed."
        yield Check("log state", "amber", words, "Open the kiosk once; it keeps it anew.")


def _rights(key: Path) -> Check:
    if os.name != "nt":  # there, the folder of the account is private by default
        for path in (key.parent, key):
            if path.exists() and path.stat().st_mode & 0o077:
                words = f"Other accounts of this computer can read {path}, where the log's key is."
                return Check("log key", "amber", words, f"Take the rights away from others: chmod -R go= {key.parent}")
    return Check("log key", "green", "The log's key is here, and for this account only.")
