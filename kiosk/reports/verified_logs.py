"""Verify every log of a home, and prepare the facts for the report on each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.errors import KioskError, StoreUnusable
from kiosk.log import verify
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.signing_key import read_signer, remembered
from kiosk.record.entries import EncodedEntry, LoggedEntry, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.verification.checkpoint_match import Seen
from kiosk.record.verification.comparison import Comparison, compare, describe
from kiosk.record.verification.result import Result
from kiosk.record.verification.segment import Problem
from kiosk.record.verification.succession import cited
from kiosk.reports.verification import Before, Issued, LogTold
from kiosk.settings import Home, Mode

if TYPE_CHECKING:
    from db.store import Reader, Row


class Progress(Protocol):
    """The progress of a check."""

    def tell(self, done: int, total: int) -> None:
        """Show that `done` entries of `total` are checked."""

    def end(self) -> None:
        """Remove the progress from the screen."""


def verified_file(path: Path, title: str, seen: Sequence[Seen], bar: Callable[[str], Progress]) -> LogTold:
    """Verify one file, a copy or backup of a log, without writing to it. Raises StoreUnusable."""
    return _checked(path, title, seen, bar, alone=True)


def verified_logs(
    home: Home, mode: Mode, seen: Sequence[Seen], left_out: list[str], bar: Callable[[str], Progress]
) -> Iterator[LogTold]:
    """Verify the log of the mode, then the one it replaced, and so on; then all other archived logs.

    left_out: gets a sentence for each previous log that can't be read.
    """
    path = home.log(mode)
    if not path.exists():
        raise StoreUnusable(f"There is no {mode} log in {home.path} yet.", "The first record makes it.")
    known = remembered(home, mode)  # first: a kiosk that is writing may sign more meanwhile
    left = archived_files(home, mode)
    log = _checked(path, f"The {mode} log", seen, bar, [known.size] if known else [])
    yield _with_key_compared(_with_newest_compared(log, known, mode), home, mode)
    while left:
        wanted = archived_file(home, mode, log.before.origin) if log.before else None
        asked = [log.before.size] if log.before and wanted in left else []
        file = wanted if wanted in left and wanted is not None else left[0]
        left.remove(file)
        try:
            log = _checked(file, "A previous log", seen, bar, asked)
        except StoreUnusable as error:
            left_out.append(f"{file.name}: {error.what}")
        else:
            yield log


def _checked(
    path: Path,
    title: str,
    seen: Sequence[Seen],
    bar: Callable[[str], Progress],
    asked: Iterable[int] = (),
    *,
    alone: bool = False,
) -> LogTold:
    """Check one log and return the facts about it. Raises StoreUnusable."""
    with verify.opened(path, alone=alone) as log:
        origin, total = log.origin, log.size()
    sizes = {one.receipt.size for one in seen if one.is_of(origin)} | set(asked)
    shown, done = bar(f"Checking {total} entries"), 0

    def more(count: int) -> None:
        nonlocal done
        done += count
        shown.tell(done, total)

    verdict = verify.check_log(path, asked=sizes, alone=alone, progress=more)
    shown.end()
    with verify.opened(path, alone=alone) as log:
        return _told(log, title, verdict, sizes)


def _told(log: Reader, title: str, verdict: Result, sizes: Iterable[int]) -> LogTold:
    wanted = {1, verdict.size, verdict.signed, *sizes}
    rows = {size: next(iter(log.entries(after=size - 2, limit=1)), None) for size in wanted if size > 0}
    kept = {size: one for size, row in rows.items() if row is not None and (one := _kept(row)) is not None}
    times = {size: one.at for size, one in kept.items()}
    heads = [one for row in log.of_kind(EntryKind.CHECKPOINT_ISSUED) if (one := _kept(row)) is not None]
    first = kept[1] if 1 in kept and kept[1].kind == EntryKind.LOG_STARTED else None
    before = _before(first) if first else None
    beside = tuple(_beside(first, before)) if first else ()
    issued = tuple(_issued(one) for one in heads)
    return LogTold(title, verdict, times.get(1), times.get(verdict.size), times, issued, before, cited(first), beside)


def _kept(row: Row) -> LoggedEntry | None:
    """Return the entry of a stored row; None if it was changed, which the result reports."""
    with suppress(StoreUnusable):
        return decode(EncodedEntry(row.seq, row.header, row.leaf, row.disclosures, row.sealed))
    return None


def _before(kept: LoggedEntry) -> Before | None:
    said = kept.body.get("before", {})
    try:
        size, root = said["size"], base64.b64decode(said["root"], validate=True)
        counts = type(size) is int and 0 <= size < 2**53
        return Before(str(kept.body["reason"]), str(said["origin"]), size, root) if counts else None
    except (KeyError, TypeError, binascii.Error, ValueError):
        return None


def _beside(kept: LoggedEntry, before: Before | None) -> Iterator[Before]:
    """Return the cited states of other logs, not of the one it replaced: entries newer than a backup are known lost."""
    said = kept.body.get("beside", [])
    for state in said if isinstance(said, list | tuple) else ():
        one = _before(replace(kept, body={**kept.body, "before": state}))
        if one is not None and (before is None or one.origin != before.origin):
            yield one


def _issued(kept: LoggedEntry) -> Issued:
    size = kept.body.get("size", 0)
    return Issued(str(kept.body.get("for", "(withheld)")), size if isinstance(size, int) else 0, kept.at)


def _with_key_compared(log: LogTold, home: Home, mode: Mode) -> LogTold:
    """Report a log whose key is not this kiosk's own: with a replaced key, someone could sign a changed log again."""
    if log.verdict.key is None:
        return log
    try:
        public = read_signer(home, mode).public
    except KioskError:
        return log
    if public == log.verdict.key:
        return log
    words = "The key that the log names is not this kiosk's log signing key: one of the two was replaced."
    return _with_problem(log, words)


def _with_problem(log: LogTold, words: str) -> LogTold:
    verdict = replace(log.verdict, problems=(Problem(None, words), *log.verdict.problems))
    return replace(log, verdict=verdict)


def _with_newest_compared(log: LogTold, known: Checkpoint | None, mode: Mode) -> LogTold:
    """Report a log that does not continue the checkpoint that this kiosk signed last and stored with its key."""
    verdict = log.verdict
    now = Checkpoint(verdict.origin, verdict.size, verdict.roots.get(verdict.size, b""))
    how = Comparison.CONTINUES if known is None else compare(now, known, verdict.roots.get)
    if known is None or how is Comparison.CONTINUES:
        return log
    problem = Problem(None, describe(mode, how, now, known))
    return replace(log, verdict=replace(verdict, problems=(*verdict.problems, problem)))
