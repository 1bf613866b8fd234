"""`kiosk log audit`."""

from __future__ import annotations

from itertools import islice
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import enter_view, needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.values import Whole
from kiosk.errors import Exit
from kiosk.log.audit import AFTER_ALL, AuditTrail
from kiosk.record.after_action.assessment import without_privileged
from kiosk.record.entries import LoggedEntry
from kiosk.record.people.logins import Viewed
from kiosk.record.people.roles import Right
from kiosk.record.search_text import says, search_words
from kiosk.reports.audit_trail import sentence
from kiosk.reports.formatting import moment, stamp
from kiosk.settings import Home, Mode
from kiosk.system.date_range import DateRange
from kiosk.worded import many

USUAL: Final = 50


@as_command(
    "They show when the kiosk was opened and closed, what was installed, exported, held or destroyed, and by whom."
)
@click.option("--search", metavar="WORDS", default="", help="words in the entry")
@click.option(
    "--limit",
    metavar="N",
    type=Whole(1, 999_999_999),
    default=USUAL,
    help=f"maximum number of entries (default: {USUAL})",
)
@click.option("--before", metavar="N", type=Whole(0, 10**18 - 1), help="only entries before this entry number")
@days_options
@json_option
@pass_log
@needs(Right.LOOK)
def command(
    home: Home,
    mode: Mode,
    search: str,
    limit: int,
    before: int | None,
    days: DateRange,
    as_json: bool,
) -> int:
    """Print the audit trail, newest first; return 1 if an entry in it was altered."""
    asked, trail = search_words(search), AuditTrail()
    enter_view(home, Viewed.AUDIT)
    with reading(home, mode) as log:
        entries = (one for one in trail.entries(log, AFTER_ALL if before is None else before) if days.holds(one.at))
        chosen = (one for one in entries if says(sentence(one), asked))
        found = list(islice(chosen, limit + 1))
        one_log = len(log.logs) == 1
    _print(without_privileged(found[:limit]), as_json=as_json)
    if len(found) > limit:
        # Numbers start again in each log, so only days can lead to previous logs.
        further = f"--before {found[limit - 1].seq}" if one_log else "--to DAY"
        output.message(f"There are more than {limit}. --limit shows more; {further} shows older ones.")
    if trail.altered:
        altered = many(trail.altered, "entry was altered and is", "entries were altered and are")
        output.message(f"{altered} left out. Run `kiosk log verify`.")
    return Exit.FOUND if trail.altered else Exit.DONE


def _print(found: list[LoggedEntry], *, as_json: bool) -> None:
    if as_json:
        output.json_data([_as_json(kept) for kept in found])
    elif found:
        output.table([("ENTRY", "WHEN", "WHAT HAPPENED"), *map(_row, found)])
    else:
        output.message("No entries were found.")


def _row(kept: LoggedEntry) -> tuple[str, str, str]:
    return str(kept.seq), moment(kept.at), sentence(kept)


def _as_json(kept: LoggedEntry) -> dict[str, object]:
    body = {name: value for name, value in kept.body.items() if name != "content"}  # the content of a pack
    at = stamp(kept.at, None)
    return {"entry": kept.seq, "at": at, "kind": kept.kind, "pack": kept.pack, "words": sentence(kept), "body": body}
