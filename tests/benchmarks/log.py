"""The log of a million entries beside an empty one, and beside plain sqlite3. `python -m tests.benchmarks.log`.

Everything is a ratio of two things done in turn in the same run: the least of three, in time of the processor (an
answer: the median by the clock, as it waits for the disk). The first run makes the log, which takes three minutes.
`python -m tests.benchmarks.log ENTRIES ENCOUNTERS` takes a smaller one.
"""

from __future__ import annotations

import argparse
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import BinaryIO

from kiosk.app.bootstrap import desk_of
from kiosk.app.review import LogReview
from kiosk.commands.common.records import reading
from kiosk.log.log import LogOnDisk, ensure_log
from kiosk.log.record_search import find_record, newest_first, oldest_first
from kiosk.log.signing_key import key_file
from kiosk.log.verify import check_log
from kiosk.presentation.review import Shelf, Wanted
from kiosk.record.duties.open_duties import open_duties
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.export_request import Export, Request
from kiosk.reports.formats import ExportFormat
from kiosk.settings import Home, Settings
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import ALL_DAYS, DateRange
from tests.benchmarks.answering import answers
from tests.benchmarks.biglog import ENCOUNTERS, ENTRIES, big_home, copied
from tests.benchmarks.screen import usable_kiosk
from tests.benchmarks.verifying import read

TRIES = 3
STARTS = 7
ASKED = 100
PAGE = 50


def cpu(who: int = resource.RUSAGE_SELF) -> float:
    """Seconds of the processor so far, of this process or of those it waited for."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def least(work: Callable[[], object], tries: int = TRIES) -> float:
    """The least seconds of the processor that it took."""
    spent = []
    for _ in range(tries):
        begun = cpu()
        work()
        spent.append(cpu() - begun)
    return min(spent)


def least_child(command: Sequence[str], tries: int = TRIES) -> float:
    """The same of another program, its output thrown away."""
    spent = []
    for _ in range(tries):
        begun = cpu(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        spent.append(cpu(resource.RUSAGE_CHILDREN) - begun)
    return min(spent)


def told(what: str, ours: float, floor: float, aim: str, unit: str = "ms") -> None:
    """One line of the table."""
    row = f"{what:<58} {ours:10.1f} {unit:<2}  floor {floor:10.1f} {unit:<2}  ratio {ours / floor:7.2f}  (aim {aim})"
    print(row, flush=True)  # noqa: T201 - a benchmark's answer


def answering(scratch: Path) -> None:
    """An acknowledged answer."""
    home = Home(scratch / "answers")
    ensure_log(home, "live", SystemClock())
    found = answers(home, scratch)
    told("acknowledged answer, signed / raw sqlite3 commit", found.answer, found.raw, "2")
    told("  the same, signed once an encounter only", found.answer - found.signing, found.raw, "2")


def starting(big: Home, small: Home, scratch: Path) -> None:
    """What the desk does with its log at the start: open, check, write that it started, look for what was left open."""
    homes = [_for_practice(home, scratch / name) for home, name in ((big, "big"), (small, "small"))]
    ours, floor = (least(lambda: _begun(home), 2 * TRIES) for home in homes)  # noqa: B023 - called at once
    told("open the log, begin a session / with a small log", ours * 1000, floor * 1000, "-")
    rounds = [[usable_kiosk(home.path) for home in homes] for _ in range(STARTS)]
    ours, floor = (min(column) for column in zip(*rounds, strict=True))
    told("kiosk start to the first step, by the clock", ours, floor, "1.1")


def _for_practice(home: Home, to: Path) -> Home:
    """A copy whose log is the practice one: that is what a home opens that nobody set up."""
    home = copied(home, to)
    home.log("live").rename(home.log("practice"))
    key_file(home, "live").rename(key_file(home, "practice"))
    return home


def _begun(home: Home) -> None:
    _, _, opener = desk_of(home, Settings(), practice=True, clock=SystemClock())
    opener.open().unfinished()
    opener.close()


def listing(big: Home, small: Home) -> None:
    """Pages of fifty at several depths, searches, one encounter: the 95th of a hundred, in this process."""
    with reading(big, "live") as log, reading(small, "live") as few:
        pages = _depths(log), _depths(few)
        for what, ask in _QUESTIONS.items():
            ours, floor = (_p95(lambda n: ask(one, at[n % len(at)])) for one, at in zip((log, few), pages, strict=True))  # noqa: B023 - called at once
            told(f"{what}, p95", ours * 1000, floor * 1000, "60 ms")
    for words in (("list",), ("list", "--search", "ex-000077"), ("audit",), ("show",)):
        some = [at[0] for at in pages] if words == ("show",) else [None, None]
        ours, floor = (
            least_child(kiosk(home, *words, *filter(None, [no]))) for home, no in zip((big, small), some, strict=True)
        )
        told(f"the command `kiosk log {' '.join(words)}`", ours * 1000, floor * 1000, "-")


def _page(log: LogOnDisk, words: str = "", days: DateRange = ALL_DAYS, before: str | None = None) -> int:
    return len(list(islice(newest_first(log, words, days, before), PAGE)))


@cache
def _old_day(log: LogOnDisk) -> date:
    """A day by which two hundred encounters were opened, or half of a small log's."""
    ids = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)[:200]
    return next(oldest_first(log, [ids[len(ids) // 2]])).opened_at.local().date()


_QUESTIONS: dict[str, Callable[[LogOnDisk, str], object]] = {
    "list: the newest 50": lambda log, _: _page(log),
    "list: 50 at any depth": lambda log, no: _page(log, before=no),
    "list: 50 of the oldest days": lambda log, _: _page(log, days=DateRange(None, _old_day(log))),
    "search: a word that half of them have": lambda log, _: _page(log, "federal"),
    "search: a word that one of them has": lambda log, no: _page(log, f"ex-{int(no[5:]):06d}"),
    "search: a word that none of them has": lambda log, _: _page(log, "nobody-said-this"),
    "show: one by its number": find_record,
    "duties: 50 records with open ones": lambda log, _: len(list(islice(open_duties(log), PAGE))),
}


def _depths(log: LogOnDisk) -> list[str]:
    """Numbers of encounters spread over the whole log."""
    ids = log.encounter_ids(EntryKind.ENCOUNTER_OPENED)
    return [record.no for record in oldest_first(log, ids[1 :: max(1, len(ids) // 20)])]


def _p95(ask: Callable[[int], object]) -> float:
    """Of a hundred answers, the 95th by the time of the processor, in seconds."""
    return quantiles((least(lambda: ask(n), 1) for n in range(ASKED)), n=20)[-1]  # noqa: B023 - called at once


def reviewing(big: Home, small: Home) -> None:
    """Pages of the review screens: the 95th of a hundred, in this process; the counts of the first page once."""
    reviews = [LogReview(home, "live", SystemClock()) for home in (big, small)]
    for shelf in Shelf:
        ours, floor = (_p95(lambda _: one.rows(Wanted(shelf))) for one in reviews)  # noqa: B023 - called at once
        told(f"review: first page of {shelf}, p95", ours * 1000, floor * 1000, "100 ms")
    found = [one.rows(Wanted()).rows[-1].no for one in reviews]
    for what, ask in _REVIEWED.items():
        ours, floor = (_p95(lambda _: ask(one, no)) for one, no in zip(reviews, found, strict=True))  # noqa: B023 - called at once
        told(f"review: {what}, p95", ours * 1000, floor * 1000, "100 ms")
    ours, floor = (least(one.counts, 1) for one in reviews)
    told("review: the counts of the first page, in the background", ours * 1000, floor * 1000, "-")


_REVIEWED: dict[str, Callable[[LogReview, str], object]] = {
    "next page": lambda review, no: review.rows(Wanted(before=no)),
    "a search": lambda review, _: review.rows(Wanted(words="sheriff")),
    "one record": lambda review, no: review.record(no),
}


def verifying(big: Home) -> None:
    """Everything checked, beside the same rows merely read: by the store as entries, and by plain sqlite3 as rows.

    All by the clock and in turns, as people wait; checking works on all processors, so their time is told too.
    """
    path = big.log("live")
    works = (lambda: read(path), lambda: _fetched(path), lambda: check_log(path))
    rounds = [[_waited(work) for work in works] for _ in range(TRIES)]
    reading, fetching, checking = (tuple(map(min, zip(*column, strict=True))) for column in zip(*rounds, strict=True))
    told("log verify, by the clock / reading every entry", checking[0], reading[0], "2.5", "s")
    told("log verify, by the clock / fetching the rows by plain sqlite3", checking[0], fetching[0], "-", "s")
    told("log verify, time of all processors / reading every entry", checking[1], reading[1], "-", "s")


def _waited(work: Callable[[], object]) -> tuple[float, float]:
    """(seconds by the clock, seconds of all processors, those of helping processes too) that it took."""
    begun, before = time.perf_counter(), cpu() + cpu(resource.RUSAGE_CHILDREN)
    work()
    return time.perf_counter() - begun, cpu() + cpu(resource.RUSAGE_CHILDREN) - before


def _fetched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as log:
        for table in ("entry", "disclosure", "checkpoint"):
            found = log.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            while found.fetchmany(10_000):
                pass


def exporting(big: Home) -> None:
    """Everything, in each form, beside what sqlite3 writes of the same rows.

    Whole exports by the clock and in turns, as people wait; they work on all processors, so their time is told too.
    """
    path = str(big.log("live"))
    headers = least_child(["sqlite3", "-csv", path, "SELECT header FROM entry"], 2)
    with reading(big, "live") as log, open(os.devnull, "wb") as out:  # noqa: PTH123 - a device
        told("header bytes by plain sqlite3 / sqlite3 -csv", least(lambda: _plain(path, out), 2), headers, "0.9", "s")
        told("header bytes, values read too / sqlite3 -csv", least(lambda: _headers(log, out), 2), headers, "-", "s")
        works = (
            lambda: least_child(["sqlite3", "-csv", path, *_EVERYTHING], 1),
            lambda: _exported(big, log, ExportFormat.JSONL, out),
            lambda: _exported(big, log, ExportFormat.CSV, out),
        )
        rounds = [[_waited(work) for work in works] for _ in range(TRIES)]
    rows, jsonl, csv = (tuple(map(min, zip(*column, strict=True))) for column in zip(*rounds, strict=True))
    told("export as jsonl, by the clock / sqlite3 -csv", jsonl[0], rows[0], "4", "s")
    told("export as jsonl, time of all processors / sqlite3 -csv", jsonl[1], rows[1], "-", "s")
    told("export as csv, by the clock / sqlite3 -csv", csv[0], rows[0], "4", "s")
    told("export as csv, time of all processors / sqlite3 -csv", csv[1], rows[1], "-", "s")


_EVERYTHING = ("SELECT * FROM entry; SELECT * FROM disclosure",)


def _plain(path: str, out: BinaryIO) -> None:
    with closing(sqlite3.connect(path)) as log:
        found = log.execute("SELECT header FROM entry ORDER BY seq")
        while some := found.fetchmany(10_000):
            out.write("\n".join(header for (header,) in some).encode())


def _headers(log: LogOnDisk, out: BinaryIO) -> None:
    out.writelines(f"{entry.header}\n".encode() for entry in log.entries())


def _exported(home: Home, log: LogOnDisk, format_: ExportFormat, out: BinaryIO) -> None:
    """What `kiosk log export --level full` writes, from the choice of the records to the last byte."""
    request = Request(format_, "full", (), ALL_DAYS, "", None)
    with closing(Export(request, log, home, "live", SystemClock().now()).pieces(request.selected(log, "live"))) as made:
        out.writelines(made)


def remembering(big: Home, small: Home, scratch: Path) -> None:
    """The most memory that long commands take, beside what they take with a small log."""
    homes = [copied(home, scratch / f"memory-{name}") for name, home in (("big", big), ("small", small))]
    to = str(scratch / "memory")
    export = ("export", "--level", "full", "--format")
    for words in (("verify",), (*export, "jsonl", "-o", to), (*export, "csv", "-o", to), (*export, "html", "-o", to)):
        ours, floor = (most_memory(kiosk(home, *words), Path(to)) for home in homes)
        told(f"most memory of `kiosk log {' '.join(words[:1] + words[4:5])}`", ours, floor, "1.2", "MB")


_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small program that starts the one to measure: at its start, a process counts the memory of the one that made it."""


def most_memory(command: Sequence[str], made: Path) -> float:
    """Of a program and the processes that it starts, the largest one's megabytes. The file that it made is removed."""
    found = subprocess.run([sys.executable, "-c", _MEASURED, *command], capture_output=True, text=True, check=True)
    made.unlink(missing_ok=True)
    return int(found.stdout) / 1000


def kiosk(home: Home, *words: str) -> list[str]:
    """The words of a command about the log of this home."""
    return [sys.executable, "-m", "kiosk", "--home", str(home.path), "log", *words]


def main() -> None:
    """Measure all, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", nargs="?", type=int, default=ENTRIES)
    parser.add_argument("encounters", nargs="?", type=int, default=ENCOUNTERS)
    parser.add_argument(
        "--only",
        choices=("answering", "starting", "listing", "reviewing", "verifying", "exporting", "remembering"),
        help="a part of the table",
    )
    asked = parser.parse_args()
    big, small = big_home(asked.entries, asked.encounters), big_home(1_000, 100)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        parts: dict[str, Callable[[], None]] = {
            "answering": lambda: answering(scratch),
            "starting": lambda: starting(big, small, scratch),
            "listing": lambda: listing(big, small),
            "reviewing": lambda: reviewing(big, small),
            "verifying": lambda: verifying(big),
            "exporting": lambda: exporting(big),
            "remembering": lambda: remembering(big, small, scratch),
        }
        for name, measure in parts.items():
            if asked.only in (None, name):
                measure()


if __name__ == "__main__":
    main()
