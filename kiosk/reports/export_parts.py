"""An export of many records in parts, on all processors. The parts in order are the bytes that one process writes.

Each process opens the logs itself, and returns the text of some records at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from kiosk.log.archive import open_history
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import entries_of
from kiosk.record.disclosure.levels import Classes, classes_in
from kiosk.record.entries import decode
from kiosk.reports.formats import ExportFormat, Lines, records_of
from kiosk.settings import Home, Mode
from kiosk.system.processors import Processors

LINES: Final = frozenset({ExportFormat.JSONL, ExportFormat.CSV})
"""The formats whose records are independent of each other."""

MANY: Final = 4096
"""Minimum number of records for more than one process; with fewer, it takes longer to start one."""

_PART: Final = 128
"""Records in one part: a megabyte of text."""

Progress = Callable[[int, int], None]
"""Called with the number of records done, and of all."""

Part = tuple[str, ...]
"""The ids of the encounters in a part."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that another process needs to do a part. newest: of each log that is read, oldest first."""

    home: Home
    mode: Mode
    format: ExportFormat
    lines: Lines
    newest: tuple[str | None, ...]


def newest_of(log: LogOnDisk) -> tuple[str | None, ...]:
    """Return the id of the newest entry of each log; it says of another file whether it is a copy of this log."""
    return tuple(decode(last).event_id if (last := one.last()) else None for one in log.logs)


def parts(
    plan: Plan, log: LogOnDisk, classes: Classes, ids: Sequence[str], progress: Progress = lambda _done, _total: None
) -> Iterator[bytes]:
    """Yield the export of these encounters, part by part. log, classes: for the parts that this process does.

    Raises Altered or StoreUnusable in the place of the record.
    """
    done = 0
    with Processors(partial(_opened, plan), partial(_text, plan, log, classes)) as processors:
        for text in processors.in_order(_parts(ids)):
            if not done and plan.format is ExportFormat.CSV:
                yield plan.lines.head()  # after the first part, so that an altered log ends before anything is written
            yield text
            done = min(len(ids), done + _PART)
            progress(done, len(ids))


def _parts(ids: Iterable[str]) -> Iterator[Part]:
    rest = iter(ids)
    while part := tuple(islice(rest, _PART)):
        yield part


@contextmanager
def _opened(plan: Plan) -> Iterator[Callable[[Part], bytes]]:
    """Open the logs in another process, and provide the function that does a part."""
    with closing(open_history(plan.home, plan.mode)) as log:
        if not _has(log, plan.newest):
            raise OSError("The log was replaced.")  # the process that has the previous one open does the part
        yield partial(_text, plan, log, classes_in(log, plan.lines.label.staff_names, plan.lines.label.holds))


def _has(log: LogOnDisk, newest: tuple[str | None, ...]) -> bool:
    return len(log.logs) == len(newest) and all(
        last is None or one.number_of(last) is not None for one, last in zip(log.logs, newest, strict=True)
    )


def _text(plan: Plan, log: LogOnDisk, classes: Classes, part: Part) -> bytes:
    records = records_of(entries_of(log, part), plan.lines.label.level, classes, plan.lines.chosen)
    return b"".join(plan.lines.csv(records) if plan.format is ExportFormat.CSV else plan.lines.jsonl(records))
