"""The `kiosk` command: reads the command line, runs one command, and says every error as one calm sentence.

Nothing heavy is imported here: a command's module is loaded when its name was typed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import NoReturn

from kiosk import __version__
from kiosk.commands import SUMMARIES
from kiosk.errors import Exit, KioskError, UsageError
from kiosk.record.printable import visible

_ABOUT = """\
Walks the front desk through the superintendent's protocol when an official asks about a student.
`kiosk` alone opens the desk's screen. It is live when an approved protocol is in force and the contacts are
complete; else it says PRACTICE and why."""

_CODES = """\
exit codes: 0 done; 1 done, but something was found; 2 wrong use; 3 refused; 4 the log can't be used;
70 an error in the program; 75 it had to be cut off"""


class _Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of printing and leaving."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"That command can't be read: {message}.", f"See `{self.prog} -h`.")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Every error is said on stderr; there is never a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    _never_fail_on_a_letter()
    try:
        return _flushed(_run(words))
    except KioskError as error:
        return _said(error.what, error.repair, error.exit_code)
    except KeyboardInterrupt:
        return _said("You stopped the command.", "Run it again to finish.", Exit.USAGE)
    except BrokenPipeError:
        return _hung_up()
    except OSError as error:
        if error.filename is None:
            return _crashed(error, words)
        what = f"{error.filename} can't be used ({(error.strerror or 'the system refused').lower()})."
        return _said(what, "Ask IT to look at that place, then try again.", Exit.USAGE)
    except Exception as error:  # the net under every command: a desk is never shown a traceback
        return _crashed(error, words)


def build_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the whole command line. Only commands named in `words` are loaded and know their flags."""
    parser = _Parser(
        prog="kiosk",
        description=_ABOUT,
        epilog=_CODES,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="say which version this is, and leave")
    parser.add_argument("--practice", action="store_true", help="open the desk in PRACTICE, whatever is approved")
    parser.add_argument("--language", metavar="CODE", help="show the desk's screens in this language, like es")
    parser.add_argument("--say-language", metavar="CODE", help="what visitors are told, shown and spoken in this one")
    parser.set_defaults(run=_desk)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    for name, summary in SUMMARIES.items():
        command = commands.add_parser(name, help=summary, description=summary.capitalize() + ".", allow_abbrev=False)
        if name in words:
            import_module(f"kiosk.commands.{name}").arguments(command)
        _take_home(command)
    _take_home(parser)
    return parser


def _take_home(parser: argparse.ArgumentParser) -> None:
    """Let `--home` stand before or after any command's name; the last one given counts."""
    # SUPPRESS: a command without the flag must not wipe out the one before it.
    words = "the folder that holds this kiosk's settings and log (or set KIOSK_HOME)"
    parser.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=words)
    for action in parser._actions:  # noqa: SLF001 - argparse shows no other way
        if isinstance(action, argparse._SubParsersAction) and parser.prog != "kiosk":  # noqa: SLF001 - likewise
            for each in action.choices.values():
                _take_home(each)


def _run(words: Sequence[str]) -> int:
    try:
        args = build_parser(words).parse_args(words)
    except SystemExit as done:  # only `-h` ends like this
        return int(done.code or 0)
    if args.version:
        print(f"kiosk {__version__}")  # noqa: T201 - the answer
        return Exit.DONE
    return int(args.run(args))


def _desk(args: argparse.Namespace) -> int:
    return int(import_module("kiosk.commands.run").run(args))


def _said(what: str, repair: str, code: Exit) -> int:
    with contextlib.suppress(OSError):
        print(visible(f"{what} {repair}".strip()), file=sys.stderr)  # noqa: T201 - how a command says an error
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
