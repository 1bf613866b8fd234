"""`kiosk log amend`: a correction of a closed record, or an addition to it, as a new entry; nothing is changed."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from kiosk.app import bootstrap
from kiosk.commands.common.output import ask, at_terminal, out, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.records import find_record, mode_of, reading
from kiosk.errors import Exit, Refused, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.protocol.model import MISSING, Protocol
from kiosk.protocol.replies import Missing
from kiosk.record import amending
from kiosk.record import kinds as h
from kiosk.record.amending import Subject, require_closed, words
from kiosk.record.amendments import ADDITION, NOWHERE, Amendment, amendment_of, entry_of
from kiosk.record.duties import duties_of, with_completion
from kiosk.record.entries import unseal
from kiosk.record.history import EncounterRecord
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.amendments import in_lines
from kiosk.reports.formatting import shown
from kiosk.settings import LONGEST, Home, Mode
from kiosk.system.clock import SystemClock


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log amend` takes."""
    parser.add_argument("no", metavar="NO", help="its number, like 2026-0001")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--field", metavar="ID", help="correct this fact, as `kiosk log show` names it")
    what.add_argument("--note", metavar="N", type=int, help="correct this note, by its number in `kiosk log show`")
    what.add_argument("--call", metavar="N", type=int, help="correct the result of this call, by its number there")
    what.add_argument("--add", metavar="TEXT", help="add something that was left out")
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--to", metavar="VALUE", help="what it should have said")
    said.add_argument("--missing", choices=MISSING, help="with --field: that it was not got, and why")
    parser.add_argument("--reason", metavar="TEXT", help="why; it is kept with the amendment")
    parser.add_argument("--by", metavar="NAME", help="who makes this amendment, by full name; kept with it")
    parser.add_argument("--preview", action="store_true", help="only show what would be entered")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show what will be entered, ask a person at a terminal, and enter it. Raises Refused, UsageError or Private."""
    home, mode = home_of(args), mode_of(practice=args.practice)
    with reading(home, practice=args.practice) as log:
        record = find_record(log, args.no, practice=args.practice)
        require_closed(record)
        subject = _subject(args, record, log)
        protocol = protocol_in(kept_content(log, record.protocol.seal), record.protocol.seal)
    made = _made(args, subject, protocol, (*record.amendments, *_waiting(home, mode, record.id)))
    say(f"To be entered into {record.no}:")
    for line in in_lines(made, record):
        say(f"  {line}")
    if args.preview:
        say("This is only a look: nothing was entered.")
        return Exit.DONE
    if at_terminal() and ask(f"Enter this into {record.no}, for good? Type yes").casefold() not in {"yes", "y"}:
        raise Refused("Nothing was entered.", "Run the command again when it says what you mean.")
    return _enter(home, mode, made, record)


def _subject(args: argparse.Namespace, record: EncounterRecord, log: LogOnDisk) -> Subject:
    """What is to be amended. Raises UsageError when the record has no such thing, or flags do not go together."""
    if args.missing and args.field is None:
        raise UsageError("Only a fact can be missing.", "Use --missing with --field alone.")
    if args.add is not None and args.to is not None:
        raise UsageError("--add takes the text itself.", "Leave --to out.")
    if args.field is not None:
        return amending.fact(record, args.field, map(unseal, log.entries(record.id)))
    if args.note is not None:
        return amending.note(record, args.note)
    return amending.addition(record) if args.call is None else amending.call(record, args.call)


def _waiting(home: Home, mode: Mode, encounter_id: str) -> Iterator[Amendment]:
    """The amendments of that encounter which wait for the running kiosk, the oldest first."""
    now = SystemClock().now()
    for left in bootstrap.pending_of(home, mode).waiting():
        if left.entry.kind == h.AMENDED and left.entry.encounter_id == encounter_id:
            yield amendment_of(left.entry.body, now)


def _made(
    args: argparse.Namespace, subject: Subject, protocol: Protocol | None, before: Sequence[Amendment]
) -> Amendment:
    """The amendment that was asked for; what stood there is the newest that was said.

    Raises UsageError or PrivateText.
    """
    was, now = subject.newest(before), amending.said(subject, _given(args), protocol)
    if subject.name != ADDITION and now == was:
        raise UsageError(f"It says “{shown(was)}” already.", "Nothing was entered.")
    return Amendment(
        ref=NOWHERE,
        target=subject.target,
        name=subject.name,
        was=was,
        now=now,
        reason=words("reason", _asked(args, "reason", "Why (it is kept)")),
        by=words("name", _asked(args, "by", "Who makes this amendment (full name)"), LONGEST),
        at=SystemClock().now(),
    )


def _given(args: argparse.Namespace) -> str | Missing:
    if args.missing:
        return Missing(args.missing)
    return _asked(args, "to", "What it should have said") if args.add is None else str(args.add)


def _asked(args: argparse.Namespace, flag: str, question: str) -> str:
    """What stands behind that flag, or what the person at the terminal types.

    Raises UsageError when nobody is there.
    """
    given: str | None = getattr(args, flag)
    if given is None and not at_terminal():
        raise UsageError(f"An amendment needs --{flag}, and there is no terminal to ask at.", "Add what is missing.")
    return ask(question) if given is None else given


def _enter(home: Home, mode: Mode, made: Amendment, record: EncounterRecord) -> int:
    entry = entry_of(made, encounter_id=record.id, no=record.no, pack=record.protocol.seal)
    if bootstrap.enter(home, mode, SystemClock(), *with_completion(duties_of(record), entry)):
        out(f"{record.no} is amended; what was recorded stays beside it.")
    else:
        out(f"The amendment of {record.no} waits; the running kiosk takes it in with the next record it closes.")
    return Exit.DONE
