"""Verification of a log file from its first entry to its newest: read-only, in pages, on all processors when long.

The entries are split into segments. Each process opens the file itself and checks some of them.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import StoreUnusable
from kiosk.log.log import kiosk_errors
from kiosk.record.entries import Altered, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.request import content_of
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verifier_key
from kiosk.record.verification.result import Result, merge, wanted_sizes
from kiosk.record.verification.segment import SEGMENT, Problem, Segment, check

if TYPE_CHECKING:
    from db.reader import Reader
    from db.rows import Page

Progress = Callable[[int], None]
"""Called repeatedly with the number of entries checked since the last call."""

LONG: Final = 2 * SEGMENT
"""Minimum number of entries for more than one process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One segment to check: entries `first` up to `end` (exclusive), with the arguments of `check_log`."""

    first: int
    end: int
    key: VerifierKey | None
    asked: frozenset[int]
    alone: bool


def check_log(
    path: Path, *, asked: Iterable[int] = (), alone: bool = False, progress: Progress = lambda _done: None
) -> Result:
    """Check the log at `path` and return the result.

    asked: sizes at which the root hash is wanted. alone: no other process writes the file.
    Raises StoreUnusable when the file can't be read.
    """
    with open_log(path, alone=alone) as reader, kiosk_errors():
        key = _key(reader)
        outline = reader.outline()
        sizes = wanted_sizes(outline, asked)
        starts = range(0, outline.size, SEGMENT)
        jobs = [Job(start, min(start + SEGMENT, outline.size), key, sizes, alone) for start in starts]
        found, broken = list[Segment](), None
        if jobs and outline.size >= LONG:
            found, broken = _on_all_processors(path, jobs, progress)
        done = {segment.first for segment in found}
        found += [_segment(reader, job, progress) for job in jobs if job.first not in done]
        broken = _file_problems(path, alone=alone) if broken is None else broken
        result = merge(reader.origin, key, outline, sorted(found, key=lambda segment: segment.first))
        return replace(result, problems=(*result.problems, *_other_contents(reader, found), *broken))


@contextmanager
def open_log(path: Path, *, alone: bool = False) -> Iterator[Reader]:
    """Open the log at `path` for reading; `alone`: no other process writes it. Raises StoreUnusable."""
    if not path.exists():
        raise StoreUnusable(f"There is no log at {path}.", "Correct the file name.")
    from db.store import Reader  # noqa: PLC0415 - sqlalchemy, only for log commands

    with kiosk_errors(), Reader.open(path, alone=alone) as reader:
        yield reader


def _key(reader: Reader) -> VerifierKey | None:
    """Return the key stored in the log; None when it is invalid."""
    with suppress(BadNote):
        return verifier_key(reader.log_vkey)
    return None


def _file_problems(path: Path, *, alone: bool) -> list[Problem]:
    try:
        with open_log(path, alone=alone) as reader, kiosk_errors():
            reader.require_schema()
    except StoreUnusable as error:
        return [Problem(None, error.what)]
    try:
        with open_log(path, alone=alone) as reader, kiosk_errors():
            reader.require_intact_file()
    except StoreUnusable:
        words = "The file is damaged, or its tables were changed: searches may not match the recorded entries."
        return [Problem(None, words)]
    return []


def _other_contents(reader: Reader, segments: Iterable[Segment]) -> Iterator[Problem]:
    """Yield a problem for each destroyed record whose entries were not the authorized ones.

    The entry of a destruction has the hash that its authorization names (`authority`). For a record that was opened in
    a previous log, only `kiosk log retention destroy` compares it, because not all of its entries are here.
    """
    entries = (entry for segment in segments for entry in segment.authority)
    for entry in sorted((one for one in entries if one.kind == EntryKind.RECORD_DESTROYED), key=lambda one: one.seq):
        rows = [row for row in reader.entries(entry.about) if row.seq < entry.seq]
        with suppress(Altered):  # reported as such
            opened = rows and decode(rows[0]).kind == EntryKind.ENCOUNTER_OPENED
            if opened and content_of(rows) != entry.values.get("content"):
                words = f"Entry {entry.seq} destroyed details of a record that has other entries than were authorized."
                yield Problem(entry.seq, words)


def _segment(reader: Reader, job: Job, progress: Progress = lambda _done: None) -> Segment:
    def pages() -> Iterator[Page]:
        for page in reader.pages(job.first, job.end):
            yield page
            progress(len(page.entries))

    return check(pages(), reader.origin, job.first, job.end, key=job.key, asked=job.asked)


def _check_in_process(path: Path, job: Job) -> Segment:
    """Check one segment in a separate process."""
    with open_log(path, alone=job.alone) as reader, kiosk_errors():
        return _segment(reader, job)


def _on_all_processors(
    path: Path, jobs: Sequence[Job], progress: Progress
) -> tuple[list[Segment], list[Problem] | None]:
    """Return the segments that other processes checked, and the file's problems; None when processes failed."""
    found, broken = list[Segment](), None
    # A computer can lack shared memory (/dev/shm) or memory for more processes. An error of the file itself also
    # occurs in this process, which reports it.
    lacking = (OSError, NotImplementedError, BrokenProcessPool)
    # Spawn, don't fork: a forked process would share the file's locks and release them at its end.
    context = get_context("spawn")
    with suppress(*lacking), ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context) as pool:
        try:
            with _interrupts_blocked():
                file = pool.submit(_file_problems, path, alone=jobs[0].alone)
                tasks = [pool.submit(_check_in_process, path, job) for job in jobs]
            for task in as_completed(tasks):
                found.append(task.result())
                progress(found[-1].end - found[-1].first)
            broken = file.result()
        except KeyboardInterrupt:
            for process in active_children():
                process.terminate()
            raise
    return found, broken


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl+C for a moment. A process that is started meanwhile never gets it; this one gets it afterwards."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
