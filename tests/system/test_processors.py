"""Work on all processors: the same results in the same order, however many processes there can be."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest

from kiosk.errors import StoreUnusable
from kiosk.system import processors
from kiosk.system.processors import Processors

MANY = 40


@contextmanager
def adder(folder: Path) -> Iterator[Callable[[int], tuple[int, int]]]:
    """Adds one, and returns its process too; leaves a file while it is open. A negative number is an error."""
    mine = folder / str(os.getpid())
    mine.touch()

    yield added
    mine.unlink()


def added(number: int) -> tuple[int, int]:
    """One more, and the process."""
    if number < 0:
        raise StoreUnusable("It is negative.", "Choose another.")
    return number + 1, os.getpid()


@contextmanager
def missing() -> Iterator[Callable[[int], tuple[int, int]]]:
    """What it needs is not there."""
    with open("/nowhere/at-all", "rb"):  # noqa: PTH123 - it fails
        yield added


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without shared memory."""

    def refuse(**_: object) -> None:
        raise OSError(errno.ENOENT, "No such file or directory")

    monkeypatch.setattr(processors, "ProcessPoolExecutor", refuse)


def test_the_results_come_in_the_order_of_the_jobs(tmp_path: Path) -> None:
    """Other processes do them, and each closes at its end what it opened."""
    with Processors(partial(adder, tmp_path), added) as several:
        found = list(several.in_order(range(MANY)))
    assert [number for number, _ in found] == [number + 1 for number in range(MANY)]
    assert os.getpid() not in {process for _, process in found}
    assert (list(tmp_path.iterdir()), active_children()) == ([], [])


@pytest.mark.usefixtures("alone")
def test_where_there_can_be_no_other_process_this_one_does_the_jobs(tmp_path: Path) -> None:
    """With the same results, and with what it has open already."""
    with Processors(partial(adder, tmp_path), added) as several:
        assert list(several.in_order(range(MANY))) == [(number + 1, os.getpid()) for number in range(MANY)]
    assert list(tmp_path.iterdir()) == []


def test_a_few_jobs_only_are_begun_before_their_results_are_used(tmp_path: Path) -> None:
    """So memory use does not grow with the number of jobs."""
    begun = list[int]()

    def jobs() -> Iterator[int]:
        for number in range(1000):
            begun.append(number)
            yield number

    with Processors(partial(adder, tmp_path), added) as several:
        results = several.in_order(jobs())
        assert [number for number, _ in (next(results) for _ in range(3))] == [1, 2, 3]
        assert len(begun) <= 3 + processors._AHEAD * (os.cpu_count() or 1)


def test_an_error_of_a_job_comes_in_its_place_and_ends_the_processes(tmp_path: Path) -> None:
    """Everything before it is done, and it says what it said there."""
    found = list[int]()
    with pytest.raises(StoreUnusable) as error, Processors(partial(adder, tmp_path), added) as several:
        found.extend(number for number, _ in several.in_order([1, 2, -1, 3]))
    assert (error.value.what, error.value.repair) == ("It is negative.", "Choose another.")
    assert (found, active_children()) == ([2, 3], [])


def test_what_another_process_can_t_open_is_done_here() -> None:
    """It looks like a computer that lacks something; an error of the job itself occurs here too."""
    with Processors(missing, added) as several:
        assert list(several.in_order([1, 2])) == [(2, os.getpid()), (3, os.getpid())]


def test_a_block_that_is_left_early_leaves_no_process(tmp_path: Path) -> None:
    """The others are ended at once, not when they have finished."""

    def some() -> Iterator[tuple[int, int]]:
        with Processors(partial(adder, tmp_path), added) as several:
            yield from several.in_order(range(MANY))

    results = some()
    assert next(results)[0] == 1
    assert active_children() != []
    results.close()  # type: ignore[attr-defined]
    assert active_children() == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mask of signals")
def test_other_processes_never_get_the_interrupt_of_the_terminal() -> None:
    """They would each show a traceback; this process gets it and ends them."""
    mask = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    with processors._interrupts_blocked():
        blocked = subprocess.check_output([sys.executable, "-c", mask], text=True)
    assert blocked == "True\n"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
