"""Replacement of a log that can't be continued, after a person decided so.

The old log is archived unchanged. The first entry of the new log cites it, and record numbers continue. A log restored
from a backup is never continued either: it is archived and cited too.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import ReplaceReason, StoreUnusable
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.create import ORIGIN, fresh_signer, kiosk_errors, locked, make
from kiosk.log.log import LogOnDisk, open_at
from kiosk.log.signing_key import list_of, listed_keys, read_signer, remembered
from kiosk.log.swap import CHECKPOINT, KEY, KEYS, LOG, RESTORED, RETIRED, drafting, finish
from kiosk.record.entries import Entry
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.verification.succession import CarriedOver, LogState, carried_over, log_started, merge
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock
from kiosk.system.files import remove, save_file

if TYPE_CHECKING:
    from db.disk.lock import WriterLock


def replace_log(
    home: Home,
    mode: Mode,
    clock: Clock,
    reason: ReplaceReason,
    *,
    by: str,
    restored: Sequence[Path] = (),
    known: Sequence[VerifierKey] = (),
    environ: Mapping[str, str] = os.environ,
) -> CarriedOver:
    """Archive the mode's log and start a new one that cites it. Return what the new log carries over.

    reason: the reason code of `LogMustBeReplaced`. by: who decided, `desk` or a command's name.
    restored: intact logs of a backup to archive; the new log cites the first of them.
    known: public keys of restored logs that somebody compared with a copy from elsewhere.
    After an interruption, the old log is still in place, or the next opening finishes the replacement.
    Raises StoreUnusable, also while a kiosk has the log open; Refused when the key that systemd provides is in use.
    """
    with locked(home, mode) as lock, ExitStack() as opened:
        finish(home, mode)
        _empty_wal(home.log(mode), lock)
        previous = _Predecessors(home, mode, restored, opened)
        signer, line = fresh_signer(mode, environ, previous.names)
        with drafting(home, mode) as draft:
            keys = (*previous.keys, *known, signer.public)
            checkpoint = make(draft / LOG, signer, clock.now(), previous.entry(reason, by, keys))
            remove(draft / f"{LOG}.lock")
            files = {KEY: line, CHECKPOINT: checkpoint.note, KEYS: list_of(keys), RETIRED: previous.archive_name}
            _write_files(draft, files)
            _copy(previous.restored, draft / RESTORED, home, mode)
        opened.close()  # an open file has SQLite's other files next to it, which are moved next
        finish(home, mode)
        return previous.carried_over


def _write_files(draft: Path, files: Mapping[str, str]) -> None:
    for name, words in files.items():
        if words:  # no key file when systemd provides the key
            save_file(draft / name, words.encode("utf-8"))


def _empty_wal(log: Path, lock: WriterLock) -> None:
    from db.copy import empty_wal  # noqa: PLC0415 - sqlalchemy, only here

    # Leave an unreadable file alone: SQLite's files next to it may hold lost entries, and are moved with it.
    with suppress(StoreUnusable):
        open_at(log).close()
        with kiosk_errors():
            empty_wal(log, lock)


def _copy(logs: Sequence[tuple[Path, LogOnDisk]], folder: Path, home: Home, mode: Mode) -> None:
    from db.copy import copy_log  # noqa: PLC0415 - sqlalchemy, only here

    for path, log in logs:
        with kiosk_errors():
            copy_log(path, folder / archived_file(home, mode, log.origin).name)


class _Predecessors:
    """All existing readable logs, and what a new log carries over from them."""

    def __init__(self, home: Home, mode: Mode, restored: Sequence[Path], opened: ExitStack) -> None:
        """restored: readable log files of a backup. opened: closes the files opened here. Raises StoreUnusable."""
        self._home, self._mode = home, mode
        self.restored = [(path, _opened(path, opened)) for path in restored]
        self._now = _try_to_open(home.log(mode), opened)
        earlier = (_try_to_open(path, opened) for path in archived_files(home, mode))
        self._known = remembered(home, mode)
        self._logs = [log for log in (*(log for _, log in self.restored), self._now, *earlier) if log is not None]
        self.carried_over = self._all_carried_over()

    @property
    def names(self) -> set[str]:
        """The origins of all logs."""
        known = {self._known.origin} if self._known else set()
        return {log.origin for log in self._logs} | known

    @property
    def archive_name(self) -> str:
        """File name of the present log in the archive; a new UUID when its origin is unknown."""
        return archived_file(self._home, self._mode, self._present().origin or f"{ORIGIN}{uuid.uuid4()}").name

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """The keys in this kiosk's list; none when the list is missing or altered, so that nothing in it counts."""
        return listed_keys(self._home, self._mode)

    def entry(self, reason: ReplaceReason, by: str, keys: Iterable[VerifierKey]) -> Entry:
        """Return the new log's first entry, which cites these keys."""
        before = _state(self.restored[0][1]) if self.restored else self._present()
        others = [state for state in (self._present(), _known_state(self._known)) if state not in {before, LogState()}]
        states = list(dict.fromkeys(others))
        return log_started(reason, before, self.carried_over, by=by, other_states=states, keys=list(map(str, keys)))

    def _present(self) -> LogState:
        """Return the last known state of the present log: from itself, the remembered checkpoint, or the key's name."""
        state = _state(self._now) if self._now else _known_state(self._known)
        if state.origin is None:
            with suppress(StoreUnusable):
                return LogState(read_signer(self._home, self._mode, {}).public.name)
        return state

    def _all_carried_over(self) -> CarriedOver:
        past = merge(self._each_carried_over())
        known = self._known
        if known is None:
            return past
        # Each signed entry that is missing here may have opened a record, so skip that many record numbers.
        here = max((_size(log) for log in self._logs if log.origin == known.origin), default=0)
        return CarriedOver(past.numbered + max(0, known.size - here), past.packs, past.unfinished)

    def _each_carried_over(self) -> Iterator[CarriedOver]:
        closing = {log.origin for log in (*(log for _, log in self.restored), self._now) if log is not None}
        for log in self._logs:
            with suppress(StoreUnusable):
                past = carried_over(log)
                # Records left open in older logs were reported when those logs were replaced.
                yield past if log.origin in closing else CarriedOver(past.numbered, past.packs)


def _opened(path: Path, opened: ExitStack) -> LogOnDisk:
    log = open_at(path)
    opened.callback(log.close)
    return log


def _try_to_open(path: Path, opened: ExitStack) -> LogOnDisk | None:
    try:
        return _opened(path, opened)
    except StoreUnusable:
        return None


def _state(log: LogOnDisk) -> LogState:
    with suppress(StoreUnusable):
        checkpoint = log.newest_checkpoint()
        return LogState(checkpoint.origin, checkpoint.size, checkpoint.root)
    return LogState(log.origin)


def _known_state(known: Checkpoint | None) -> LogState:
    return LogState(known.origin, known.size, known.root) if known else LogState()


def _size(log: LogOnDisk) -> int:
    with suppress(StoreUnusable):
        return log.size()
    return 0
