"""The checkpoint and verification code for an outside copy, and the checkpoints that were issued."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from kiosk.errors import Refused, StoreUnusable
from kiosk.log import verify
from kiosk.log.archive import archived_files, open_history
from kiosk.log.log import LogOnDisk, require_log
from kiosk.log.retention_state import unannounced
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, Entry, decode, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint, altered, tree_under
from kiosk.record.transparency.signed_note import VerifierKey, verifier_key
from kiosk.record.transparency.verification_code import code_of
from kiosk.reports.paper.outside_copy import CheckpointCopy, CodeCopy
from kiosk.reports.verification import IssuedCheckpoint, issued_checkpoint
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import Instant

if TYPE_CHECKING:
    from db.store import Reader


def closing_code(home: Home, mode: Mode, log: LogOnDisk, record: EncounterRecord) -> CodeCopy:
    """Return the verification code of the checkpoint at the closing of the record. Raises Refused."""
    closed = [kept for kept in map(decode, log.entries(record.id)) if kept.kind == EntryKind.ENCOUNTER_CLOSED]
    if not closed:
        raise Refused(f"The record {record.no} is not closed yet.", "Its verification code is made when it is closed.")
    for path in (home.log(mode), *archived_files(home, mode)):
        with suppress(StoreUnusable), verify.open_log(path) as reader:
            root = reader.root_at(closed[-1].seq + 1) if reader.number_of(closed[-1].event_id) is not None else None
            if root is not None:
                code = code_of(Checkpoint(reader.origin, closed[-1].seq + 1, root))
                return CodeCopy(record.school, record.desk, mode == "practice", code, closed[-1].at, record.no)
    words = f"There is no checkpoint of the closing of {record.no} here."
    raise Refused(words, "Use the code of the whole log: `kiosk log checkpoint code`.")


def log_code(home: Home, mode: Mode, now: Instant) -> CodeCopy:
    """Return the verification code of the log now. Raises StoreUnusable, Altered or Refused."""
    return _newest(home, mode, now)[0]


def checkpoint_page(home: Home, mode: Mode, whom: str, now: Instant) -> tuple[CheckpointCopy, Entry]:
    """Return the page of the newest checkpoint, and the entry that records its issue. Raises as `log_code`."""
    code, note, key = _newest(home, mode, now)
    with verify.open_log(home.log(mode)) as log:
        last = next(_issued(log), None)
        counts = log.kinds(last.size if last else 0)
        closed = log.lists.count(EntryKind.ENCOUNTER_CLOSED)
    with closing(open_history(home, mode)) as history:
        destroyed = tuple(unannounced(history))
    since = (last.size, last.at) if last else None
    page = CheckpointCopy(code, whom, key.name, note, str(key), counts, since, destroyed)
    return page, Entry(
        EntryKind.CHECKPOINT_ISSUED, {"for": whom, "size": code.code.size, "closed": closed}, actor=Actor.COMMAND
    )


def issued_checkpoints(home: Home, mode: Mode) -> list[IssuedCheckpoint]:
    """Return the checkpoints that were issued, newest first. Raises StoreUnusable if there is no log."""
    require_log(home, mode)
    with verify.open_log(home.log(mode)) as log:
        return list(_issued(log))


def _newest(home: Home, mode: Mode, now: Instant) -> tuple[CodeCopy, str, VerifierKey]:
    """Return (the verification code of the log now, the signed checkpoint, the public key that signed it)."""
    settings = read_settings(home)
    require_log(home, mode)
    with verify.open_log(home.log(mode)) as log:
        newest = log.newest_checkpoint()
        if newest is None:
            raise altered("its newest checkpoint was removed")
        if not newest.size:
            words = f"The {mode} log has no entries yet, so its checkpoint would prove nothing."
            raise Refused(words, "Issue the first checkpoint after the first record.")
        key = verifier_key(log.log_vkey)
        tree_under(newest, key)
        code = code_of(Checkpoint(log.origin, newest.size, newest.root))
        return CodeCopy(settings.school, settings.desk, mode == "practice", code, now), newest.note, key


def _issued(log: Reader) -> Iterator[IssuedCheckpoint]:
    """Return the issued checkpoints in the log, newest first; an altered entry is left out."""
    for row in reversed(list(log.of_kind(EntryKind.CHECKPOINT_ISSUED))):
        if (kept := decoded_or_none(row)) is not None:
            yield issued_checkpoint(kept)
