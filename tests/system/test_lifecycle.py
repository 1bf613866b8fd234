"""The kiosk ends when asked, within its time, and says nothing of what staff typed on the way."""

from __future__ import annotations

import logging
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.system.clock import FixedClock
from kiosk.system.lifecycle import (
    crash_report,
    ending_signals,
    install_signals,
    notify,
    refuse_job_control,
    silence_logging,
)

LIMIT_S = 20
CANARY = "Tomás canary"

linux = pytest.mark.skipif(sys.platform == "win32", reason="these signals are POSIX's")

_POLITE = r"""
import asyncio, os, sys
from kiosk.system.lifecycle import install_signals, refuse_job_control
async def main():
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    refuse_job_control()
    install_signals(lambda: (os.write(1, b"asked\n"), loop.call_soon_threadsafe(end.set)))
    print("up", flush=True)
    await end.wait()
asyncio.run(main())
"""

_STUCK = r"""
import os, queue
from kiosk.system.lifecycle import install_signals
install_signals(lambda: os.write(1, b"asked\n"), 0.3, cut_off=lambda: os.write(1, b"given back\n"))
full = queue.Queue(1)
full.put(1)
print("up", flush=True)
full.put(2)
"""

Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a program that prints `up` when its handlers are in place; ends it after the test."""
    running: list[subprocess.Popen[str]] = []

    def go(code: str) -> subprocess.Popen[str]:
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        return process

    yield go
    for process in running:
        process.kill()
        process.communicate()


def _end(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=LIMIT_S)
    return process.returncode, said


@linux
@pytest.mark.parametrize("number", [n for n in ending_signals() if isinstance(n, signal.Signals)])
def test_a_request_to_end_is_granted(start: Start, number: int) -> None:
    """Each signal that would end the process leads to one `leave` and an orderly end, exit code 0."""
    process = start(_POLITE)
    process.send_signal(number)
    assert _end(process) == (0, "asked\n")


@linux
def test_every_signal_is_answered_but_those_that_end_nothing_and_the_faults() -> None:
    """What is left out is named here, so that a new signal of some system is taken."""
    left = signal.valid_signals() - set(ending_signals())
    nothing = {signal.SIGCONT, signal.SIGWINCH, signal.SIGCHLD, signal.SIGURG, signal.SIGPIPE, signal.SIGXFSZ}
    stops = {signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU}
    faults = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}
    assert left == nothing | stops | faults | {signal.SIGKILL, signal.SIGSTOP}


@linux
def test_a_service_stop_is_granted(start: Start) -> None:
    """TERM followed by CONT, as the service manager sends them."""
    process = start(_POLITE)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    assert _end(process) == (0, "asked\n")


@linux
def test_a_suspend_from_outside_does_nothing(start: Start) -> None:
    """TSTP leaves it running, so that a TERM after it still ends it."""
    process = start(_POLITE)
    process.send_signal(signal.SIGTSTP)
    process.send_signal(signal.SIGTERM)
    assert _end(process) == (0, "asked\n")


@linux
def test_a_stuck_kiosk_is_cut_off_with_75(start: Start) -> None:
    """The main thread waits without end in a full queue; `leave` is still called, once, and the deadline ends it."""
    process = start(_STUCK)
    process.send_signal(signal.SIGTERM)
    assert process.stdout is not None
    assert process.stdout.readline() == "asked\n"
    process.send_signal(signal.SIGTERM)
    assert _end(process) == (75, "given back\n")


@linux
def test_an_end_that_nobody_asked_for_has_a_deadline_too(start: Start) -> None:
    """A crash, or a key: whoever begins the end says so. What gives the terminal back may break, and it still ends."""
    code = """
import threading
from kiosk.system.lifecycle import install_signals
def broken():
    raise RuntimeError
signals = install_signals(lambda: None, 0.1, cut_off=broken)
threading.excepthook = lambda _: None
assert signals.ending() and not signals.ending()
print("up", flush=True)
threading.Event().wait()
"""
    assert _end(start(code)) == (75, "")


@linux
def test_a_terminal_that_goes_away_ends_the_kiosk() -> None:
    """Closing the other side of the terminal hangs up, and that is a request to end: nothing is said, exit code 0."""
    ours, theirs = os.openpty()
    # In its own session, the first terminal a process opens becomes the one that can hang up on it.
    code = "import os; os.open(os.ttyname(0), os.O_RDWR)\n" + _POLITE.replace(r'os.write(1, b"asked\n")', "0")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        os.close(theirs)
        said = b""
        while not said.endswith(b"\n"):
            said += os.read(ours, 1024)
        os.close(ours)
        assert process.communicate(timeout=LIMIT_S)[1].decode() == ""
    assert process.returncode == 0


@linux
def test_handlers_are_given_back() -> None:
    """Afterwards every handler is the one from before."""
    before = {number: signal.getsignal(number) for number in ending_signals()}
    installed = install_signals(lambda: None)
    try:
        assert {signal.getsignal(number) for number in before} == {installed._asked_to_leave}
    finally:
        installed.restore()
        installed.restore()
    assert {number: signal.getsignal(number) for number in before} == before


@linux
def test_nothing_suspends() -> None:
    """TSTP, TTIN and TTOU are ignored and CONT is the system's, whatever a screen set before."""
    names = ("SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCONT")
    before = [signal.signal(getattr(signal, name), lambda *_: None) for name in names]
    try:
        refuse_job_control()
        now = [signal.getsignal(getattr(signal, name)) for name in names]
        assert now == [signal.SIG_IGN, signal.SIG_IGN, signal.SIG_IGN, signal.SIG_DFL]
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(getattr(signal, name), handler)


@linux
def test_giving_back_calls_the_deadline_off() -> None:
    """A test, or an end that came in time, is not cut off later; a loop that is closed is no error."""
    asked: list[int] = []

    def leave() -> None:
        asked.append(1)
        raise RuntimeError("Event loop is closed")

    installed = install_signals(leave, deadline_s=3600)
    try:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
    finally:
        installed.restore()
    timer = installed._deadline
    assert asked == [1]
    assert timer is not None
    timer.join(LIMIT_S)
    assert not timer.is_alive()


@linux
@pytest.mark.parametrize("abstract", [False, True])
def test_the_service_manager_is_told(abstract: bool) -> None:
    """A path or an abstract name; the message arrives as it is."""
    if abstract and sys.platform != "linux":
        pytest.skip("abstract names are Linux's")
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        address = f"@kiosk-test-{os.getpid()}" if abstract else f"{folder}/n"
        manager.settimeout(LIMIT_S)
        manager.bind(address.replace("@", "\0"))
        notify("READY=1", {"NOTIFY_SOCKET": address})
        assert manager.recv(64) == b"READY=1"


@pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "/nowhere/n"}])
def test_without_a_service_manager_nothing_happens(environ: dict[str, str]) -> None:
    """Not set, empty or gone: no error, and no file is left open: the next gets the same number."""
    first = os.dup(0)
    os.close(first)
    notify("WATCHDOG=1", environ)
    second = os.dup(0)
    os.close(second)
    assert second == first


def _break(secret: str) -> None:
    """Break in every way words could get out: message, note, local, cause, key, group."""
    try:
        dict[str, str]()[secret]
    except KeyError as error:
        cause = ValueError(f"no such name: {secret}")
        cause.add_note(secret)
        raise ExceptionGroup(secret, [cause, OSError(28, secret, secret)]) from error


def test_a_crash_report_says_where_but_never_what_was_typed(tmp_path: Path) -> None:
    """Types, lines, functions and versions are there; the canary is nowhere."""
    try:
        _break(CANARY)
    except ExceptionGroup as error:
        path = crash_report(error, tmp_path / "reports", FixedClock())
    assert path is not None
    told = path.read_text("utf-8")
    assert "canary" not in told
    assert "Tom" not in told
    assert "caused by: builtins.KeyError (message of 12 characters left out)" in told
    assert "within it: builtins.ValueError (message of 26 characters left out)" in told
    assert "errno 28" in told
    assert "in _break" in told
    assert "2026-09-14T14:42:00+00:00" in told
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in told
    assert "textual 8" in told
    assert told.endswith("\n")


@linux
def test_a_crash_report_is_private_and_alone(tmp_path: Path) -> None:
    """0600, under a name that sorts by time, and no draft beside it."""
    path = crash_report(ValueError(), tmp_path, FixedClock())
    assert path is not None
    assert path.name == f"crash-20260914T144200.000000Z-{os.getpid()}.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_only_the_newest_twenty_reports_stay(tmp_path: Path) -> None:
    """A kiosk that breaks at every start fills no disk."""
    clock = FixedClock()
    paths = []
    for _ in range(25):
        paths.append(crash_report(ValueError(), tmp_path, clock))
        clock.advance(1)
    assert sorted(tmp_path.iterdir()) == paths[5:]


def test_a_report_that_cannot_be_written_raises_nothing(tmp_path: Path) -> None:
    """A file where the folder should be: None, and the first error stays the only one."""
    (tmp_path / "file").touch()
    assert crash_report(ValueError(), tmp_path / "file", FixedClock()) is None


def _deep(left: int) -> None:
    if left:
        _deep(left - 1)
    raise ValueError


def test_endless_errors_make_a_short_report(tmp_path: Path) -> None:
    """Deep recursion, long chains and circles are cut."""
    first, second = ValueError(), TypeError()
    first.__cause__, second.__cause__ = second, first
    chain: BaseException = ValueError()
    for _ in range(500):
        earlier, chain = chain, ValueError()
        chain.__context__ = earlier
    try:
        _deep(400)
    except ValueError as error:
        deep = error
    clock = FixedClock()
    for each in (first, chain, deep):
        clock.advance(1)
        path = crash_report(each, tmp_path, clock)
        assert path is not None
        assert path.stat().st_size < 10_000


class _Wild(Exception):
    def __str__(self) -> str:
        raise RuntimeError(CANARY)

    __repr__ = __str__


def test_an_error_that_cannot_be_printed_is_still_reported(tmp_path: Path) -> None:
    """Nothing of the error's own code is run."""
    path = crash_report(_Wild(CANARY, 7), tmp_path, FixedClock())
    assert path is not None
    assert "_Wild (message of 12 characters left out)" in path.read_text()


@pytest.fixture
def noisy() -> Iterator[logging.Logger]:
    """A library's logger with its own way to the terminal, and the root's handlers as they were."""
    logger = logging.getLogger("library.noisy")
    handler = logging.StreamHandler(sys.__stderr__)
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


def _make_noise(logger: logging.Logger) -> None:
    logging.getLogger("kiosk.desk.service").warning("answer-late %s", "step-3")
    try:
        int(CANARY)
    except ValueError:
        logger.exception(CANARY)
    logging.getLogger("kiosk.desk.service").warning("%d", CANARY)
    warnings.warn(CANARY, UserWarning, stacklevel=1)


def test_logs_and_warnings_stay_off_the_terminal(
    noisy: logging.Logger, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """They go to a private file: our words in full, others' only by origin, no error's message."""
    before = logging.getLogger().handlers[:]
    file = tmp_path / "logs" / "kiosk.log"
    restore = silence_logging(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            logging.captureWarnings(True)
            _make_noise(noisy)
    finally:
        restore()
    told = file.read_text("utf-8")
    assert capfd.readouterr() == ("", "")
    assert "WARNING kiosk.desk.service answer-late step-3" in told
    assert "builtins.ValueError (message of " in told
    assert "in _make_noise" in told
    assert "canary" not in told
    assert logging.getLogger().handlers == before
    assert len(noisy.handlers) == 1
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("broken", [False, True])
def test_without_a_log_file_all_is_silent(
    noisy: logging.Logger, tmp_path: Path, capfd: pytest.CaptureFixture[str], broken: bool
) -> None:
    """No file asked for, or one that can't be made: nothing is written anywhere."""
    (tmp_path / "file").touch()
    restore = silence_logging(tmp_path / "file" / "kiosk.log" if broken else None)
    try:
        noisy.error(CANARY)
    finally:
        restore()
    assert capfd.readouterr() == ("", "")
