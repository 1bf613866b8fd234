"""Work on all processors: other processes do the jobs, and the results come back in the order of the jobs."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from typing import Any, Final, Generic, Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD: Final = 2
"""Jobs in progress for each processor: one that is done, and one that waits, so that no processor does."""

_LACKING: Final = (OSError, NotImplementedError, BrokenProcessPool)
"""Errors of a computer without shared memory (/dev/shm), or without memory for more processes."""

_ALLOCATIONS: Final = 50_000
"""New values before Python looks for circles of values; its usual 700 takes a seventh of the time of long work."""


@dataclass(frozen=True, slots=True, eq=False)
class Task(Generic[Job, Result]):
    """A job that was begun. future: its result from another process; None: this process will do it."""

    job: Job
    future: Future[Result] | None


class Processors(Generic[Job, Result]):
    """Processes for jobs of one kind, until the end of the block. An error in the block ends them at once.

    Where there can be no other processes, or where one fails, this process does the jobs.
    """

    def __init__(
        self, opened: Callable[[], AbstractContextManager[Callable[[Job], Result]]], here: Callable[[Job], Result]
    ) -> None:
        """opened: opens what the jobs need, and provides the function that does one; another process enters it once.

        It is pickled, and so are jobs and results. here: the function that does a job in this process.
        """
        self._opened, self._here = opened, here
        self._pool: ProcessPoolExecutor | None = None
        self._others = set(active_children())

    def __enter__(self) -> Self:
        """Return these processes; each starts at its first job."""
        # Spawn, don't fork: a forked process would share the locks of open files and release them at its end.
        with suppress(*_LACKING):
            self._pool = ProcessPoolExecutor(
                max_workers=os.cpu_count(),
                mp_context=get_context("spawn"),
                initializer=_prepare,
                initargs=(self._opened,),
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the processes."""
        if self._pool is None:
            return
        if kind is not None:
            for process in set(active_children()) - self._others:
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def begin(self, job: Job) -> Task[Job, Result]:
        """Begin a job; it waits while all processors have one."""
        future: Future[Result] | None = None
        if self._pool is not None:
            with suppress(*_LACKING), _interrupts_blocked():
                future = self._pool.submit(_do, job)
        return Task(job, future)

    def result(self, task: Task[Job, Result]) -> Result:
        """Wait for the result of a job. Raises the error of the job."""
        if task.future is not None:
            # An error of this kind may also be the job's own. Then it occurs here too.
            with suppress(*_LACKING):
                return task.future.result()
        return self._here(task.job)

    def in_order(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """Yield the result of each job, in order. Raises the error of a job in its place.

        Few are begun before their results are used, so memory use does not grow with their number.
        """
        begun, most = deque[Task[Job, Result]](), _AHEAD * (os.cpu_count() or 1)
        for job in jobs:
            begun.append(self.begin(job))
            if len(begun) == most:
                yield self.result(begun.popleft())
        while begun:
            yield self.result(begun.popleft())


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


class _Process:
    """What this process needs for its jobs, when it was started for them."""

    opened: Callable[[], AbstractContextManager[Callable[[Any], Any]]]
    work: Callable[[Any], Any] | None = None


def _prepare(opened: Callable[[], AbstractContextManager[Callable[[Any], Any]]]) -> None:
    """Prepare a new process. Nothing here can fail: the pool would show a traceback."""
    _Process.opened = opened
    gc.set_threshold(_ALLOCATIONS)


def _do(job: Any) -> Any:
    """Do a job in another process, which opens what it needs before the first one, and closes it at its end."""
    if _Process.work is None:
        stack = ExitStack()
        _Process.work = stack.enter_context(_Process.opened())
        atexit.register(stack.close)
        gc.freeze()
    return _Process.work(job)
