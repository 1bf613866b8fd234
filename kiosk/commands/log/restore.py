"""`kiosk log restore`: put a backup back, to be read like before; the desk goes on with a new log that cites it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from kiosk.commands.common.output import ask, at_terminal, out, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.records import mode_of
from kiosk.errors import Exit, Refused, StoreUnusable, UsageError
from kiosk.log.archive import archived_file, open_chain, own
from kiosk.log.backup import PREFIX
from kiosk.log.backup_check import Backup, checked, holds, manifest_in
from kiosk.log.create import locked
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import remembered
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.reports.formatting import many
from kiosk.settings import Home, Mode, typed_path
from kiosk.system.clock import SystemClock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log restore` takes."""
    words = "a backup's folder, the folder with several of them (the newest is taken), or a copy of a log"
    parser.add_argument("source", metavar="FILE|FOLDER", help=words)
    parser.add_argument("--yes", action="store_true", help="do it without asking, for scripts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the backup, say what will happen, ask, and do it. Raises Refused when there is nothing to put back."""
    home, mode = home_of(args), mode_of(practice=args.practice)
    with locked(home, mode):
        pass  # first: beside a running kiosk there is nothing to read through and to decide
    backup = checked(_chosen(typed_path(args.source, whole=True)))
    _require_mode(backup, mode)
    put = _missing_here(home, mode, backup)
    for words in _told(home, mode, backup):
        say(words)
    if not args.yes:
        _require_yes()
    past = replace_log(home, mode, SystemClock(), "restored", by="restore", put=put)
    out(f"The backup is back, among the earlier logs in {home.earlier}. A new {mode} log goes on from it.")
    if past.unclosed:
        out(f"Not closed in what is earlier now: {', '.join(past.unclosed)}.")
    say("Next: `kiosk doctor`, then `kiosk log list`. Make a backup of the new log soon.")
    return Exit.DONE


def _missing_here(home: Home, mode: Mode, backup: Backup) -> list[Path]:
    """The files of the backup that hold what no sound log here does. Raises Refused when its newest adds nothing."""
    put = [path for path, state in zip(backup.files, backup.states, strict=True) if not _is_here(home, mode, state)]
    if backup.files[0] not in put:
        raise Refused(
            "The logs here already hold all of that backup; nothing was changed.",
            "If the log here can't be gone on with, `kiosk setup --new-log-key` begins a new one.",
        )
    return put


def _chosen(source: Path) -> Path:
    """The folder or file that is meant: the newest backup where there are several of one kiosk."""
    if not source.is_dir() or manifest_in(source) is not None:
        return source
    found = [(manifest, path) for path in sorted(source.glob(f"{PREFIX}-*")) if (manifest := manifest_in(path))]
    if not found:
        return source  # the check says what is wrong with it
    newest, folder = max(found, key=lambda one: one[0].at)
    known = {file.state.origin for file in newest.files}
    if any(manifest.files[0].state.origin not in known for manifest, _ in found):
        raise UsageError(f"{source} holds backups of several kiosks or logs.", "Name the folder of the one you mean.")
    return folder


def _require_mode(backup: Backup, mode: Mode) -> None:
    if backup.manifest is not None and backup.manifest.mode != mode:
        repair = "Add --practice." if mode == "live" else "Leave --practice out."
        raise UsageError(f"That is a backup of the {backup.manifest.mode} log.", repair)


def _is_here(home: Home, mode: Mode, state: Checkpoint) -> bool:
    places = (home.log(mode), archived_file(home, mode, state.origin))
    return any(path.exists() and holds(path, state) for path in places)


def _told(home: Home, mode: Mode, backup: Backup) -> Iterator[str]:
    """What is there and what will happen, in plain words."""
    if backup.manifest is None:
        yield "There is no signed list beside that file; its own entries and signatures were checked, and hold."
    else:
        school, made = backup.manifest.school or "a kiosk", backup.manifest.at[:16].replace("T", " ")
        yield f"It is a backup of {school}, made {made} UTC; its list, files and entries hold."
    held = many(backup.states[0].size, "entry", "entries")
    yield f"The log in it has {held}. It is put among the earlier logs, where it can be read."
    names = _own(home, mode)
    if names and names.isdisjoint(state.origin for state in backup.states):
        yield "CAUTION: it is the backup of another kiosk. This one has a log of its own, which does not go on from it."
    if home.log(mode).exists():
        yield f"The {mode} log that is here now is kept there too, as it is."
    yield "What was let go after this backup was made is in it again: let it go again (`kiosk log retention due`)."
    yield "The desk goes on with a new log, whose first entry cites the backup. No earlier log is written to again."


def _own(home: Home, mode: Mode) -> set[str]:
    """The names of the logs known to be this kiosk's: the last one it signed, the present one, those before it."""
    known = remembered(home, mode)
    names = {known.origin} if known else set()
    with suppress(StoreUnusable), closing(open_chain(home, mode)) as chain:
        names |= {chain.origin} | own(chain.logs[-1], chain.logs[:-1])
    return names


def _require_yes() -> None:
    if not at_terminal():
        raise UsageError("Restoring asks first, and there is no terminal to ask at.", "Add --yes.")
    if ask("Type yes to do it", "no").casefold() != "yes":
        raise Refused("Nothing was restored or changed.")
