"""Verification of a log file from its first entry to its newest: read-only, in pages, on all processors when long.

The entries are split into segments. Each process opens the file itself and checks some of them; this one merges them
in order, so that its memory does not grow with the log.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.errors import StoreUnusable
from kiosk.log.log import kiosk_errors
from kiosk.record.entries import Altered, decode
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.request import content_of
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, verifier_key
from kiosk.record.verification.result import Result, merge, wanted_sizes
from kiosk.record.verification.segment import SEGMENT, AuthorityEntry, Problem, Segment, check
from kiosk.system.processors import Processors

if TYPE_CHECKING:
    from db.reader import Reader
    from db.rows import Page

Progress = Callable[[int], None]
"""Called repeatedly with the number of entries checked since the last call."""

LONG: Final = 2 * SEGMENT
"""Minimum number of entries for more than one process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One segment to check: entries `first` up to `end` (exclusive), with the log's key and the sizes to mark."""

    first: int
    end: int
    key: VerifierKey | None
    asked: frozenset[int]


@dataclass(frozen=True, slots=True)
class FileJob:
    """The check of the file itself: its pages, tables and indexes."""


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
        jobs = [Job(start, min(start + SEGMENT, outline.size), key, sizes) for start in starts]
        authority, broken = list[AuthorityEntry](), list[Problem]()

        def segments() -> Generator[Segment, None, None]:
            checked: Iterator[Segment] = (_segment(reader, job, progress) for job in jobs)
            if jobs and outline.size >= LONG:
                checked = _on_all_processors(reader, path, alone, jobs, progress, broken)
            else:
                broken.extend(_file_problems(path, alone=alone))
            for segment in checked:
                authority.extend(segment.authority)
                yield segment

        with closing(segments()) as checked:
            result = merge(reader.origin, key, outline, checked, sizes)
        return replace(result, problems=(*result.problems, *_other_contents(reader, authority), *broken))


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


def _other_contents(reader: Reader, entries: Iterable[AuthorityEntry]) -> Iterator[Problem]:
    """Yield a problem for each destroyed record whose entries were not the authorized ones.

    The entry of a destruction has the hash that its authorization names (`authority`). For a record that was opened in
    a previous log, only `kiosk log retention destroy` compares it, because not all of its entries are here.
    """
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


def _done(reader: Reader, path: Path, alone: bool, job: Job | FileJob) -> Segment | list[Problem]:
    """Do a job: return a segment, or the problems of the file."""
    if isinstance(job, FileJob):
        return _file_problems(path, alone=alone)
    with kiosk_errors():
        return _segment(reader, job)


@contextmanager
def _opened(path: Path, alone: bool) -> Iterator[Callable[[Job | FileJob], Segment | list[Problem]]]:
    """Open the log in another process, and provide the function that does a job."""
    with open_log(path, alone=alone) as reader:
        yield partial(_done, reader, path, alone)


def _on_all_processors(
    reader: Reader, path: Path, alone: bool, jobs: Sequence[Job], progress: Progress, broken: list[Problem]
) -> Iterator[Segment]:
    """Yield the segments in order, as other processes check them; add the problems of the file to `broken`."""
    here = partial(_done, reader, path, alone)
    with Processors(partial(_opened, path, alone), here) as processors:
        file = processors.begin(FileJob())
        for found in processors.in_order(jobs):
            if isinstance(found, Segment):
                progress(found.end - found.first)
                yield found
        problems = processors.result(file)
        broken += problems if isinstance(problems, list) else ()
