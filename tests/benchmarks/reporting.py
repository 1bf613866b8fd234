"""The report of a period beside reading and folding the same records. `python -m tests.benchmarks.reporting [NUMBER]`.

Both read the log and build each record; the report measures, adds up, draws and writes the page as well. They take
turns in one process, so that the ratio means the same on any machine. Aim: 2.5; the whole command, a year of a large
school (500 encounters): two seconds.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from kiosk.commands.common.records import reading
from kiosk.log.log import LogOnDisk
from kiosk.log.record_search import newest_first
from kiosk.reports.period import page
from kiosk.reports.period.request import Source, period_report
from kiosk.settings import Home
from kiosk.system.clock import SystemClock
from kiosk.system.date_range import ALL_DAYS
from tests.benchmarks.biglog import big_home, copied

ENCOUNTERS = 500
AN_ENCOUNTER = 12
"""Entries."""

ROUNDS = 5


def timed(work: Callable[[], object]) -> float:
    """How long `work` took, in milliseconds of the processor."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def report(log: LogOnDisk, home: Home) -> None:
    """Make the page."""
    made = period_report(Source(log, home, "live", SystemClock().now()), ALL_DAYS)
    deque(page.pieces(made.report), maxlen=0)


def command(home: Home) -> float:
    """Seconds by the clock of the whole command, with its entry; the least of some."""
    took = []
    for n in range(ROUNDS):
        path = home.path.parent / f"report-{n}.html"
        words = [sys.executable, "-m", "kiosk", "--home", str(home.path), "report", "period", "--format", "html"]
        begun = time.perf_counter()
        subprocess.run([*words, "-o", str(path)], check=True, capture_output=True)
        took.append(time.perf_counter() - begun)
    return min(took)


def main() -> None:
    """Measure both, interleaved, and print the ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ENCOUNTERS
    home = big_home(count * AN_ENCOUNTER, count)
    with reading(home, "live") as log:
        rounds = [
            (timed(lambda: report(log, home)), timed(lambda: deque(newest_first(log), maxlen=0))) for _ in range(ROUNDS)
        ]
    ours, floor = (statistics.median(column) for column in zip(*rounds, strict=True))
    row = f"report of {count} encounters {ours:8.1f} ms  reading and folding {floor:8.1f} ms  ratio {ours / floor:5.2f}"
    print(row)  # noqa: T201 - a benchmark's answer
    with tempfile.TemporaryDirectory() as scratch:
        print(f"the whole command, by the clock {command(copied(home, Path(scratch) / 'home')):5.2f} s")  # noqa: T201 - likewise


if __name__ == "__main__":
    main()
