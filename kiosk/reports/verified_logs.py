"""Verify every log of a home, and prepare the facts for the report on each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.errors import KioskError, StoreUnusable
from kiosk.log import verify
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.log import require_log
from kiosk.log.signing_key import read_signer, remembered
from kiosk.record.entries import LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.verification.checkpoint_match import OutsideCopy
from kiosk.record.verification.comparison import Comparison, compare, describe
from kiosk.record.verification.result import Result
from kiosk.record.verification.segment import Problem
from kiosk.record.verification.succession import cited
from kiosk.reports.verification import CitedLog, LogReport, issued_checkpoint
from kiosk.settings import Home, Mode

if TYPE_CHECKING:
    from db.store import Reader


class Progress(Protocol):
    """The progress of a check."""

    def show(self, done: int, total: int) -> None:
        """Show that `done` entries of `total` are checked."""

    def end(self) -> None:
        """Remove the progress from the screen."""


def verified_file(path: Path, title: str, copies: Sequence[OutsideCopy], bar: Callable[[str], Progress]) -> LogReport:
    """Verify one file, a copy or backup of a log, without writing to it. Raises StoreUnusable."""
    return _checked(path, title, copies, bar, alone=True)


def verified_logs(
    home: Home, mode: Mode, copies: Sequence[OutsideCopy], left_out: list[str], bar: Callable[[str], Progress]
) -> Iterator[LogReport]:
    """Verify the log of the mode, then the log that it replaced, and so on; then all other archived logs.

    left_out: receives a sentence for each previous log that can't be read.
    """
    require_log(home, mode)
    path = home.log(mode)
    known = remembered(home, mode)  # read first, because a running kiosk may sign more meanwhile
    left = archived_files(home, mode)
    log = _checked(path, f"The {mode} log", copies, bar, [known.size] if known else [])
    yield _with_key_compared(_with_newest_compared(log, known, mode), home, mode)
    while left:
        wanted = archived_file(home, mode, log.before.origin) if log.before else None
        asked = [log.before.size] if log.before and wanted in left else []
        file = wanted if wanted in left and wanted is not None else left[0]
        left.remove(file)
        try:
            log = _checked(file, "A previous log", copies, bar, asked)
        except StoreUnusable as error:
            left_out.append(f"{file.name}: {error.what}")
        else:
            yield log


def _checked(
    path: Path,
    title: str,
    copies: Sequence[OutsideCopy],
    bar: Callable[[str], Progress],
    asked: Iterable[int] = (),
    *,
    alone: bool = False,
) -> LogReport:
    """Check one log and return its report. Raises StoreUnusable."""
    with verify.open_log(path, alone=alone) as log:
        origin, total = log.origin, log.size()
    sizes = {one.code.size for one in copies if one.is_of(origin)} | set(asked)
    progress, done = bar(f"Checking {total} entries"), 0

    def add(count: int) -> None:
        nonlocal done
        done += count
        progress.show(done, total)

    result = verify.check_log(path, asked=sizes, alone=alone, progress=add)
    progress.end()
    with verify.open_log(path, alone=alone) as log:
        return _report(log, title, result, sizes)


def _report(log: Reader, title: str, result: Result, sizes: Iterable[int]) -> LogReport:
    wanted = {1, result.size, result.signed, *sizes}
    rows = {size: next(iter(log.entries(after=size - 2, limit=1)), None) for size in wanted if size > 0}
    entries = {size: one for size, row in rows.items() if row is not None and (one := decoded_or_none(row)) is not None}
    times = {size: one.at for size, one in entries.items()}
    issued = tuple(
        issued_checkpoint(one)
        for row in log.of_kind(EntryKind.CHECKPOINT_ISSUED)
        if (one := decoded_or_none(row)) is not None
    )
    first = entries[1] if 1 in entries and entries[1].kind == EntryKind.LOG_STARTED else None
    before = _before(first) if first else None
    other_states = tuple(_other_states(first, before)) if first else ()
    return LogReport(
        title, result, times.get(1), times.get(result.size), times, issued, before, cited(first), other_states
    )


def _before(kept: LoggedEntry) -> CitedLog | None:
    said = kept.body.get("before", {})
    try:
        size, root = said["size"], base64.b64decode(said["root"], validate=True)
        counts = type(size) is int and 0 <= size < 2**53
        return CitedLog(str(kept.body["reason"]), str(said["origin"]), size, root) if counts else None
    except (KeyError, TypeError, binascii.Error, ValueError):
        return None


def _other_states(kept: LoggedEntry, before: CitedLog | None) -> Iterator[CitedLog]:
    """Return the other logs that the entry cites, without the replaced log: entries newer than a backup may be lost."""
    said = kept.body.get("other_states", [])
    for state in said if isinstance(said, list | tuple) else ():
        one = _before(replace(kept, body={**kept.body, "before": state}))
        if one is not None and (before is None or one.origin != before.origin):
            yield one


def _with_key_compared(log: LogReport, home: Home, mode: Mode) -> LogReport:
    """Add a problem to a log whose key is not this kiosk's own. With another key, a changed log can be signed again."""
    if log.result.key is None:
        return log
    try:
        public = read_signer(home, mode).public
    except KioskError:
        return log
    if public == log.result.key:
        return log
    words = "The key that the log names is not this kiosk's log signing key: one of the two was replaced."
    return _with_problem(log, words)


def _with_problem(log: LogReport, words: str) -> LogReport:
    result = replace(log.result, problems=(Problem(None, words), *log.result.problems))
    return replace(log, result=result)


def _with_newest_compared(log: LogReport, known: Checkpoint | None, mode: Mode) -> LogReport:
    """Add a problem to a log that does not continue the checkpoint that this kiosk remembers."""
    result = log.result
    now = Checkpoint(result.origin, result.size, result.roots.get(result.size, b""))
    how = Comparison.CONTINUES if known is None else compare(now, known, result.roots.get)
    if known is None or how is Comparison.CONTINUES:
        return log
    problem = Problem(None, describe(mode, how, now, known))
    return replace(log, result=replace(result, problems=(*result.problems, problem)))
