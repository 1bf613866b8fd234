"""What `kiosk setup` does about the logs: makes them, brings them to this version, or begins new ones when it must."""

from __future__ import annotations

from kiosk.commands.common.output import ask, at_terminal, out, say
from kiosk.errors import Exit, LogMustBeReplaced, Refused, StoreUnusable
from kiosk.log import log as logfile
from kiosk.log.archive import archived_files
from kiosk.log.continuity import require_usable
from kiosk.log.replace import replace_log
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


def ready(home: Home, *, anew: bool) -> None:
    """Make the live log when it is missing, and see that each log that is there can be gone on with.

    anew: begin a new live log in any case, and new ones without asking where they are needed.
    Raises StoreUnusable, also when a new log is needed and nobody can be asked; Refused when the answer is no.
    """
    for mode in _modes(home):
        try:
            _make_usable(home, mode)
        except LogMustBeReplaced as ended:
            _begin_anew(home, mode, ended, sure=anew)
            continue
        if anew and mode == "live":
            asked = LogMustBeReplaced("A new key was asked for.", reason="key-replaced")
            _begin_anew(home, mode, asked, sure=True)


def upgrade(home: Home) -> int:
    """Only bring all logs up to this version, the earlier ones too."""
    for mode in _modes(home):
        logfile.ensure_log(home, mode, SystemClock(), upgrade=True)
        _upgrade_earlier(home, mode)
    out(f"The logs in {home.log('live').parent} are of this version.")
    return Exit.DONE


def _modes(home: Home) -> tuple[Mode, ...]:
    return ("live", "practice") if home.log("practice").exists() else ("live",)


def _make_usable(home: Home, mode: Mode) -> None:
    if not (home.log(mode).exists() and _opens(home, mode)):
        logfile.ensure_log(home, mode, SystemClock(), upgrade=True)
        out(f"The {mode} log is in {home.log(mode)}.")
    _upgrade_earlier(home, mode)
    log = logfile.open_reader(home, mode)  # not for writing: a kiosk may have it open
    try:
        require_usable(home, mode, log)
    finally:
        log.close()


def _opens(home: Home, mode: Mode) -> bool:
    try:
        logfile.open_reader(home, mode).close()
    except StoreUnusable:
        return False
    return True


def _upgrade_earlier(home: Home, mode: Mode) -> None:
    for path in archived_files(home, mode):
        try:
            logfile.open_at(path).close()
        except LogMustBeReplaced:
            continue  # damaged: it is kept as it is, and every reader tells of it
        except StoreUnusable:
            logfile.bring_up_to_date(path)


def _begin_anew(home: Home, mode: Mode, ended: LogMustBeReplaced, *, sure: bool) -> None:
    if not sure and not at_terminal():
        raise StoreUnusable(ended.what, "Add --new-log-key to begin a new log with a new key; the one here is kept.")
    say(ended.what)
    say(f"A new {mode} log with a new key takes its place. The one here is kept, is read like before, and is cited.")
    if not sure and ask("Type yes to begin a new log", "no").casefold() != "yes":
        raise Refused("No new log was begun, and nothing was changed.")
    past = replace_log(home, mode, SystemClock(), ended.reason, by="setup")
    out(f"A new {mode} log was begun; the earlier ones are in {home.earlier}.")
    if past.unclosed:
        out(f"Not closed in the one before: {', '.join(past.unclosed)}.")
