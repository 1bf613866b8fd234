"""`kiosk log purge`: lets go what records told, when it is due, authorised and not on hold. The entries stay."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.output import out, say
from kiosk.commands.common.paths import home_of
from kiosk.commands.common.prompts import add_by, agreed, name_of
from kiosk.commands.common.records import find_record, mode_of, reading
from kiosk.commands.log.retention_state import all_read, due_records, enter_all, holds, made_since, of_ids, standings
from kiosk.errors import Exit, Refused, StoreUnusable, UsageError
from kiosk.log import destruction
from kiosk.log.archive import LogHistory
from kiosk.record.amending import words
from kiosk.record.retention import eligibility
from kiosk.record.retention.copies import holding
from kiosk.record.retention.eligibility import Standing, why_not
from kiosk.reports.destruction_preview import REPAIRS, preview, refused
from kiosk.settings import LONGEST, Home, Mode
from kiosk.system.clock import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for: in which log, by whom, under which authorisation (empty for none), on which day."""

    home: Home
    mode: Mode
    clock: Clock
    by: str
    authorisation: str
    today: date


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk log purge` takes."""
    parser.add_argument("no", metavar="NO", nargs="*", help="the records to let go")
    parser.add_argument("--due", action="store_true", help="instead: all that are due and not on hold")
    words_ = "the reference of the signed authorisation; in Connecticut the RC-075"
    parser.add_argument("--authorisation", metavar="REF", help=words_)
    parser.add_argument("--yes", action="store_true", help="don't ask")
    add_by(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Show what would go, ask, and let it go. Raises Refused, and every such refusal is an entry of the log."""
    if bool(args.no) == args.due:
        raise UsageError("Say which records.", "Give their numbers, or --due for all that are due.")
    asked = _asked(args)
    busy = _busy(asked)
    with reading(asked.home, practice=args.practice) as log:
        going = _chosen(args, asked, log)
        _require_allowed(asked, going)
        if busy is not None:
            raise StoreUnusable("Nothing was let go: the kiosk is running.", "Close it, then try again.") from busy
        if not going:
            say("Nothing is left to let go.")
            return Exit.DONE
        for line in _preview(asked, log, going):
            say(line)
    _require_agreed(args)
    return _let_go(asked, [stands.record.id for stands in going])


def _asked(args: argparse.Namespace) -> _Asked:
    clock, authorisation = SystemClock(), args.authorisation
    by = name_of(args)
    if authorisation is None and output.at_terminal():
        authorisation = output.ask("The reference of the signed authorisation (in Connecticut the RC-075)")
    reference = words("authorisation", authorisation, LONGEST) if authorisation and authorisation.strip() else ""
    today = clock.now().local().date()
    return _Asked(home_of(args), mode_of(practice=args.practice), clock, by, reference, today)


def _busy(asked: _Asked) -> StoreUnusable | None:
    """Take in what waits, holds perhaps, and finish what was cut off; the error while a kiosk has the log open."""
    try:
        with bootstrap.settled(asked.home, asked.mode, asked.clock):
            return None
    except StoreUnusable as error:
        if not bootstrap.is_in_use(error):
            raise
        return error


def _chosen(args: argparse.Namespace, asked: _Asked, log: LogHistory) -> list[Standing]:
    """The records that are meant and have values left; of those that are due, the held ones are told and left out."""
    if args.due:
        records = due_records(log, asked.today)
    else:
        records = [find_record(log, no, practice=args.practice) for no in dict.fromkeys(args.no)]
    stands = standings(log, records, holds(asked.home, asked.mode, asked.clock))
    for one in stands:
        if args.due and one.holds:
            say(refused(one, "on-hold", asked.today))
        elif not one.values:
            say(f"{one.record.no} was let go already.")
    return [one for one in stands if one.values and not (args.due and one.holds)]


def _require_allowed(asked: _Asked, going: Sequence[Standing]) -> None:
    """Raise Refused when one of them must stay; then none goes, and each that must stay has an entry that says so."""
    whole = all_read(asked.home, asked.mode)
    found = [(one, why_not(one, asked.today, asked.authorisation, all_read=whole)) for one in going]
    stay = [(one, why) for one, why in found if why is not None]
    if not stay:
        return
    entries = [eligibility.refusal(one, why, authorisation=asked.authorisation, by=asked.by) for one, why in stay]
    enter_all(asked.home, asked.mode, entries, asked.clock)
    what = " ".join(refused(one, why, asked.today) for one, why in stay)
    raise Refused(f"Nothing was let go. {what}", REPAIRS[stay[0][1]])


def _preview(asked: _Asked, log: LogHistory, going: Sequence[Standing]) -> list[str]:
    made = {(kept.event_id): kept for one in going for kept in holding(made_since(log, one.record), one.record)}
    copies = [str(copy) for copy in destruction.copies(asked.home, asked.mode)]
    return list(preview(going, made.values(), copies))


def _require_agreed(args: argparse.Namespace) -> None:
    if args.yes:
        return
    if not output.at_terminal():
        raise UsageError("Nothing was let go: nobody is here to ask.", "Add --yes when that is what you mean.")
    if not agreed("Let this go, for good?"):
        raise Refused("Nothing was let go.", "Run the command again when it says what you mean.")


def _let_go(asked: _Asked, ids: Sequence[str]) -> int:
    """Look once more with the log in hand, as a hold may have been placed since, and let go."""
    with bootstrap.settled(asked.home, asked.mode, asked.clock) as writer:
        with reading(asked.home, practice=asked.mode == "practice") as log:
            going = standings(log, of_ids(log, ids), holds(asked.home, asked.mode, asked.clock))
            _require_allowed(asked, going)
        entries = [eligibility.destruction(one, authorisation=asked.authorisation, by=asked.by) for one in going]
        clean = bootstrap.destroy(asked.home, asked.mode, writer, entries, asked.clock)
    for one in going:
        out(f"{one.record.no}: {len(one.values)} values were let go under {asked.authorisation}.")
    if clean:
        return Exit.DONE
    say("Another program reads the log, so a copy may still lie beside it. Close that one, and run this again.")
    return Exit.FOUND
