"""`kiosk log hold` and `kiosk log release`: what must be kept, whatever else is due or asked for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from kiosk.commands.common.output import out, out_json, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.prompts import add_by, name_of, text_of
from kiosk.commands.common.records import find_record, mode_of, reading
from kiosk.commands.log.retention_state import enter_all, holds
from kiosk.errors import Exit, Refused, UsageError
from kiosk.record.amending import words
from kiosk.record.entries import Entry
from kiosk.record.holds import Hold, placing, releasing
from kiosk.reports.destruction_preview import hold_words
from kiosk.reports.formatting import many, stamp
from kiosk.settings import LONGEST
from kiosk.system.clock import SystemClock

_LATER = (
    "The kiosk is running; it takes this in when it closes a record, or is closed. Until then nothing can be let go."
)


def arguments_hold(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log hold` takes."""
    parser.add_argument("no", metavar="NO", nargs="*", help="the records to keep; without any: lists the holds")
    parser.add_argument("--reason", metavar="TEXT", help="why; kept in the log")
    parser.add_argument("--matter", metavar="REF", default="", help="the case or request it is for")
    parser.add_argument("--json", action="store_true", help="for scripts, with the list")
    add_by(parser)
    parser.set_defaults(run=run_hold)


def arguments_release(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log release` takes."""
    parser.add_argument("no", metavar="NO", help="the record")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--matter", metavar="REF", help="the hold for this case, when there are several")
    which.add_argument("--all", action="store_true", help="every hold on the record")
    parser.add_argument("--reason", metavar="TEXT", help="why; kept in the log")
    add_by(parser)
    parser.set_defaults(run=run_release)


def run_hold(args: argparse.Namespace) -> int:
    """Place a hold on each record, or list the holds in force."""
    home, mode, clock = home_of(args), mode_of(practice=args.practice), SystemClock()
    with reading(home, practice=args.practice) as log:
        if not args.no:
            return _list(holds(home, mode, clock), as_json=args.json)
        records = [find_record(log, no, practice=args.practice) for no in dict.fromkeys(args.no)]
    said = {"reason": text_of(args, "reason", "Why it must be kept"), "by": name_of(args)}
    said["matter"] = words("matter", args.matter, LONGEST) if args.matter else ""
    written = enter_all(home, mode, [placing(record.id, record.no, **said) for record in records], clock)
    out(f"On hold: {', '.join(record.no for record in records)}.")
    if not written:
        say(_LATER)
    return Exit.DONE


def run_release(args: argparse.Namespace) -> int:
    """Release the hold that is meant; the record stays on hold while another lies on it."""
    home, mode, clock = home_of(args), mode_of(practice=args.practice), SystemClock()
    with reading(home, practice=args.practice) as log:
        record = find_record(log, args.no, practice=args.practice)
        on_it = [hold for hold in holds(home, mode, clock) if hold.encounter_id == record.id]
    meant = _meant(args, on_it, record.no)
    said = {"reason": text_of(args, "reason", "Why it may be let go again"), "by": name_of(args)}
    entries: list[Entry] = [releasing(hold, **said) for hold in meant]
    written = enter_all(home, mode, entries, clock)
    left = [hold for hold in on_it if hold not in meant]
    rest = many(len(left), "stays", "stay") if left else "none is left"
    out(f"Released: {many(len(meant), 'hold')} on {record.no}; {rest}.")
    if not written:
        say(_LATER)
    return Exit.DONE


def _meant(args: argparse.Namespace, on_it: Sequence[Hold], no: str) -> list[Hold]:
    """The holds to release. Raises Refused when there is none, UsageError when it can't be told which is meant."""
    if not on_it:
        raise Refused(f"There is no hold on {no}.", "`kiosk log hold` lists the holds.")
    if args.all or (len(on_it) == 1 and args.matter is None):
        return [*on_it]
    if args.matter is None:
        matters = ", ".join(sorted(f"“{hold.matter}”" for hold in on_it))
        raise UsageError(f"There are {len(on_it)} holds on {no}, for {matters}.", "Say which with --matter, or --all.")
    meant = [hold for hold in on_it if hold.matter == args.matter.strip()]
    if not meant:
        raise UsageError(f"No hold on {no} is for “{args.matter}”.", "`kiosk log hold` lists the holds.")
    return meant


def _list(found: Sequence[Hold], *, as_json: bool) -> int:
    if as_json:
        names = ("no", "reason", "by", "matter")
        out_json([{"at": stamp(x.at, None)} | {name: getattr(x, name) for name in names} for x in found])
        return Exit.DONE
    for hold in found:
        out(f"{hold.no}  {hold_words(hold)}")
    if not found:
        say("No record is on hold.")
    return Exit.DONE
