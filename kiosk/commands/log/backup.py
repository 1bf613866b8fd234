"""`kiosk log backup`."""

from __future__ import annotations

import base64
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter_or_report
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import by_person, needs
from kiosk.commands.common.progress import Bar
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FOLDER, Whole
from kiosk.errors import Exit
from kiosk.log.backup import NewBackup, back_up, rotate
from kiosk.packs.judged_names import require_storable_settings
from kiosk.record.bodies import MEANING
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.settings import Home, Mode, read_settings, typed_path
from kiosk.system.clock import SystemClock
from kiosk.worded import many

_KEEP: Final = 7


@as_command("FOLDER is on another disk; each backup is a new folder in it. The kiosk may be open.")
@click.argument("folder", metavar="FOLDER", type=FOLDER)
@click.option(
    "--keep",
    metavar="N",
    type=Whole(1, 9999),
    default=_KEEP,
    help=f"number of newest backups to keep there (default: {_KEEP})",
)
@meaning_option
@pass_log
@needs(Right.BACKUP)
def command(home: Home, mode: Mode, folder: str, keep: int, texts: PromptedTexts) -> int:
    """Make the backup, record it in the log, and remove old backups; return 1 if a part failed."""
    to = typed_path(folder, whole=True)
    texts.path(str(to))
    settings = read_settings(home)
    require_storable_settings(home, settings)
    made = back_up(home, mode, to, settings.school, SystemClock().now(), Bar)
    newest, previous = made.manifest.files[0], len(made.manifest.files) - 1
    output.data(f"The backup is in {made.folder}.")
    besides = f" and {many(previous, 'previous log')}" if previous else ""
    output.data(
        f"It has the {mode} log, {many(newest.state.size, 'entry', 'entries')}{besides}; all of it was checked."
    )
    for words in made.left_out:
        output.message(words)
    output.message(
        "It does not have the key, settings, contacts, protocols or the other log. Keep it where only you can read it."
    )
    code = _entered(home, mode, made, texts.meaning(str(to)))
    removed, problems = rotate(made, keep)
    if removed:
        output.message(
            f"{many(removed, 'older backup was', 'older backups were')} removed; the newest {keep} are kept."
        )
    for words in problems:
        output.message(words)
    return Exit.FOUND if problems or made.left_out else code


def _entered(home: Home, mode: Mode, made: NewBackup, meaning: str) -> Exit:
    state = made.manifest.files[0].state
    body: dict[str, Json] = {
        "to": str(made.folder),
        "size": state.size,
        "root": base64.b64encode(state.root).decode("ascii"),
        "logs": len(made.manifest.files),
        **({f"{MEANING}to": meaning} if meaning else {}),
    }
    entry = by_person(Entry(EntryKind.BACKUP_MADE, body, actor=Actor.COMMAND))
    return enter_or_report(home, mode, entry, what="this backup", repair="The backup itself is good.")
