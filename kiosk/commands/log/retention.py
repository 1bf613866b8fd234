"""`kiosk log retention`: how long records are kept, and which are due. Nothing is ever let go by time alone."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from kiosk.commands import add
from kiosk.commands.common.dates import add_as_of, day_looked_at
from kiosk.commands.common.output import out, out_json, say, table
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.prompts import add_by, name_of, text_of
from kiosk.commands.common.records import mode_of, reading
from kiosk.commands.log.retention_state import due_records, enter_all, holds, of_kind, standings
from kiosk.errors import Exit, KioskError, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.packs.library import Library
from kiosk.protocol.model import Protocol
from kiosk.record import kinds as h
from kiosk.record.retention.eligibility import Standing
from kiosk.record.retention.schedule import ALL, Mark, marking, marks, read_keep
from kiosk.settings import Home, read_settings
from kiosk.system.clock import SystemClock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log retention` takes."""
    parser.set_defaults(run=run_list)
    parser.add_argument("--json", action="store_true", help="for scripts")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    mark = add(commands, "set", "say how long the records of a category are kept")
    mark.add_argument("category", metavar="CATEGORY", help=f"{ALL}, or the id of an outcome: records that ended so")
    words = "“3 years”, “until 2035-06-30” or “for ever”, from the day a record was closed or last added to"
    mark.add_argument("--keep", metavar="TIME", required=True, help=words)
    mark.add_argument("--authority", metavar="TEXT", help="the schedule or decision that says so; kept in the log")
    add_by(mark)
    mark.set_defaults(run=run_set)
    due = add(commands, "due", "the records whose time is over: they may go when that is authorised")
    due.add_argument("--json", action="store_true", help="for scripts")
    add_as_of(due)
    due.set_defaults(run=run_due)
    for command in (mark, due):
        words = "the practice log, never mixed with the live one"
        command.add_argument("--practice", action="store_true", default=argparse.SUPPRESS, help=words)


def run_list(args: argparse.Namespace) -> int:
    """Print the marks that count."""
    with reading(home_of(args), practice=args.practice) as log:
        found = marks(of_kind(log, h.RETENTION_MARKED))
    rows = [(m.category, str(m.keep), m.authority, m.by) for m in found.values()]
    if args.json:
        out_json([dict(zip(("category", "keep", "authority", "by"), row, strict=True)) for row in rows])
        return Exit.DONE
    if rows:
        table([("CATEGORY", "KEPT", "AUTHORITY", "SET BY"), *rows])
    others = "All other records are" if found and ALL not in found else "" if found else "All records are"
    if others:
        say(f"{others} kept for ever.")
    return Exit.DONE


def run_set(args: argparse.Namespace) -> int:
    """Set how long the records of a category are kept."""
    home, keep = home_of(args), read_keep(args.keep)
    category = args.category.strip()
    with reading(home, practice=args.practice) as log:
        _require_known(category, home, log)
    mark = Mark(category, keep, text_of(args, "authority", "Which schedule or decision says so"), name_of(args))
    written = enter_all(home, mode_of(practice=args.practice), [marking(mark)], SystemClock())
    which = "All records" if category == ALL else f"Records that ended as {category}"
    out(f"{which} are kept {keep}. Nothing goes by itself: `kiosk log retention due` lists what may.")
    if not written:
        say("The kiosk is running; it takes this in with the next record it closes.")
    return Exit.DONE


def run_due(args: argparse.Namespace) -> int:
    """List the records whose time is over."""
    home, today = home_of(args), day_looked_at(args)
    with reading(home, practice=args.practice) as log:
        found = due_records(log, today)
        held = holds(home, mode_of(practice=args.practice), SystemClock())
        stands = standings(log, found, held)
    if args.json:
        out_json([_as_json(one) for one in stands])
    else:
        _print_due(stands, today)
    return Exit.DONE


def _print_due(stands: Sequence[Standing], today: date) -> None:
    if not stands:
        say(f"No record is due on {today}.")
        return
    table([("NUMBER", "ENDED AS", "DUE SINCE", "ON HOLD"), *map(_row, stands)])
    say("These may go when it is authorised: `kiosk log purge --due --authorisation REF`. Until then they stay.")


def _row(stands: Standing) -> tuple[str, str, str, str]:
    return stands.record.no, stands.record.outcome or "", str(stands.due), "yes" if stands.holds else ""


def _as_json(stands: Standing) -> dict[str, object]:
    record = stands.record
    return {"no": record.no, "outcome": record.outcome, "due": str(stands.due), "on_hold": bool(stands.holds)}


def _require_known(category: str, home: Home, log: LogOnDisk) -> None:
    """Raise UsageError for a category that no record is in or could get in: a mark on it would keep nothing."""
    protocol = _protocol(home)
    known = {*(protocol.outcomes if protocol else ()), *(kept.step for kept in of_kind(log, h.CLOSED) if kept.step)}
    if category not in {ALL, *known}:
        raise UsageError(f"No record ends as “{category}”.", f"Choose {ALL}, or one of: {', '.join(sorted(known))}.")


def _protocol(home: Home) -> Protocol | None:
    try:
        return Library(home).find(read_settings(home).protocol).protocol
    except KioskError:  # records outlive the pack
        return None
