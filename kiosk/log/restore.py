"""Checks of a backup against what this kiosk has: its logs, their keys, and the states that it signed or cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from kiosk.errors import Refused, StoreUnusable
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.backup_check import Backup, contains, root_at, verified_checkpoint
from kiosk.log.log import open_at
from kiosk.log.signing_key import listed_keys, remembered
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.succession import cited_keys, cited_states, start_entry
from kiosk.record.verification.verdict import KeySource
from kiosk.settings import Home, Mode

_REPAIR = "Keep it unchanged, and call the Superintendent's Office. Nothing was restored."


def require_consistent(home: Home, mode: Mode, backup: Backup, given: Sequence[VerifierKey]) -> KeySource:
    """Check each log of the backup against this kiosk, and return how the key of the newest one is known.

    given: public keys from outside. A log may continue the one of that ID here, or be its beginning. Raises Refused
    when it has other entries, or another key.
    """
    listed = listed_keys(home, mode)
    for path, state in zip(backup.files, backup.states, strict=True):
        key = key_of(path)
        if any(known.name == key.name and known != key for known in (*listed, *given)):
            raise Refused(f"{path} is signed with another key than the log of that ID.", _REPAIR)
        for known in known_states(home, mode, state.origin):
            if state.size >= known.size and root_at(path, known.size) != known.root:
                what = f"{path} has other entries among its first {known.size} than the log that this kiosk signed."
                raise Refused(what, _REPAIR)
        for here in _files_here(home, mode, state.origin):
            if not (contains(here, state) or contains(path, verified_checkpoint(here))):
                raise Refused(f"{path} has other entries than {here}, the log of the same ID.", _REPAIR)
    newest = key_of(backup.files[0])
    if newest in given:
        return KeySource.GIVEN
    return KeySource.LISTED if newest in listed else KeySource.UNKNOWN


def confirmed_keys(backup: Backup, given: Sequence[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Return the keys of the backup's logs that are given, or that a log with a given key cites. Raises Altered."""
    keys = [key_of(path) for path in backup.files]
    own = [path for path, key in zip(backup.files, keys, strict=True) if key in given]
    cited = {words for path in own for words in _cited(path)}
    return tuple(key for key in keys if key in given or str(key) in cited)


def _cited(path: Path) -> tuple[str, ...]:
    log = open_at(path)
    try:
        return cited_keys(start_entry(log))
    finally:
        log.close()


def key_of(path: Path) -> VerifierKey:
    """Return the public key that the log in this file names. Raises StoreUnusable, Altered."""
    log = open_at(path)
    try:
        return log.key
    finally:
        log.close()


def _files_here(home: Home, mode: Mode, origin: str) -> Iterator[Path]:
    """Yield the intact files here of the log with this ID."""
    for path in (home.log(mode), archived_file(home, mode, origin)):
        with suppress(StoreUnusable):
            if path.exists() and verified_checkpoint(path).origin == origin:
                yield path


def known_states(home: Home, mode: Mode, origin: str) -> Iterator[Checkpoint]:
    """Yield the states of the log with this ID that this kiosk signed last, or that a later log here cites."""
    known = remembered(home, mode)
    if known is not None and known.origin == origin:
        yield known
    for path in (home.log(mode), *archived_files(home, mode)):
        with suppress(StoreUnusable), ExitStack() as undo:
            log = open_at(path)
            undo.callback(log.close)
            yield from (state for state in cited_states(start_entry(log)) if state.origin == origin)
