"""`kiosk log list`."""

from __future__ import annotations

from itertools import islice
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.dates import days_options
from kiosk.commands.common.options import json_option
from kiosk.commands.common.people import enter_view, needs
from kiosk.commands.common.records import district_options, reading, reads_district
from kiosk.commands.common.values import Whole
from kiosk.errors import Exit
from kiosk.log.record_search import newest_first
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.people.logins import Viewed
from kiosk.record.people.roles import Right
from kiosk.reports.exports import jsonl
from kiosk.reports.formatting import moment
from kiosk.reports.record import state
from kiosk.settings import Home, Mode
from kiosk.system.date_range import DateRange

USUAL: Final = 50
_DESK: Final = ("SCHOOL", "DESK")
LIMIT: Final = Whole(1, 999_999_999)


@as_command()
@click.option("--search", metavar="WORDS", default="", help="words in any fact, name, note, step or answer")
@click.option("--limit", metavar="N", type=LIMIT, default=USUAL, help=f"maximum number of records (default: {USUAL})")
@click.option("--before", metavar="NO", help="only records older than this record number")
@days_options
@json_option
@district_options
@pass_log
@needs(Right.LOOK)
def command(
    home: Home,
    mode: Mode,
    search: str,
    limit: int,
    before: str | None,
    days: DateRange,
    as_json: bool,
) -> int:
    """Print the records, newest first."""
    enter_view(home, Viewed.SEARCH if search else Viewed.LIST)
    with reading(home, mode) as log:
        records = list(islice(newest_first(log, search, days, before), limit + 1))
    more, records = len(records) > limit, records[:limit]
    if as_json:
        output.json_data([_brief(record) for record in records])
    elif records:
        heads = ("NUMBER", "OPENED", "STATE", "CHANNEL", "OUTCOME")
        of_many = reads_district()
        output.table(
            [(*_DESK, *heads), *((one.school, one.desk, *_row(one)) for one in records)]
            if of_many
            else [heads, *map(_row, records)]
        )
    else:
        output.message("No records were found.")
    if more and reads_district():
        output.message(f"There are more than {limit}: --limit shows more; --school, --from and --to show fewer.")
    elif more:
        output.message(f"There are more than {limit}. --limit shows more; --before {records[-1].no} shows older ones.")
    return Exit.DONE


def _row(record: EncounterRecord) -> tuple[str, ...]:
    return record.no, moment(record.opened_at), state(record), record.channel or "", record.outcome or ""


def _brief(record: EncounterRecord) -> dict[str, object]:
    names = ("no", "school", "desk", "mode", "opened_at", "closed_at", "outcome", "channel")
    full = jsonl.as_dict(record)
    return {name: full[name] for name in names} | {"state": record.state, "amendments": len(record.amendments)}
