"""`kiosk log`: list, show, verify, export and amend what was recorded."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Final

from kiosk.commands import add
from kiosk.commands.common.dates import add_days, days_of
from kiosk.commands.common.output import out, out_json, say, table
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.records import find_record, newest_first, reading
from kiosk.commands.log import (
    amend,
    backup,
    call,
    close,
    events,
    export,
    history,
    hold,
    key,
    purge,
    receipt,
    restore,
    retention,
    sealing,
    verify,
)
from kiosk.errors import Exit, Refused
from kiosk.log.log import LogOnDisk
from kiosk.record.entries import unseal
from kiosk.record.history import EncounterRecord
from kiosk.record.pack_entries import kept_content, protocol_in
from kiosk.reports.exports import jsonl
from kiosk.reports.formatting import moment
from kiosk.reports.record import state, told
from kiosk.reports.transcript import words_shown

_USUAL = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log` takes."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (words, take) in _COMMANDS.items():
        command = add(commands, name, words)
        take(command)
        if name not in _AT_THE_DISTRICT:
            mode = "the practice log, never mixed with the live one"
            command.add_argument("--practice", action="store_true", default=argparse.SUPPRESS, help=mode)


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    words = "only those with all these words in number, outcome, channel, agency as stated or notes"
    parser.add_argument("--search", metavar="WORDS", default="", help=words)
    parser.add_argument(
        "--limit", metavar="N", type=_count, default=_USUAL, help=f"at most so many; {_USUAL} if left out"
    )
    words = "only those older than this one: an encounter's number, or with --events an entry's"
    parser.add_argument("--before", metavar="NO", help=words)
    words = "instead, what happened beside them: kiosk opened or closed, packs installed or refused, keys, exports"
    parser.add_argument("--events", action="store_true", help=words)
    add_days(parser)
    _add_json(parser)
    parser.set_defaults(run=run_list)


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("no", metavar="NO", help="its number, like 2026-0001")
    words = "the very words that were on the screen, step by step, whatever protocol is in force now"
    parser.add_argument("--words", action="store_true", help=words)
    _add_json(parser)
    parser.set_defaults(run=run_show)


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    verify.arguments(parser)
    _add_json(parser)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for scripts")


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


_COMMANDS: Final[Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]] = {
    "list": ("the encounters, newest first", _list_arguments),
    "show": ("one encounter in full", _show_arguments),
    "verify": ("whether the log still holds what was sealed, signed and seen by others", _verify_arguments),
    "receipt": (
        "the receipt of a closed record, or of the log now, to keep elsewhere",
        receipt.receipt_arguments,
    ),
    "head": ("the signed state of the log, for the superintendent and counsel to keep", receipt.head_arguments),
    "export": ("encounters as a file for others", export.arguments),
    "key": ("the public key that signs the log, to compare copies with", key.arguments),
    "amend": ("correct a closed record, or add to it; what was recorded stays", amend.arguments),
    "call": ("add a call that was made after a record was closed", call.arguments),
    "close": ("close a record that was left open: void, or over before its end", close.arguments),
    "hold": ("keep records, whatever is due; without a number: which are kept so", hold.arguments_hold),
    "release": ("lift a hold", hold.arguments_release),
    "retention": ("how long records are kept, and which are due", retention.arguments),
    "purge": ("let go what records told, when it is due and authorised", purge.arguments),
    "sealing-key": (
        "make the district's key for reading what desks seal, and print its public half",
        sealing.key_arguments,
    ),
    "unseal": ("at the district: open what was sealed in a copy of records", sealing.unseal_arguments),
    "backup": ("a checked copy of the log in another place; also while the kiosk runs", backup.arguments),
    "restore": ("put a backup back; the desk goes on with a new log", restore.arguments),
    "earlier": ("every log there was here, and why each new one was begun", history.arguments),
}
"""Each command with what it does and what it takes, in the order of the help."""

_AT_THE_DISTRICT: Final = ("sealing-key", "unseal")
"""Commands that look at no log of this kiosk."""
