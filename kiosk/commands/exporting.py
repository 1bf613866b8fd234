"""`kiosk log export`: encounters as a file for others; that it was made is an entry in the log."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from kiosk import bootstrap
from kiosk.clock import SystemClock
from kiosk.commands.days import Days, add_days, days_of
from kiosk.commands.place import home_of
from kiosk.commands.records import find_record, mode_of, oldest_first, reading
from kiosk.commands.talk import out_bytes, say
from kiosk.engine.model import Protocol
from kiosk.errors import Exit, KioskError, StoreUnusable, WrongUse
from kiosk.files import save_file
from kiosk.library import Library
from kiosk.logfile import LogOnDisk
from kiosk.post import Mode
from kiosk.record import happenings as h
from kiosk.record.canonical import Json
from kiosk.record.entries import Entry
from kiosk.record.history import EncounterRecord
from kiosk.record.renamed import in_todays_ids
from kiosk.reports.csv_sheet import sheet
from kiosk.reports.jsonl import line
from kiosk.settings import Home, read_settings, typed_path

_FORMATS = ("jsonl", "csv")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log export` takes."""
    parser.add_argument("--format", required=True, metavar="FORMAT", help="jsonl for programs, csv for a spreadsheet")
    parser.add_argument("--level", default="full", metavar="LEVEL", help="how much: full, which holds everything")
    parser.add_argument("--encounter", metavar="NO", help="only this encounter")
    add_days(parser)
    parser.add_argument("-o", "--output", metavar="PATH", help="the file to write; stdout when left out")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the export, and that it was made; 1 when that entry could not be written."""
    _require_known(args)
    days, home, mode = days_of(args), home_of(args), mode_of(practice=args.practice)
    with reading(home, practice=args.practice) as log:
        ids = _selected(log, args.encounter, days, practice=args.practice)
        pieces = _jsonl(log, ids) if args.format == "jsonl" else _csv(log, ids, home)
        entry = Entry(h.EXPORTED, _body(args, len(ids)), actor="command")
        # To a file: written whole or not at all, so the entry follows. To a pipe: nobody knows how much of it was
        # read, so the entry goes first and may at worst tell of more than was taken.
        if args.output:
            save_file(typed_path(args.output), b"".join(pieces))
            code = _entered(home, mode, entry)
        else:
            code = _entered(home, mode, entry)
            for piece in pieces:
                out_bytes(piece)
    say(f"{len(ids)} encounter(s) exported." + (f" They are in {args.output}." if args.output else ""))
    return code


def _require_known(args: argparse.Namespace) -> None:
    if args.format not in _FORMATS:
        raise WrongUse(f"The format “{args.format}” comes later.", "Choose jsonl or csv.")
    if args.level != "full":
        raise WrongUse(
            f"The level “{args.level}” comes later.", "Leave --level out, and mind that it holds everything."
        )


def _selected(log: LogOnDisk, no: str | None, days: Days, *, practice: bool) -> list[str]:
    if no is not None:
        return [find_record(log, no, practice=practice).id]
    if days == Days(None, None):
        return [*log.encounter_ids(h.OPENED)]  # nothing has to be read to choose
    return [record.id for record in oldest_first(log) if days.hold(record.opened_at)]


def _jsonl(log: LogOnDisk, ids: Sequence[str]) -> Iterator[bytes]:
    return (f"{line(record)}\n".encode() for record in oldest_first(log, ids))


def _csv(log: LogOnDisk, ids: Sequence[str], home: Home) -> Iterator[bytes]:
    protocol = _protocol(home)
    renamed = protocol.renamed if protocol else {}

    def records() -> Iterator[EncounterRecord]:
        # A sheet puts old and new records side by side: what was renamed since stands in one column.
        return (in_todays_ids(record, renamed) for record in oldest_first(log, ids))

    return (piece.encode() for piece in sheet(records(), _field_ids(records(), protocol)))


def _protocol(home: Home) -> Protocol | None:
    try:
        return Library(home).find(read_settings(home).protocol).protocol
    except KioskError:  # an export must not need a readable protocol
        return None


def _field_ids(records: Iterator[EncounterRecord], protocol: Protocol | None) -> tuple[str, ...]:
    """The protocol's fields in its order, then whatever else was ever recorded, by name: the same columns each time."""
    found = {name for record in records for name in (*record.fields, *record.late_fields)}
    known = tuple(protocol.fields) if protocol else ()
    return (*known, *sorted(found - set(known)))


def _body(args: argparse.Namespace, count: int) -> dict[str, Json]:
    return {
        "format": args.format,
        "level": args.level,
        "count": count,
        "from": args.first,
        "to": args.last,
        "encounter": args.encounter,
        "as": "file" if args.output else "stdout",
    }


def _entered(home: Home, mode: Mode, entry: Entry) -> int:
    """Write the entry, or leave it for the kiosk that has the log open; say it when neither could be done."""
    try:
        if not bootstrap.enter(home, mode, entry, SystemClock()):
            say("The kiosk is running; it will enter this export into the log.")
    except StoreUnusable as error:
        say(f"The log has no entry of this export. {error.what} Write on paper who got it, and when.")
        return Exit.FOUND
    return Exit.DONE
