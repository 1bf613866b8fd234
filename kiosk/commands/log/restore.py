"""`kiosk log restore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.people import needs
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.values import FILE
from kiosk.commands.common.verdicts import public_keys
from kiosk.errors import Exit, NotChecked, Refused, ReplaceReason, StoreUnusable, UsageError
from kiosk.log.archive import archived_file, cited_origins, open_history
from kiosk.log.backup import PREFIX
from kiosk.log.backup_check import Backup, checked, contains, manifest_in
from kiosk.log.create import locked
from kiosk.log.replace import replace_log
from kiosk.log.restore import confirmed_keys, require_consistent
from kiosk.log.signing_key import remembered
from kiosk.record.people.roles import Right
from kiosk.record.transparency.checkpoint import Checkpoint
from kiosk.record.verification.verdict import KeySource
from kiosk.settings import Home, Mode, typed_path
from kiosk.system.clock import SystemClock
from kiosk.worded import many


@as_command(
    "The command checks the backup, shows what it will do, and asks. Give the folder of a backup, the folder with "
    "several of them (the newest is taken), or a copy of a log."
)
@click.argument("source", metavar="FILE|FOLDER", type=FILE)
@click.option("--yes", is_flag=True, help="consent without a question; for scripts")
@click.option(
    "--key",
    "keys",
    metavar="KEY|FILE",
    type=FILE,
    multiple=True,
    help="public key of the backup's log from paper, name+id+key, or a file with keys; repeatable",
)
@pass_log
@needs(Right.RESTORE, unreadable=True)
def command(home: Home, mode: Mode, source: str, yes: bool, keys: tuple[str, ...]) -> int:
    """Check the backup, show the plan, ask, and restore it.

    Raises Refused if there is nothing to restore, or if the backup contradicts the logs here; NotChecked for --yes if
    nothing confirms the backup's key.
    """
    given = [key for words in keys for key in public_keys(words)]
    with locked(home, mode):
        pass  # raises at once while the kiosk is open
    backup = checked(_selected(typed_path(source, whole=True)), Bar)
    _require_mode(backup, mode)
    missing = _missing_here(home, mode, backup)
    source_of_key = require_consistent(home, mode, backup, given)
    for words in _plan(home, mode, backup, source_of_key):
        output.message(words)
    _require_yes(source_of_key, yes=yes)
    confirmed = confirmed_keys(backup, given)
    carried_over = replace_log(
        home, mode, SystemClock(), ReplaceReason.RESTORED, by="restore", restored=missing, known=confirmed
    )
    output.data(f"The backup is now a previous log in {home.earlier}. A new {mode} log continues it.")
    if carried_over.unfinished:
        output.data(f"Unfinished records in previous logs: {', '.join(carried_over.unfinished)}.")
    output.message("Next: `kiosk doctor`, then `kiosk log list`. Make a backup of the new log soon.")
    return Exit.DONE


def _missing_here(home: Home, mode: Mode, backup: Backup) -> list[Path]:
    """Return the files of the backup with entries that no intact log here has. Raises Refused if it adds nothing."""
    missing = [path for path, state in zip(backup.files, backup.states, strict=True) if not _is_here(home, mode, state)]
    if backup.files[0] not in missing:
        raise Refused(
            "The logs here already hold all of that backup; nothing was changed.",
            "If the log here can't be used, `kiosk setup --replace-log` starts a new one.",
        )
    return missing


def _selected(source: Path) -> Path:
    """Return the folder or file to restore; of several backups of one kiosk, the newest."""
    if not source.is_dir() or manifest_in(source) is not None:
        return source
    found = [(manifest, path) for path in sorted(source.glob(f"{PREFIX}-*")) if (manifest := manifest_in(path))]
    if not found:
        return source  # the check reports its problem
    newest, folder = max(found, key=lambda one: one[0].at)
    known = {file.state.origin for file in newest.files}
    if any(manifest.files[0].state.origin not in known for manifest, _ in found):
        raise UsageError(f"{source} holds backups of several kiosks or logs.", "Name the folder of the one you mean.")
    return folder


def _require_mode(backup: Backup, mode: Mode) -> None:
    if backup.manifest is not None and backup.manifest.mode != mode:
        repair = "Add --practice." if mode == "live" else "Remove --practice."
        raise UsageError(f"That is a backup of the {backup.manifest.mode} log.", repair)


def _is_here(home: Home, mode: Mode, state: Checkpoint) -> bool:
    places = (home.log(mode), archived_file(home, mode, state.origin))
    return any(path.exists() and contains(path, state, Bar) for path in places)


def _plan(home: Home, mode: Mode, backup: Backup, source: KeySource) -> Iterator[str]:
    """Yield sentences that describe the backup and the restoration; what is not proven comes first."""
    if source is KeySource.UNKNOWN:
        yield "NOT CHECKED: who signed this backup. Only the backup itself names its key. Compare it with --key."
    else:
        yield f"NOT PROVEN: that the log had no newer entries. The backup's key is known: {source.words}."
    if backup.manifest is None:
        yield "The file has no signed list; its own entries and signatures were checked, and match."
    else:
        school, made = backup.manifest.school or "a kiosk", backup.manifest.at[:16].replace("T", " ")
        yield f"It is a backup of {school}, made {made} UTC; its list, files and entries match."
    count = many(backup.states[0].size, "entry", "entries")
    yield f"The log in it has {count}. It becomes a previous log, which can be read."
    names = _own_origins(home, mode)
    if names and names.isdisjoint(state.origin for state in backup.states):
        yield "CAUTION: it is the backup of another kiosk, and the log here does not continue it."
    if home.log(mode).exists():
        yield f"The {mode} log that is here now becomes a previous log too. It does not change."
    yield "Details that were destroyed after this backup come back. Destroy them again: `kiosk log retention eligible`."
    yield "The desk continues with a new log, whose first entry cites the backup. Previous logs do not change again."


def _own_origins(home: Home, mode: Mode) -> set[str]:
    """Return the IDs of this kiosk's logs: the last one it signed, the current one, and the previous ones."""
    known = remembered(home, mode)
    names = {known.origin} if known else set()
    with suppress(StoreUnusable), closing(open_history(home, mode)) as history:
        names |= {history.origin} | cited_origins(history.logs[-1], history.logs[:-1])
    return names


def _require_yes(source: KeySource, *, yes: bool) -> None:
    if yes and source is KeySource.UNKNOWN:
        raise NotChecked("Nobody compared the key of that backup; nothing was restored.", "Add --key, or leave --yes.")
    if yes:
        return
    if not output.at_terminal():
        raise UsageError("Restoring a backup needs your consent.", "Use a terminal, or add --yes.")
    if output.ask("Type yes to restore it", "no").casefold() != "yes":
        raise Refused("Nothing was restored or changed.")
