"""The log part of `kiosk setup`: create the logs, upgrade them to this version, or replace them if needed."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.errors import Exit, LogMustBeReplaced, Refused, ReplaceReason, StoreUnusable
from kiosk.log import log as logfile
from kiosk.log.archive import archived_files
from kiosk.log.continuity import require_usable
from kiosk.log.replace import replace_log
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


def ready(home: Home, *, replace: bool) -> None:
    """Create the live log if it is missing, and check that each log here can still be written.

    replace: start a new live log in any case, and replace other logs without a question if needed.
    Raises StoreUnusable, also if a log must be replaced outside a terminal; Refused if the answer is no.
    """
    for mode in _modes(home):
        try:
            _make_usable(home, mode)
        except LogMustBeReplaced as ended:
            _replace(home, mode, ended, sure=replace)
            continue
        if replace and mode == "live":
            asked = LogMustBeReplaced("A new key was asked for.", reason=ReplaceReason.KEY_REPLACED)
            _replace(home, mode, asked, sure=True)


def upgrade(home: Home) -> int:
    """Upgrade all logs to this version, also the previous ones."""
    for mode in _modes(home):
        logfile.ensure_log(home, mode, SystemClock(), upgrade=True)
        _upgrade_previous(home, mode)
    output.data(f"The logs in {home.log('live').parent} are of this version.")
    return Exit.DONE


def _modes(home: Home) -> tuple[Mode, ...]:
    return ("live", "practice") if home.log("practice").exists() else ("live",)


def _make_usable(home: Home, mode: Mode) -> None:
    if not (home.log(mode).exists() and _opens(home, mode)):
        logfile.ensure_log(home, mode, SystemClock(), upgrade=True)
        output.data(f"The {mode} log is in {home.log(mode)}.")
    _upgrade_previous(home, mode)
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


def _upgrade_previous(home: Home, mode: Mode) -> None:
    for path in archived_files(home, mode):
        try:
            logfile.open_at(path).close()
        except LogMustBeReplaced:
            continue  # damaged: it is kept unchanged, and every reader reports it
        except StoreUnusable:
            logfile.bring_up_to_date(path)


def _replace(home: Home, mode: Mode, ended: LogMustBeReplaced, *, sure: bool) -> None:
    if not sure and not output.at_terminal():
        raise StoreUnusable(ended.what, "Add --replace-log to start a new log with a new key; the log here is kept.")
    output.message(ended.what)
    output.message(f"A new {mode} log with a new key replaces it. The log here is kept, can be read, and is cited.")
    if not sure and output.ask("Type yes to start a new log", "no").casefold() != "yes":
        raise Refused("No new log was started, and nothing was changed.")
    carried_over = replace_log(home, mode, SystemClock(), ended.reason, by="setup")
    output.data(f"A new {mode} log was started; previous logs are in {home.earlier}.")
    if carried_over.unfinished:
        output.data(f"Unfinished records in the previous log: {', '.join(carried_over.unfinished)}.")
