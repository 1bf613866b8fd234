"""`kiosk log call`: a call that was made after a record was closed; it ends what was still to do."""

from __future__ import annotations

import argparse
from typing import Final

from kiosk.app import bootstrap
from kiosk.commands.common.output import out, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.prompts import add_by, name_of
from kiosk.commands.common.records import find_record, mode_of, reading
from kiosk.errors import Exit, Refused, UsageError
from kiosk.record import kinds as h
from kiosk.record.amending import words
from kiosk.record.duties import Duties, after, duties_of, with_completion
from kiosk.record.entries import Entry
from kiosk.record.history import EncounterRecord
from kiosk.settings import LONGEST
from kiosk.system.clock import SystemClock

_RESULTS: Final = ("reached", "called-back", "no-answer")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log call` takes."""
    parser.add_argument("no", metavar="NO", help="its number, like 2026-0001")
    parser.add_argument("--role", metavar="ID", help="who was called (default: the first that is still to call)")
    parser.add_argument("--result", choices=_RESULTS, required=True, help="how it went")
    parser.add_argument("--name", metavar="NAME", default="", help="the person who was reached or tried")
    add_by(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Add the call to the closed record, and say what is still to do. Raises Refused, UsageError or Private."""
    home, mode = home_of(args), mode_of(practice=args.practice)
    with reading(home, practice=args.practice) as log:
        record = find_record(log, args.no, practice=args.practice)
    duties = duties_of(record)
    role = _role(args, record, duties)
    name = words("name", args.name, LONGEST) if args.name else role
    body = {"role": role, "person": 0, "result": args.result, "name": name, "by": name_of(args)}
    entry = Entry(h.CALL_MADE, body, record.id, actor="command", pack=record.protocol.seal)
    if bootstrap.enter(home, mode, SystemClock(), *with_completion(duties, entry)):
        out(f"The call is in {record.no}. {_left(after(duties, entry))}")
    else:
        say("The kiosk is running; it records the call when it closes a record, or is closed.")
        say(_left(after(duties, entry)))
    return Exit.DONE


def _role(args: argparse.Namespace, record: EncounterRecord, duties: Duties) -> str:
    if record.closing is None:
        raise Refused(f"{record.no} is not closed yet.", "Open the kiosk, continue it, and press F5.")
    role = args.role or next(iter(duties.calls), None)
    if role is None:
        raise UsageError(f"Nobody is still to call for {record.no}.", "Say who was called with --role.")
    if role not in (known := {*record.untold, *duties.calls, *(call.role for call in record.calls)}):
        named = f"Choose one of: {', '.join(sorted(known))}." if known else "It has none."
        raise UsageError(f"{record.no} has no role “{role}”.", named)
    return str(role)


def _left(duties: Duties) -> str:
    still = [*(f"call {role}" for role in duties.calls), *(f"fill in {name}" for name in duties.facts)]
    return f"Still to do: {', '.join(still)}." if still else "Nothing is left to do for it."
