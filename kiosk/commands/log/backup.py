"""`kiosk log backup`: a checked, signed copy of the log in another place, made while the kiosk runs."""

from __future__ import annotations

import argparse
import base64

from kiosk.app.bootstrap import enter
from kiosk.commands.common.output import out, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.records import mode_of
from kiosk.errors import Exit, StoreUnusable
from kiosk.log.backup import Made, back_up, rotate
from kiosk.record.canonical import Json
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.reports.formatting import many
from kiosk.settings import Home, Mode, read_settings, typed_path
from kiosk.system.clock import SystemClock

_KEEP = 7


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log backup` takes."""
    parser.add_argument(
        "dest", metavar="DEST", help="a folder on another disk; each backup is a folder of its own in it"
    )
    words = f"how many of this kiosk's backups may be there afterwards, the newest; {_KEEP} if left out"
    parser.add_argument("--keep", metavar="N", type=_count, default=_KEEP, help=words)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the backup, enter it into the log, and let old ones go; 1 when something of that could not be done."""
    home, mode, clock = home_of(args), mode_of(practice=args.practice), SystemClock()
    made = back_up(home, mode, typed_path(args.dest, whole=True), read_settings(home).school, clock.now())
    newest, more = made.manifest.files[0], len(made.manifest.files) - 1
    out(f"The backup is in {made.folder}.")
    besides = f" and {more} earlier log(s)" if more else ""
    out(f"It holds the {mode} log, {many(newest.state.size, 'entry', 'entries')}{besides}; all of it was checked.")
    for words in made.left_out:
        say(words)
    say("It does not hold the key, settings, contacts, protocols or the other log. Keep it where only you can read it.")
    code = _entered(home, mode, made)
    gone, troubles = rotate(made, args.keep)
    if gone:
        say(f"{gone} older backup(s) were removed; the newest {args.keep} are kept.")
    for words in troubles:
        say(words)
    return Exit.FOUND if troubles or made.left_out else code


def _entered(home: Home, mode: Mode, made: Made) -> int:
    state = made.manifest.files[0].state
    root = base64.b64encode(state.root).decode("ascii")
    body: dict[str, Json] = {
        "to": str(made.folder),
        "size": state.size,
        "root": root,
        "logs": len(made.manifest.files),
    }
    try:
        if not enter(home, mode, SystemClock(), Entry(EntryKind.BACKUP_MADE, body, actor=Actor.COMMAND)):
            say("The kiosk is running; it will enter this backup into the log.")
    except StoreUnusable as error:
        say(f"The log has no entry of this backup. {error.what} The backup itself is good.")
        return Exit.FOUND
    return Exit.DONE


def _count(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < len(given) < 5 and int(given)):
        raise argparse.ArgumentTypeError(f"“{given}” is not a whole number from 1 on")
    return int(given)
