"""`kiosk log export`: encounters as a file for others; that it was made is an entry in the log."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from kiosk.app import bootstrap
from kiosk.commands.common.dates import Days, add_days, days_of
from kiosk.commands.common.output import out_bytes, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.record_search import entries_of
from kiosk.commands.common.records import find_record, mode_of, oldest_first, reading
from kiosk.commands.log import bundle
from kiosk.errors import Exit, KioskError, StoreUnusable, UsageError
from kiosk.log.log import LogOnDisk
from kiosk.packs.library import Library
from kiosk.protocol.model import Protocol
from kiosk.record import kinds as h
from kiosk.record.canonical import Json
from kiosk.record.disclosure.levels import LEVELS, Classes, Level, classes_in, redacted
from kiosk.record.entries import Entry, Kept
from kiosk.record.history import EncounterRecord, fold
from kiosk.record.id_changes import in_todays_ids
from kiosk.reports.exports.csv import sheet
from kiosk.reports.exports.html import Page
from kiosk.reports.exports.jsonl import line
from kiosk.reports.formatting import many, stamp
from kiosk.settings import Home, Mode, read_settings, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.files import save_file

_FORMATS: Final = ("jsonl", "csv", "html", "bundle")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log export` takes."""
    words = "jsonl for programs, csv for a spreadsheet, html to read, bundle for a copy that proves itself"
    parser.add_argument("--format", required=True, metavar="FORMAT", help=words)
    words = "how much it shows: full (the usual; everything), counsel, public or statistics"
    parser.add_argument("--level", default="full", metavar="LEVEL", help=words)
    parser.add_argument("--encounter", metavar="NO", help="only this encounter")
    add_days(parser)
    parser.add_argument("--for", dest="whom", metavar="NAME", default="", help="who gets it; it is kept in the log")
    words = "the file to write, stdout when left out; of a bundle the folder, or the file .zip, that is made"
    parser.add_argument("-o", "--output", metavar="PATH", help=words)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the export, and that it was made; 1 when that entry could not be written."""
    _require_known(args)
    days, home, mode = days_of(args), home_of(args), mode_of(practice=args.practice)
    with reading(home, practice=args.practice) as log:
        ids = _selected(log, args.encounter, days, practice=args.practice)
        shown = _Shown(log, LEVELS[args.level])
        if args.format == "bundle":
            code = _bundle(args, home, mode, shown, ids)
        else:
            code = _file(args, home, mode, _pieces(args, shown, ids, home), len(ids))
    say(f"{many(len(ids), 'encounter')} exported." + (f" They are in {args.output}." if args.output else ""))
    return code


def _require_known(args: argparse.Namespace) -> None:
    if args.format not in _FORMATS:
        known = ", ".join(_FORMATS)
        raise UsageError(f"There is no format “{args.format}”.", f"Choose one of: {known}.")
    if args.level not in LEVELS:
        raise UsageError(f"There is no level “{args.level}”.", f"Choose one of: {', '.join(LEVELS)}.")
    if args.format == "bundle" and not args.output:
        raise UsageError("A bundle is a folder, so it needs a place.", "Name one that is not there yet, with -o PATH.")


class _Shown:
    """What a log shows at a level."""

    def __init__(self, log: LogOnDisk, level: Level) -> None:
        self.log, self.level = log, level
        self.classes: Classes = classes_in(log)

    def records(self, ids: Sequence[str]) -> Iterator[EncounterRecord]:
        """These encounters, in this order."""
        return self.told(entries_of(self.log, ids))

    def told(self, encounters: Iterable[Iterable[Kept]]) -> Iterator[EncounterRecord]:
        """The records that these encounters' entries tell of."""
        return (fold(redacted(kept, self.level, self.classes) for kept in entries) for entries in encounters)


def _file(args: argparse.Namespace, home: Home, mode: Mode, pieces: Iterator[bytes], count: int) -> int:
    entry = Entry(h.EXPORTED, _body(args, count), actor="command")
    # To a file: written whole or not at all, so the entry follows. To a pipe: nobody knows how much of it was
    # read, so the entry goes first and may at worst tell of more than was taken.
    if args.output:
        save_file(typed_path(args.output), b"".join(pieces))
        return _entered(home, mode, entry)
    code = _entered(home, mode, entry)
    for piece in pieces:
        out_bytes(piece)
    return code


def _pieces(args: argparse.Namespace, shown: _Shown, ids: Sequence[str], home: Home) -> Iterator[bytes]:
    if args.format == "jsonl":
        return (f"{line(record)}\n".encode() for record in shown.records(ids))
    if args.format == "csv":
        return _csv(lambda: shown.records(ids), home)
    page = _page(args, shown, len(ids))
    return (piece.encode() for piece in page.pieces(entries_of(shown.log, ids)))


def _page(args: argparse.Namespace, shown: _Shown, count: int) -> Page:
    about = [
        ("Made", stamp(SystemClock().now(), None) or ""),
        ("Asked for", _asked(args)),
        ("Made for", args.whom or "not said"),
        ("Encounters", str(count)),
        ("Log", shown.log.origin),
    ]
    if args.format == "bundle":
        about.append(("How to check it", "VERIFY.txt, beside this file, says it"))
    return Page(shown.level, shown.classes, about)


def _bundle(args: argparse.Namespace, home: Home, mode: Mode, shown: _Shown, ids: Sequence[str]) -> int:
    signer = bundle.signer_for(home, mode, shown.log)
    wanted = bundle.Wanted(
        ids=ids,
        whole=_asked(args) == _EVERYTHING,
        page=_page(args, shown, len(ids)),
        asked=_asked(args),
        whom=args.whom,
        sheet=lambda still: _csv(lambda: shown.told(still.encounters(ids)), home),
    )
    digest = bundle.write(typed_path(args.output), shown.log, wanted, signer, SystemClock())
    return _entered(home, mode, Entry(h.EXPORTED, _body(args, len(ids)) | {"manifest": digest}, actor="command"))


_EVERYTHING: Final = "everything in the log"


def _asked(args: argparse.Namespace) -> str:
    """Which records were asked for, in words."""
    if args.encounter:
        return f"encounter {args.encounter.strip().upper()}"
    days = [f"{word} {day}" for word, day in (("from", args.first), ("to", args.last)) if day]
    return f"encounters opened {' '.join(days)}" if days else _EVERYTHING


def _selected(log: LogOnDisk, no: str | None, days: Days, *, practice: bool) -> list[str]:
    if no is not None:
        return [find_record(log, no, practice=practice).id]
    if days == Days(None, None):
        return [*log.encounter_ids(h.OPENED)]  # nothing has to be read to choose
    return [record.id for record in oldest_first(log) if days.hold(record.opened_at)]


def _csv(records: Callable[[], Iterator[EncounterRecord]], home: Home) -> Iterator[bytes]:
    protocol = _protocol(home)
    renamed = protocol.renamed if protocol else {}

    def today() -> Iterator[EncounterRecord]:
        # A sheet puts old and new records side by side: what was renamed since stands in one column.
        return (in_todays_ids(record, renamed) for record in records())

    return (piece.encode() for piece in sheet(today(), _field_ids(today(), protocol)))


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
        "path": str(typed_path(args.output, whole=True)) if args.output else None,
        "for": args.whom or None,
    }


def _entered(home: Home, mode: Mode, entry: Entry) -> int:
    """Write the entry, or leave it for the kiosk that has the log open; say it when neither could be done."""
    try:
        if not bootstrap.enter(home, mode, SystemClock(), entry):
            say("The kiosk is running; it will enter this export into the log.")
    except StoreUnusable as error:
        say(f"The log has no entry of this export. {error.what} Write on paper who got it, and when.")
        return Exit.FOUND
    return Exit.DONE
