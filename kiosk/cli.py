"""The `kiosk` command: reads the command line, runs one command, and says every error as one calm sentence.

Nothing heavy is imported here: the desk starts without click, and a command's module is loaded when its name was typed.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise

from kiosk.commands import run
from kiosk.errors import Exit, KioskError
from kiosk.record.printable import printable


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Every error is said on stderr; there is never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    _never_fail_on_a_letter()
    try:
        return _flushed(_run(words))
    except KioskError as error:
        return _said(error.what, error.repair, error.exit_code)
    except KeyboardInterrupt:
        return _said("You stopped the command.", "Run it again to finish.", Exit.CUT_OFF)
    except BrokenPipeError:
        return _hung_up()
    except OSError as error:
        if error.filename is None:
            return _crashed(error, words)
        what = f"{error.filename} can't be used ({(error.strerror or 'the system refused').lower()})."
        return _said(what, "Ask IT to look at that place, then try again.", Exit.USAGE)
    except Exception as error:  # the net under every command: a desk is never shown a traceback
        return _crashed(error, words)


def _run(words: Sequence[str]) -> int:
    completes = "_KIOSK_COMPLETE" in os.environ
    if not completes and (start := run.typed_start(words)) is not None:
        return run.run(start)
    return int(import_module("kiosk.commands.root").execute(words))


def _said(what: str, repair: str, code: Exit) -> int:
    with contextlib.suppress(OSError):
        print(printable(f"{what} {repair}".strip()), file=sys.stderr)  # noqa: T201 - how a command says an error
    return code


def _flushed(code: int) -> int:
    # What is still in the buffer can fail too, and then must be said here and not by the interpreter at its end.
    if sys.stdout is not None:  # None when it was closed before the start
        sys.stdout.flush()
    return code


def _hung_up() -> int:
    """Whoever read our data has heard enough: that is no error, and nothing more may be written."""
    with contextlib.suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.DONE


def _crashed(error: Exception, words: Sequence[str]) -> int:
    from kiosk.settings import find_home  # noqa: PLC0415 - likewise
    from kiosk.system.clock import SystemClock  # noqa: PLC0415 - only for a crash
    from kiosk.system.lifecycle import crash_report  # noqa: PLC0415 - likewise

    named = [after for word, after in pairwise(words) if word == "--home"]
    named += [word.removeprefix("--home=") for word in words if word.startswith("--home=")]
    report = None
    with contextlib.suppress(Exception):  # no home or a broken one, no report; the sentence still counts
        report = crash_report(error, find_home(named[-1] if named else None, os.environ).reports, SystemClock())
    where = f"Send IT the report {report}; it holds nothing anybody typed." if report else "Tell IT what you did."
    return _said("The kiosk stopped because of an error in its program.", where, Exit.CRASH)


def _never_fail_on_a_letter() -> None:
    """A letter that the terminal's encoding lacks, typed or shown, becomes its number."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
