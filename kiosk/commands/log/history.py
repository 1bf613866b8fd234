"""`kiosk log earlier`: every log there was here, why each one ended, and that an administrator has seen it."""

from __future__ import annotations

import argparse
import base64

from kiosk.app.bootstrap import enter
from kiosk.commands.common.output import out, out_json, say, table
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.records import mode_of, reading
from kiosk.errors import Exit
from kiosk.log.archive import LogHistory, archived_file, archived_logs
from kiosk.log.log import LogOnDisk
from kiosk.record import kinds as h
from kiosk.record.entries import Entry
from kiosk.record.verification.succession import began, unseen
from kiosk.reports.events import why_began
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant, SystemClock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log earlier` takes."""
    words = "say that you, an administrator, have seen why the newest log was begun; that is an entry"
    parser.add_argument("--seen", action="store_true", help=words)
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print every log, oldest first."""
    home, mode = home_of(args), mode_of(practice=args.practice)
    with reading(home, practice=args.practice) as chain:
        told = [_told(home, mode, chain, log) for log in chain.logs]
        waiting = unseen(chain.logs[-1]) is not None
    if args.json:
        out_json(told)
    else:
        heads = ("NAME", "MADE", "ENTRIES", "ENCOUNTERS", "BEGUN BECAUSE")
        table([heads, *(tuple(str(one[name.lower()]) for name in heads) for one in told)])
        for path in archived_logs(home, mode):
            out(f"Kept, and not read, because it is another copy: {path}")
    if not args.seen or not waiting:
        return Exit.DONE
    if not enter(home, mode, SystemClock(), Entry(h.LOG_SEEN, {}, actor="command")):
        say("The kiosk is running; it will enter that into the log.")
    return Exit.DONE


def _told(home: Home, mode: Mode, chain: LogHistory, log: LogOnDisk) -> dict[str, object]:
    kept, head = began(log), log.newest_checkpoint()
    made = Instant(log.created_us, "", 0).local()
    place = home.log(mode) if log is chain.logs[-1] else archived_file(home, mode, log.origin)
    return {
        "name": log.origin,
        "made": f"{made:%Y-%m-%d %H:%M}",
        "entries": log.size(),
        "encounters": len(log.encounter_ids(h.OPENED)),
        "begun because": why_began(kept.body.get("reason")) if kept else "",
        "root": base64.b64encode(head.root).decode("ascii") if head else "",
        "file": str(place),
    }
