"""Beginning a new log in the place of the one there is, when that can't be gone on with: a person decided so.

The old log lies among the earlier ones afterwards, as it was; the new one's first entry cites it, and numbers go on.
A log that was put back from a backup is never gone on with either: it is laid among the earlier ones, and cited.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import StoreUnusable
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.create import ORIGIN, fresh_signer, kiosk_errors, locked, make
from kiosk.log.log import LogOnDisk, open_at
from kiosk.log.signing_key import read_signer, remembered
from kiosk.log.swap import HEAD, KEY, LOG, RESTORED, RETIRED, drafting, finish
from kiosk.record.entries import Entry
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.verification.succession import Past, State, began_entry, joined, past_of
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock
from kiosk.system.files import remove, save_file

if TYPE_CHECKING:
    from db.disk.lock import WriterLock


def replace_log(
    home: Home,
    mode: Mode,
    clock: Clock,
    reason: str,
    *,
    by: str,
    put: Sequence[Path] = (),
    environ: Mapping[str, str] = os.environ,
) -> Past:
    """Set the mode's log aside and begin a new one, which cites it. Gives back what goes on from it.

    reason: why, in one word, as `LogMustBeReplaced` has it. by: who decided it, `desk` or a command's name.
    put: logs of a backup to lay among the earlier ones, all of them sound; the first of them is then what is cited.
    However it is cut off, the old log is still in its place, or the new one is put there when a log is opened next.
    Raises StoreUnusable, also while a kiosk has the log open; Refused when systemd hands in a key that is in use.
    """
    with locked(home, mode) as lock, ExitStack() as opened:
        finish(home, mode)
        _settle(home.log(mode), lock)
        there = _Before(home, mode, put, opened)
        signer, line = fresh_signer(mode, environ, there.names)
        with drafting(home, mode) as draft:
            head = make(draft / LOG, signer, clock.now(), there.entry(reason, by))
            remove(draft / f"{LOG}.lock")
            _lay(draft, {KEY: line, HEAD: head.note, RETIRED: there.aside_name})
            _copy(there.put, draft / RESTORED, home, mode)
        opened.close()  # whoever reads a file keeps others beside it, which are moved next
        finish(home, mode)
        return there.past


def _lay(draft: Path, files: Mapping[str, str]) -> None:
    for name, words in files.items():
        if words:  # no key, when systemd hands it in
            save_file(draft / name, words.encode("utf-8"))


def _settle(log: Path, lock: WriterLock) -> None:
    from db.copy import settle  # noqa: PLC0415 - sqlalchemy, only here

    # A file that does not read is not touched at all: what lies beside it may hold what it has lost, and goes with it.
    with suppress(StoreUnusable):
        open_at(log).close()
        with kiosk_errors():
            settle(log, lock)


def _copy(logs: Sequence[tuple[Path, LogOnDisk]], folder: Path, home: Home, mode: Mode) -> None:
    from db.copy import copied  # noqa: PLC0415 - sqlalchemy, only here

    for path, log in logs:
        with kiosk_errors():
            copied(path, folder / archived_file(home, mode, log.origin).name)


class _Before:
    """Every log there is, as far as it can be read, and what they tell together."""

    def __init__(self, home: Home, mode: Mode, put: Sequence[Path], opened: ExitStack) -> None:
        """put: files of a backup, which must read. opened: closes what is opened here. Raises StoreUnusable."""
        self._home, self._mode = home, mode
        self.put = [(path, _opened(path, opened)) for path in put]
        self._now = _try_to_open(home.log(mode), opened)
        earlier = (_try_to_open(path, opened) for path in archived_files(home, mode))
        self._known = remembered(home, mode)
        self._logs = [log for log in (*(log for _, log in self.put), self._now, *earlier) if log is not None]
        self.past = self._past()

    @property
    def names(self) -> set[str]:
        """The names of all of them."""
        known = {self._known.origin} if self._known else set()
        return {log.origin for log in self._logs} | known

    @property
    def aside_name(self) -> str:
        """The name that the present log gets among the earlier ones; a new one when nobody can tell its own."""
        return archived_file(self._home, self._mode, self._present().origin or f"{ORIGIN}{uuid.uuid4()}").name

    def entry(self, reason: str, by: str) -> Entry:
        """The new log's first entry."""
        before = _state(self.put[0][1]) if self.put else self._present()
        beside = [state for state in (self._present(), _known_state(self._known)) if state not in {before, State()}]
        return began_entry(reason, before, self.past, by=by, beside=list(dict.fromkeys(beside)))

    def _present(self) -> State:
        """What is known of the log that stood there last: from itself, from beside the key, from the key's name."""
        state = _state(self._now) if self._now else _known_state(self._known)
        if state.origin is None:
            with suppress(StoreUnusable):
                return State(read_signer(self._home, self._mode, {}).public.name)
        return state

    def _past(self) -> Past:
        past = joined(self._pasts())
        known = self._known
        if known is None:
            return past
        # Of entries that were signed and are not here, each may have opened an encounter: no number is given twice.
        here = max((_size(log) for log in self._logs if log.origin == known.origin), default=0)
        return Past(past.numbered + max(0, known.size - here), past.packs, past.unclosed)

    def _pasts(self) -> Iterator[Past]:
        closing = {log.origin for log in (*(log for _, log in self.put), self._now) if log is not None}
        for log in self._logs:
            with suppress(StoreUnusable):
                past = past_of(log)
                # What was left open in a log before these was told when that one ended.
                yield past if log.origin in closing else Past(past.numbered, past.packs)


def _opened(path: Path, opened: ExitStack) -> LogOnDisk:
    log = open_at(path)
    opened.callback(log.close)
    return log


def _try_to_open(path: Path, opened: ExitStack) -> LogOnDisk | None:
    try:
        return _opened(path, opened)
    except StoreUnusable:
        return None


def _state(log: LogOnDisk) -> State:
    with suppress(StoreUnusable):
        head = log.head()
        return State(head.origin, head.size, head.root)
    return State(log.origin)


def _known_state(known: Checkpoint | None) -> State:
    return State(known.origin, known.size, known.root) if known else State()


def _size(log: LogOnDisk) -> int:
    with suppress(StoreUnusable):
        return log.size()
    return 0
