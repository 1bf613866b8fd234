"""The checkpoint for the page of an outside copy, and the checkpoints that were issued."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.errors import Refused, StoreUnusable
from kiosk.log import verify
from kiosk.log.archive import archived_files
from kiosk.log.log import LogOnDisk
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Actor, EncodedEntry, Entry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint, altered, tree_under
from kiosk.record.transparency.receipt import receipt_of
from kiosk.record.transparency.signed_note import verifier_key
from kiosk.reports.paper.outside_copy import CheckpointCopy, CodeCopy
from kiosk.settings import Home, Mode, read_settings
from kiosk.system.clock import Instant

if TYPE_CHECKING:
    from db.store import Reader, Row


@dataclass(frozen=True, slots=True)
class IssuedCheckpoint:
    """A checkpoint that was issued: for whom, of how many entries, when."""

    whom: str
    size: int
    at: Instant


def closing_code(home: Home, mode: Mode, log: LogOnDisk, record: EncounterRecord) -> CodeCopy:
    """Return the verification code of the checkpoint at the closing of the record. Raises Refused."""
    closed = [kept for kept in map(decode, log.entries(record.id)) if kept.kind == EntryKind.ENCOUNTER_CLOSED]
    if not closed:
        raise Refused(f"The record {record.no} is not closed yet.", "Its verification code is made when it is closed.")
    for path in (home.log(mode), *archived_files(home, mode)):
        with suppress(StoreUnusable), verify.opened(path) as reader:
            root = reader.root_at(closed[-1].seq + 1) if reader.has(closed[-1].event_id) else None
            if root is not None:
                receipt = receipt_of(Checkpoint(reader.origin, closed[-1].seq + 1, root))
                return CodeCopy(record.school, record.desk, mode == "practice", receipt, closed[-1].at, record.no)
    words = f"There is no checkpoint of the closing of {record.no} here."
    raise Refused(words, "Use the code of the whole log: `kiosk log checkpoint code`.")


def log_code(home: Home, mode: Mode, now: Instant) -> CodeCopy:
    """Return the verification code of the log now. Raises StoreUnusable, Altered or Refused."""
    return _newest(home, mode, now)[0]


def checkpoint_page(home: Home, mode: Mode, whom: str, now: Instant) -> tuple[CheckpointCopy, Entry]:
    """Return the page of the newest checkpoint, and the entry that records its issue. Raises as `log_code`."""
    slip, note, origin = _newest(home, mode, now)
    with verify.opened(home.log(mode)) as log:
        since = next(_issued(log), None)
        counts = log.kinds(since.size if since else 0)
        records = log.lists.count(EntryKind.ENCOUNTER_CLOSED)
    page = CheckpointCopy(slip, whom, origin, note, counts, (since.size, since.at) if since else None)
    return page, Entry(
        EntryKind.CHECKPOINT_ISSUED, {"for": whom, "size": slip.receipt.size, "closed": records}, actor=Actor.COMMAND
    )


def issued_checkpoints(home: Home, mode: Mode) -> list[IssuedCheckpoint]:
    """Return the checkpoints that were issued, newest first. Raises StoreUnusable if there is no log."""
    _require_log(home, mode)
    with verify.opened(home.log(mode)) as log:
        return list(_issued(log))


def _require_log(home: Home, mode: Mode) -> None:
    if not home.log(mode).exists():
        raise StoreUnusable(f"There is no {mode} log in {home.path} yet.", "The first record makes it.")


def _newest(home: Home, mode: Mode, now: Instant) -> tuple[CodeCopy, str, str]:
    """Return (the verification code of the log now, the signed checkpoint, the log ID)."""
    settings = read_settings(home)
    _require_log(home, mode)
    with verify.opened(home.log(mode)) as log:
        head = log.newest_checkpoint()
        if head is None:
            raise altered("its newest checkpoint was removed")
        tree_under(head, verifier_key(log.log_vkey))
        receipt = receipt_of(Checkpoint(log.origin, head.size, head.root))
        return CodeCopy(settings.school, settings.desk, mode == "practice", receipt, now), head.note, log.origin


def _issued(log: Reader) -> Iterator[IssuedCheckpoint]:
    """Return the issued checkpoints in the log, newest first; an altered entry is left out."""
    for row in reversed(list(log.of_kind(EntryKind.CHECKPOINT_ISSUED))):
        with suppress(StoreUnusable, TypeError, ValueError):
            kept = _kept(row)
            yield IssuedCheckpoint(str(kept.body.get("for", "")), int(kept.body.get("size", 0)), kept.at)


def _kept(row: Row) -> LoggedEntry:
    return decode(EncodedEntry(row.seq, row.header, row.leaf, row.disclosures, row.sealed))
