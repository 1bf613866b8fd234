"""End of the program and output control: signals with a deadline, service manager, crash reports, logging.

Knows no screen: the caller supplies the function that ends it, and one that restores the terminal if that takes too
long. POSIX-only signals are looked up by name, so the module also works on Windows.
"""

from __future__ import annotations

import contextlib
import logging
import os
import platform
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import TextIO

from kiosk.errors import Exit, StoreUnusable
from kiosk.system.clock import Clock
from kiosk.system.files import ensure_folder, save_file

_FAULTS = frozenset({"SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL"})
"""Raised by the processor. A Python handler would return into the same fault forever, so the default stays."""
_END_NOTHING = frozenset(
    {"SIGCONT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGWINCH", "SIGCHLD", "SIGCLD", "SIGURG", "SIGINFO"}
    | {"SIGPIPE", "SIGXFSZ"}  # Python ignores these two: the write fails instead
    | {"SIGKILL", "SIGSTOP"}  # can't be handled
)
_PATIENCE_S = 0.2
_REPORTS_KEPT = 20
_FRAMES_EACH_END = 25
_MOST_ERRORS = 20
_OURS = {"kiosk", "db", "protocols"}
_PARTS = ("front-office-kiosk", "textual", "sqlalchemy", "pyttsx3", "qrcode", "pyyaml")
_LOG_BYTES = 256 * 1024

_Handler = Callable[[int, FrameType | None], object] | int | None


@dataclass
class Signals:
    """The handlers of `install_signals`, and the previous handlers."""

    leave: Callable[[], None]
    deadline_s: float
    cut_off: Callable[[], object]
    _before: dict[signal.Signals | int, _Handler] = field(default_factory=dict)
    _deadline: threading.Timer | None = None

    def install(self) -> None:
        """Handle all signals that would end the process. Main thread only."""
        for number in ending_signals():
            self._before[number] = signal.signal(number, self._asked_to_leave)

    def restore(self) -> None:
        """Restore the previous handlers and cancel the deadline. Main thread only."""
        for number, handler in self._before.items():
            # None means a handler that was not set from Python and can't be restored.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        self._before.clear()
        if self._deadline:
            self._deadline.cancel()

    def ending(self) -> bool:
        """Start the deadline for the end of the process. Return False when it is already running."""
        if self._deadline:
            return False
        self._deadline = threading.Timer(self.deadline_s, self._cut_off)
        self._deadline.daemon = True
        self._deadline.start()
        return True

    def _asked_to_leave(self, _number: int, _frame: FrameType | None) -> None:
        # The event loop may have ended already and refuse the call.
        with contextlib.suppress(RuntimeError):
            if self.ending():
                self.leave()

    def _cut_off(self) -> None:
        try:
            self.cut_off()
        finally:
            os._exit(Exit.CUT_OFF)


def ending_signals() -> list[signal.Signals | int]:
    """Return all signals that end a process by default and that a program can handle, with real-time signals.

    The four processor faults are left out.
    """
    kept = {getattr(signal, name, None) for name in _FAULTS | _END_NOTHING}
    return sorted(signal.valid_signals() - kept)


def install_signals(
    leave: Callable[[], None], deadline_s: float = 3.0, *, cut_off: Callable[[], object] = lambda: None
) -> Signals:
    """Make a signal that would end the process call `leave` once, in the main thread. Call it from the main thread.

    `leave` must only request the end, e.g. `loop.call_soon_threadsafe(app.exit)`, or raise SystemExit where a line is
    being read. If the process still runs `deadline_s` seconds later, another thread calls `cut_off`, which restores the
    terminal, and the process ends with exit code 75. HUP is never ignored, because a screen without its terminal would
    use the processor fully. QUIT, ABRT and similar would write typed text to a core file.
    """
    signals = Signals(leave, deadline_s, cut_off)
    signals.install()
    return signals


def refuse_job_control() -> None:
    """Ignore the signals that suspend a process, because a suspended kiosk leaves a shell. Main thread only.

    STOP can't be ignored. CONT gets its default handler, because textual's handler would start its threads twice.
    """
    for name, answer in (
        ("SIGTSTP", signal.SIG_IGN),
        ("SIGTTIN", signal.SIG_IGN),
        ("SIGTTOU", signal.SIG_IGN),
        ("SIGCONT", signal.SIG_DFL),
    ):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, answer)


def flush_or_forget(*streams: TextIO) -> None:
    """Flush these streams; discard their output when the reader has gone.

    Otherwise the interpreter fails at its end, and its exit code (120) replaces ours.
    """
    for stream in streams:
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def notify(state: str, environ: Mapping[str, str] = os.environ) -> None:
    """Send systemd a `state` (`READY=1`, `WATCHDOG=1`, `STOPPING=1`); do nothing without a service manager.

    A message that can't be delivered at once is dropped; the next one follows. See sd_notify(3).
    """
    address = environ.get("NOTIFY_SOCKET", "")
    if sys.platform != "win32" and address:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.settimeout(_PATIENCE_S)
            manager.connect("\0" + address[1:] if address.startswith("@") else address)
            manager.sendall(state.encode())


def crash_report(error: BaseException, folder: Path, clock: Clock) -> Path | None:
    """Write a crash report to a new file in `folder`, readable only by this account; return its path.

    It holds types, files, lines, functions and versions. It never holds messages, notes or variables, which can contain
    text that staff typed. Only the newest twenty reports are kept, so repeated crashes can't fill the disk. Never
    raises: returns None when the report was not written.
    """
    when = datetime.fromtimestamp(clock.now().wall_us / 1_000_000, UTC)
    path = folder / f"crash-{when:%Y%m%dT%H%M%S}.{when:%f}Z-{os.getpid()}.txt"
    lines = [
        "The kiosk stopped because of an error in its program.",
        when.isoformat(),
        *_versions(),
        "",
        wordless(error),
    ]
    try:
        ensure_folder(folder)
        save_file(path, ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace"))
        for old in sorted(folder.glob("crash-*.txt"))[:-_REPORTS_KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, StoreUnusable):
        return path if path.exists() else None
    return path


def wordless(error: BaseException) -> str:
    """Describe `error` and its causes, newest first: type, message length and traceback, without message text."""
    lines: list[str] = []
    waiting, seen = [("", error)], {id(error)}
    while waiting and len(seen) < _MOST_ERRORS:
        link, each = waiting.pop(0)
        lines += [link + _headline(each), *_traceback_lines(each.__traceback__)]
        causes = [(why, other) for why, other in _causes(each) if id(other) not in seen]
        seen.update(id(other) for _, other in causes)
        waiting += causes
    return "\n".join(lines)


def _headline(error: BaseException) -> str:
    length = sum(len(part) for part in error.args if isinstance(part, str))
    number = f", errno {error.errno}" if isinstance(error, OSError) else ""
    return f"{type(error).__module__}.{type(error).__qualname__} (message of {length} characters left out{number})"


def _traceback_lines(trace: TracebackType | None) -> list[str]:
    frames = [
        f"  {'/'.join(Path(frame.f_code.co_filename).parts[-3:])}:{line} in {frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(trace)
    ]
    left_out = len(frames) - 2 * _FRAMES_EACH_END
    if left_out <= 0:
        return frames
    return [*frames[:_FRAMES_EACH_END], f"  ({left_out} more)", *frames[-_FRAMES_EACH_END:]]


def _causes(error: BaseException) -> Iterator[tuple[str, BaseException]]:
    if isinstance(error, BaseExceptionGroup):
        yield from (("within it: ", each) for each in error.exceptions)
    if error.__cause__:
        yield "caused by: ", error.__cause__
    elif error.__context__ and not error.__suppress_context__:
        yield "while handling: ", error.__context__


def _versions() -> Iterator[str]:
    from importlib import metadata  # noqa: PLC0415  (slow, and only crashes need it)

    yield f"Python {platform.python_version()} on {platform.system()} {platform.release()} {platform.machine()}"
    for part in _PARTS:
        with contextlib.suppress(metadata.PackageNotFoundError):
            yield f"{part} {metadata.version(part)}"


def silence_logging(file: Path | None = None) -> Callable[[], None]:
    """Keep Python log records and warnings off the terminal. Return a function that undoes it.

    With `file` they go there (mode 0600, at most two files of 256 KiB); without, or when it can't be used, they are
    discarded. For records of other packages only the origin is written: their text may quote what staff typed.
    """
    root = logging.getLogger()
    before, raise_exceptions = root.handlers[:], logging.raiseExceptions
    handler = _file_handler(file) if file else logging.NullHandler()
    root.handlers[:] = [handler]
    taken = [(logger, each) for logger in _other_loggers() for each in logger.handlers[:] if _writes_to_stream(each)]
    for logger, each in taken:
        logger.removeHandler(each)
    logging.raiseExceptions = False  # an error in logging would be printed on the screen
    logging.captureWarnings(True)

    def restore() -> None:
        logging.captureWarnings(False)
        logging.raiseExceptions = raise_exceptions
        for logger, each in taken:
            logger.addHandler(each)
        root.handlers[:] = before
        handler.close()

    return restore


def _other_loggers() -> Iterator[logging.Logger]:
    yield from (each for each in logging.root.manager.loggerDict.values() if isinstance(each, logging.Logger))


def _writes_to_stream(handler: logging.Handler) -> bool:
    return isinstance(handler, logging.StreamHandler) and not isinstance(handler, logging.FileHandler)


def _file_handler(file: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415  (slow, and tests need none)

    try:
        ensure_folder(file.parent)
        os.close(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        handler = RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except (OSError, StoreUnusable):
        return logging.NullHandler()
    handler.setFormatter(_Wordless())
    return handler


class _Wordless(logging.Formatter):
    """Formats one line per record, and for an error its traceback without message text."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.split(".")[0] in _OURS
        text = record.getMessage() if ours else f"(from {record.module}:{record.lineno}, text left out)"
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        lines = [f"{when} {record.levelname} {record.name} {text}"]
        if record.exc_info and record.exc_info[1]:
            lines.append(wordless(record.exc_info[1]))
        return "\n".join(lines)
