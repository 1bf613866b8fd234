"""Verify every log of a home, and prepare the facts for the report on each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import StoreUnusable
from kiosk.log import verify
from kiosk.log.archive import archived_file, archived_files, is_named, unread_copies
from kiosk.log.backup_check import contains, verified_checkpoint
from kiosk.log.log import require_log
from kiosk.log.signing_key import checkpoint_loss, remembered
from kiosk.record.entries import LoggedEntry, decoded_or_none
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verifier_key
from kiosk.record.verification.checkpoint_match import OutsideCopy
from kiosk.record.verification.comparison import Comparison, compare, describe
from kiosk.record.verification.result import Result
from kiosk.record.verification.segment import Problem
from kiosk.record.verification.succession import acknowledges, cited, cited_keys, unacknowledged_losses
from kiosk.reports.audit_trail import sentence
from kiosk.reports.key_sources import OwnKeys, current, elsewhere, own_keys, previous, unseen
from kiosk.reports.verification import CitedLog, LogReport, issued_checkpoint
from kiosk.settings import Home, Mode
from kiosk.system.progress import NewProgress

if TYPE_CHECKING:
    from db.store import Reader


def verified_file(
    path: Path,
    title: str,
    copies: Sequence[OutsideCopy],
    keys: OwnKeys,
    bar: NewProgress,
    states_of: Callable[[str], Iterable[Checkpoint]] = lambda _id: (),
) -> LogReport:
    """Verify one file, a copy or backup of a log, without writing to it. Raises StoreUnusable.

    states_of: returns the known states of the log with an ID; the file must have the same entries up to each that it
    reaches.
    """
    with verify.open_log(path, alone=True) as opened:
        states = list(states_of(opened.origin))
    log = elsewhere(_checked(path, title, copies, bar, [state.size for state in states], alone=True), keys)
    roots = log.result.roots
    forked = [state.size for state in states if roots.get(state.size, state.root) != state.root]
    words = (f"The log of this ID that is here has other entries among its first {size}." for size in forked)
    return _with_problems(log, words)


def verified_logs(
    home: Home,
    mode: Mode,
    copies: Sequence[OutsideCopy],
    given: Sequence[VerifierKey],
    left_out: list[str],
    bar: NewProgress,
) -> Iterator[LogReport]:
    """Verify the log of the mode, then the log that it replaced, and so on; then all other archived logs.

    given: public keys from outside. left_out: receives a sentence for each previous log that can't be read.
    """
    require_log(home, mode)
    path = home.log(mode)
    known = remembered(home, mode, _key_in(path))  # read first, because a running kiosk may sign more meanwhile
    left = archived_files(home, mode)
    keys = own_keys(home, mode, given, filter(None, map(_key_in, left)))
    log = now = _in_use(
        home,
        mode,
        keys,
        known,
        _checked(path, f"The {mode} log", copies, bar, [known.size] if known else []),
    )
    yield _with_copies_compared(home, mode, path, now, left_out)
    while left:
        wanted = archived_file(home, mode, log.before.origin) if log.before else None
        asked = [log.before.size] if log.before and wanted in left else []
        file = wanted if wanted in left and wanted is not None else left[0]
        left.remove(file)
        try:
            log = previous(_checked(file, "A previous log", copies, bar, asked), now, keys)
        except StoreUnusable as error:
            left_out.append(f"{file.name}: {error.what}")
        else:
            yield _with_copies_compared(home, mode, file, log, left_out)


def _with_copies_compared(home: Home, mode: Mode, file: Path, log: LogReport, left_out: list[str]) -> LogReport:
    """Add a problem for each further copy of this log that is neither a beginning of it nor continues it."""
    words, result = [], log.result
    now = Checkpoint(result.origin, result.size, result.roots.get(result.size, b""))
    for copy in unread_copies(home, mode):
        if not is_named(home, mode, copy, result.origin):
            continue
        try:
            state = verified_checkpoint(copy)
        except StoreUnusable as error:
            left_out.append(f"{copy.name}: {error.what}")
            continue
        if not (contains(file, state) or contains(copy, now)):
            words.append(f"{copy} is another copy of this log, and it has other entries.")
    return _with_problems(log, words)


def _key_in(path: Path) -> VerifierKey | None:
    """Return the public key that the log in this file names; None when it can't be read."""
    with suppress(StoreUnusable, BadNote), verify.open_log(path) as log:
        return verifier_key(log.log_vkey)
    return None


def _in_use(home: Home, mode: Mode, keys: OwnKeys, known: Checkpoint | None, log: LogReport) -> LogReport:
    """Compare the log in use with the checkpoint that this kiosk remembers, its keys and its other logs."""
    log = current(_with_newest_compared(log, known, mode), keys)
    key, lost = log.result.key, []
    if log.result.size and key is not None and (loss := checkpoint_loss(home, mode, key)) is not None:
        lost.append(loss.sentence)
    here = {log.result.origin}
    return _with_problems(log, [*lost, *unseen(home, mode, keys, here)])


def _checked(
    path: Path,
    title: str,
    copies: Sequence[OutsideCopy],
    bar: NewProgress,
    asked: Iterable[int] = (),
    *,
    alone: bool = False,
) -> LogReport:
    """Check one log and return its report. Raises StoreUnusable."""
    with verify.open_log(path, alone=alone) as log:
        origin, total = log.origin, log.size()
    sizes = {one.code.size for one in copies if one.is_of(origin)} | set(asked)
    done = 0
    with bar(f"Checking {total} entries") as progress:

        def add(count: int) -> None:
            nonlocal done
            done += count
            progress.show(done, total)

        result = verify.check_log(path, asked=sizes, alone=alone, progress=add)
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
        title,
        result,
        first=times.get(1),
        last=times.get(result.size),
        times=times,
        issued=issued,
        before=before,
        cites=cited(first),
        cited_keys=cited_keys(first),
        losses=tuple(map(_lost, unacknowledged_losses(log))),
        acknowledges=acknowledges(log),
        other_states=other_states,
    )


def _lost(kept: LoggedEntry) -> str:
    repair = "Compare an outside copy, then confirm with `kiosk log history --acknowledge`."
    return f"Entry {kept.seq}: {sentence(kept)} {repair}"


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


def _with_problems(log: LogReport, words: Iterable[str]) -> LogReport:
    problems = (*log.result.problems, *(Problem(None, one) for one in words))
    return replace(log, result=replace(log.result, problems=problems))


def _with_newest_compared(log: LogReport, known: Checkpoint | None, mode: Mode) -> LogReport:
    """Add a problem to a log that does not continue the checkpoint that this kiosk remembers."""
    result = log.result
    now = Checkpoint(result.origin, result.size, result.roots.get(result.size, b""))
    how = Comparison.CONTINUES if known is None else compare(now, known, result.roots.get)
    if known is None or how is Comparison.CONTINUES:
        return log
    return _with_problems(log, [describe(mode, how, now, known)])
