"""`kiosk log receipt` and `kiosk log head`: what is handed to a witness outside, on paper or as a file."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.app import bootstrap
from kiosk.commands.common.output import out, out_bytes, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.records import find_record, mode_of, reading
from kiosk.desk.referral import matrix
from kiosk.errors import Exit, Refused, StoreUnusable
from kiosk.log import verify
from kiosk.log.archive import archived_files
from kiosk.record import kinds as h
from kiosk.record.entries import Entry, SealedEntry, unseal
from kiosk.record.transparency.checkpoint import Checkpoint, altered, tree_under
from kiosk.record.transparency.receipt import receipt_of
from kiosk.record.transparency.signed_note import verifier_key
from kiosk.reports.paper.outside_copy import CheckpointCopy, CodeCopy, checkpoint_sheet, code_sheet
from kiosk.reports.paper.sheet import Sheet, as_pdf, as_text
from kiosk.settings import Home, read_settings, typed_path
from kiosk.system.clock import Instant, SystemClock
from kiosk.system.files import save_file

if TYPE_CHECKING:
    from db.store import Reader, Row

OFFICE: Final = "the Superintendent's Office"
_CODE = partial(matrix, small=True)


def receipt_arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log receipt` takes."""
    parser.add_argument("no", metavar="NO", nargs="?", help="of the record with this number; left out: of the log now")
    _output(parser)
    parser.set_defaults(run=run_receipt)


def head_arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log head` takes."""
    parser.add_argument("--for", dest="who", metavar="NAME", default=OFFICE, help=f"who gets it; else {OFFICE}")
    _output(parser)
    parser.set_defaults(run=run_head)


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", help="write FILE; PDF when it ends in .pdf, else text")


def run_receipt(args: argparse.Namespace) -> int:
    """Print the receipt of a closed record, or of the log as it stands."""
    home = home_of(args)
    slip = _slip_of(home, args) if args.no else _newest(home, args)[0]
    _give(args, code_sheet(slip, _CODE))
    return Exit.DONE


def run_head(args: argparse.Namespace) -> int:
    """Print the signed head, and enter that it was made; 1 when that entry could not be written."""
    home, mode = home_of(args), mode_of(practice=args.practice)
    slip, note, origin = _newest(home, args)
    with verify.opened(home.log(mode)) as log:
        since = _last_head(log)
        counts = log.kinds(since[0] if since else 0)
        records = log.lists.count(h.CLOSED)
    head = CheckpointCopy(slip, args.who, origin, note, counts, since)
    _give(args, checkpoint_sheet(head, _CODE))
    entry = Entry(h.HEAD_ISSUED, {"for": args.who, "size": slip.receipt.size, "closed": records}, actor="command")
    try:
        if not bootstrap.enter(home, mode, SystemClock(), entry):
            say("The kiosk is running; it will enter this head into the log.")
    except StoreUnusable as error:
        say(f"The log has no entry of this head. {error.what} Write on paper who got it, and when.")
        return Exit.FOUND
    return Exit.DONE


def _give(args: argparse.Namespace, sheet: Sheet) -> None:
    if not args.output:
        out_bytes(as_text(sheet, lit=sys.stdout.isatty()).encode())
        return
    pdf = str(args.output).lower().endswith(".pdf")
    save_file(typed_path(args.output), as_pdf(sheet) if pdf else as_text(sheet).encode())
    out(f"It is in {args.output}.")


def _slip_of(home: Home, args: argparse.Namespace) -> CodeCopy:
    """The receipt of the state that was signed when a record was closed. Raises UsageError or Refused."""
    mode = mode_of(practice=args.practice)
    with reading(home, practice=args.practice) as chain:
        record = find_record(chain, args.no, practice=args.practice)
        closed = [kept for kept in map(unseal, chain.entries(record.id)) if kept.kind == h.CLOSED]
    if not closed:
        raise Refused(f"The record {record.no} is not closed yet.", "Its receipt is made when it is closed.")
    for path in (home.log(mode), *archived_files(home, mode)):
        with suppress(StoreUnusable), verify.opened(path) as log:
            root = log.root_at(closed[-1].seq + 1) if log.has(closed[-1].event_id) else None
            if root is not None:
                receipt = receipt_of(Checkpoint(log.origin, closed[-1].seq + 1, root))
                return CodeCopy(record.school, record.desk, args.practice, receipt, closed[-1].at, record.no)
    words = f"No signed state of the closing of {record.no} is kept here."
    raise Refused(words, "Take the receipt of the log as it stands now: `kiosk log receipt`.")


def _newest(home: Home, args: argparse.Namespace) -> tuple[CodeCopy, str, str]:
    """(the receipt of the log as it stands, the note, the origin). Raises StoreUnusable, Altered or Refused."""
    settings, mode = read_settings(home), mode_of(practice=args.practice)
    path = home.log(mode)
    if not path.exists():
        raise StoreUnusable(f"There is no {mode} log in {home.path} yet.", "It is made by the first encounter.")
    with verify.opened(path) as log:
        head = log.newest_checkpoint()
        if head is None:
            raise altered("its newest checkpoint was taken out")
        tree_under(head, verifier_key(log.log_vkey))
        receipt = receipt_of(Checkpoint(log.origin, head.size, head.root))
        slip = CodeCopy(settings.school, settings.desk, args.practice, receipt, SystemClock().now())
        return slip, head.note, log.origin


def _last_head(log: Reader) -> tuple[int, Instant] | None:
    """(size, when) of the newest head that the log says was issued."""
    for row in reversed(list(log.of_kind(h.HEAD_ISSUED))):
        with suppress(StoreUnusable):
            kept = unseal(_sealed(row))
            return int(kept.body.get("size", 0)), kept.at
    return None


def _sealed(row: Row) -> SealedEntry:
    return SealedEntry(row.seq, row.header, row.leaf, row.disclosures, row.sealed)
