"""`kiosk log`: list, show, verify, export and amend what was recorded."""

from __future__ import annotations

import argparse
from itertools import islice

from kiosk.commands import (
    add,
    amending,
    backup,
    earlier,
    events,
    exporting,
    holding,
    logkey,
    purging,
    restore,
    retaining,
    sealing,
    verifying,
    witnessing,
)
from kiosk.commands.days import add_days, days_of
from kiosk.commands.place import home_of
from kiosk.commands.records import find_record, newest_first, reading
from kiosk.commands.talk import out, out_json, say, table
from kiosk.errors import Exit, Refused
from kiosk.logfile import LogOnDisk
from kiosk.record.entries import unseal
from kiosk.record.history import EncounterRecord
from kiosk.record.packs import kept_content, protocol_in
from kiosk.reports import jsonl
from kiosk.reports.cells import moment
from kiosk.reports.record_text import state, told
from kiosk.reports.words_shown import words_shown

_USUAL = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log` takes."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listed = add(commands, "list", "the encounters, newest first")
    words = "only those with all these words in number, outcome, channel, agency as stated or notes"
    listed.add_argument("--search", metavar="WORDS", default="", help=words)
    listed.add_argument(
        "--limit", metavar="N", type=_count, default=_USUAL, help=f"at most so many; {_USUAL} if left out"
    )
    words = "only those older than this one: an encounter's number, or with --events an entry's"
    listed.add_argument("--before", metavar="NO", help=words)
    words = "instead, what happened beside them: kiosk opened or closed, packs installed or refused, keys, exports"
    listed.add_argument("--events", action="store_true", help=words)
    add_days(listed)
    listed.set_defaults(run=run_list)
    one = add(commands, "show", "one encounter in full")
    one.add_argument("no", metavar="NO", help="its number, like 2026-0001")
    words = "the very words that were on the screen, step by step, whatever protocol is in force now"
    one.add_argument("--words", action="store_true", help=words)
    one.set_defaults(run=run_show)
    whole = add(commands, "verify", "whether the log still holds what was sealed, signed and seen by others")
    verifying.arguments(whole)
    receipt = add(commands, "receipt", "the receipt of a closed record, or of the log now, to keep elsewhere")
    witnessing.receipt_arguments(receipt)
    head = add(commands, "head", "the signed state of the log, for the superintendent and counsel to keep")
    witnessing.head_arguments(head)
    for command in (listed, one, whole):
        command.add_argument("--json", action="store_true", help="for scripts")
    export = add(commands, "export", "encounters as a file for others")
    exporting.arguments(export)
    key = add(commands, "key", "the public key that signs the log, to compare copies with")
    logkey.arguments(key)
    amend = add(commands, "amend", "correct a closed record, or add to it; what was recorded stays")
    amending.arguments(amend)
    hold = add(commands, "hold", "keep records, whatever is due; without a number: which are kept so")
    holding.arguments_hold(hold)
    release = add(commands, "release", "lift a hold")
    holding.arguments_release(release)
    retention = add(commands, "retention", "how long records are kept, and which are due")
    retaining.arguments(retention)
    purge = add(commands, "purge", "let go what records told, when it is due and authorised")
    purging.arguments(purge)
    words = "make the district's key for reading what desks seal, and print its public half"
    sealing.key_arguments(add(commands, "sealing-key", words))
    words = "at the district: open what was sealed in a copy of records"
    sealing.unseal_arguments(add(commands, "unseal", words))
    copy = add(commands, "backup", "a checked copy of the log in another place; also while the kiosk runs")
    backup.arguments(copy)
    back = add(commands, "restore", "put a backup back; the desk goes on with a new log")
    restore.arguments(back)
    before = add(commands, "earlier", "every log there was here, and why each new one was begun")
    earlier.arguments(before)
    for command in (
        listed,
        one,
        whole,
        receipt,
        head,
        export,
        key,
        amend,
        hold,
        release,
        retention,
        purge,
        copy,
        back,
        before,
    ):
        words = "the practice log, never mixed with the live one"
        command.add_argument("--practice", action="store_true", default=argparse.SUPPRESS, help=words)


def run_list(args: argparse.Namespace) -> int:
    """Print the encounters, or the events, newest first."""
    days = days_of(args)
    with reading(home_of(args), practice=args.practice) as log:
        if args.events:
            return events.listed(log, args, days)
        records = list(islice(newest_first(log, args.search, days, args.before), args.limit + 1))
    more, records = len(records) > args.limit, records[: args.limit]
    if args.json:
        out_json([_brief(record) for record in records])
    elif records:
        table([("NUMBER", "OPENED", "STATE", "CHANNEL", "OUTCOME"), *map(_row, records)])
    else:
        say("No encounters were found.")
    if more:
        say(f"There are more than these {args.limit}; --limit shows more, --before {records[-1].no} those after them.")
    return Exit.DONE


def run_show(args: argparse.Namespace) -> int:
    """Print one encounter in full."""
    with reading(home_of(args), practice=args.practice) as log:
        record = find_record(log, args.no, practice=args.practice)
        if args.words:
            return _print_words(log, record, as_json=args.json)
    if args.json:
        out_json(jsonl.as_dict(record))
        return Exit.DONE
    for line in told(record):
        out(line)
    return Exit.DONE


def _print_words(log: LogOnDisk, record: EncounterRecord, *, as_json: bool) -> int:
    """Print what the screens of an encounter said, out of the log alone."""
    used = record.protocol
    protocol = protocol_in(kept_content(log, used.seal), used.seal)
    if protocol is None:
        raise Refused(
            f"The log does not keep the words of {used.id} {used.version}, seal {used.seal}.",
            "Ask the Superintendent's Office for the pack with that seal.",
        )
    lines = [f"{record.no}  {used.id} {used.version}, seal {used.seal}"]
    lines += words_shown([unseal(entry) for entry in log.entries(record.id)], protocol)
    if as_json:
        out_json(lines)
    else:
        for line in lines:
            out(line)
    return Exit.DONE


def _count(given: str) -> int:
    if not (given.isascii() and given.isdigit() and 0 < len(given) < 10 and int(given)):
        raise argparse.ArgumentTypeError(f"“{given}” is not a whole number from 1 on")
    return int(given)


def _row(record: EncounterRecord) -> tuple[str, ...]:
    return record.no, moment(record.opened_at), state(record), record.channel or "", record.outcome or ""


def _brief(record: EncounterRecord) -> dict[str, object]:
    names = ("no", "mode", "opened_at", "closed_at", "outcome", "channel")
    whole = jsonl.as_dict(record)
    return {name: whole[name] for name in names} | {"state": record.state, "amendments": len(record.amendments)}
