"""Checks a log's file from its first entry to its newest: read only, page by page, on all processors when it is long.

The whole is as good as its stretches, so each process opens the file by itself and checks some of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import StoreUnusable
from kiosk.log.log import kiosk_errors
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verifier_key
from kiosk.record.verification.segment import STRETCH, Stretch, Trouble, check
from kiosk.record.verification.verdict import Verdict, asked_of, joined

if TYPE_CHECKING:
    from db.reader import Reader
    from db.rows import Page

Progress = Callable[[int], None]
"""Told now and then how many more entries are done."""

LONG: Final = 2 * STRETCH
"""From this many entries on more than one process is worth its start."""


@dataclass(frozen=True, slots=True)
class Job:
    """One stretch to check: from which entry to before which, and for the rest what `check_log` was given."""

    first: int
    end: int
    key: VerifierKey | None
    asked: frozenset[int]
    alone: bool


def check_log(
    path: Path, *, asked: Iterable[int] = (), alone: bool = False, progress: Progress = lambda _done: None
) -> Verdict:
    """What is proven of the log at `path`. asked: sizes at which its root is wanted. alone: nobody writes that file.

    Raises StoreUnusable when the file can't be read at all.
    """
    with opened(path, alone=alone) as reader, kiosk_errors():
        key = _key(reader)
        outline = reader.outline()
        sizes = asked_of(outline, asked)
        starts = range(0, outline.size, STRETCH)
        jobs = [Job(start, min(start + STRETCH, outline.size), key, sizes, alone) for start in starts]
        found, broken = list[Stretch](), None
        if jobs and outline.size >= LONG:
            found, broken = _on_all_processors(path, jobs, progress)
        done = {stretch.first for stretch in found}
        found += [_stretch(reader, job, progress) for job in jobs if job.first not in done]
        broken = _of_file(path, alone=alone) if broken is None else broken
        verdict = joined(reader.origin, key, outline, sorted(found, key=lambda stretch: stretch.first))
        return replace(verdict, troubles=(*verdict.troubles, *broken))


@contextmanager
def opened(path: Path, *, alone: bool = False) -> Iterator[Reader]:
    """The log at `path` for reading; `alone`: nobody writes that file. Raises StoreUnusable."""
    if not path.exists():
        raise StoreUnusable(f"There is no log at {path}.", "Correct the name of the file.")
    from db.store import Reader  # noqa: PLC0415 - sqlalchemy, only for log commands

    with kiosk_errors(), Reader.open(path, alone=alone) as reader:
        yield reader


def _key(reader: Reader) -> VerifierKey | None:
    """The key that the log names; None for what is no key."""
    with suppress(BadNote):
        return verifier_key(reader.log_vkey)
    return None


def _of_file(path: Path, *, alone: bool) -> list[Trouble]:
    try:
        with opened(path, alone=alone) as reader, kiosk_errors():
            reader.require_sound_file()
    except StoreUnusable:
        words = "The file itself is damaged, or its tables were changed: what is searched may not be what was sealed."
        return [Trouble(None, words)]
    return []


def _stretch(reader: Reader, job: Job, progress: Progress = lambda _done: None) -> Stretch:
    def pages() -> Iterator[Page]:
        for page in reader.pages(job.first, job.end):
            yield page
            progress(len(page.entries))

    return check(pages(), reader.origin, job.first, job.end, key=job.key, asked=job.asked)


def _apart(path: Path, job: Job) -> Stretch:
    """One stretch, in a process of its own."""
    with opened(path, alone=job.alone) as reader, kiosk_errors():
        return _stretch(reader, job)


def _on_all_processors(
    path: Path, jobs: Sequence[Job], progress: Progress
) -> tuple[list[Stretch], list[Trouble] | None]:
    """What other processes checked: everything where they can be had, else what they got to, and None."""
    found, broken = list[Stretch](), None
    # A computer can lack what processes share (/dev/shm), or the room for more of them. What a file refuses them, it
    # refuses this process too, which says so.
    lacking = (OSError, NotImplementedError, BrokenProcessPool)
    # Started afresh: a copy of this process would hold the file's locks as its own and drop them at its end.
    context = get_context("spawn")
    with suppress(*lacking), ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=context) as pool:
        file = pool.submit(_of_file, path, alone=jobs[0].alone)
        for task in as_completed([pool.submit(_apart, path, job) for job in jobs]):
            found.append(task.result())
            progress(found[-1].end - found[-1].first)
        broken = file.result()
    return found, broken
