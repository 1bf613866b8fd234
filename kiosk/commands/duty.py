"""`kiosk duty`: the duties of the district after a record was closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import click

from kiosk.app.acts.duties import ListedDuty, day_done, entered, listed_duties, record_of_duty, with_duties
from kiosk.commands.common import output
from kiosk.commands.common.command import Group, pass_log
from kiosk.commands.common.dates import day_of
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import json_option, meaning_option, reason_option, record_argument
from kiosk.commands.common.people import enter_view, needs
from kiosk.commands.common.prompts import arg_or_prompt
from kiosk.commands.common.records import district_options, reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import Whole
from kiosk.errors import Exit
from kiosk.log.archive import LogHistory
from kiosk.log.record_search import find_record
from kiosk.privacy.meanings import Meaning
from kiosk.record.duties import owing
from kiosk.record.duty import DutyState
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Entry
from kiosk.record.people.logins import Viewed
from kiosk.record.people.roles import Right
from kiosk.record.search_text import search_words
from kiosk.reports.formatting import due_words
from kiosk.settings import LONGEST, Home, Mode
from kiosk.system.clock import Instant, SystemClock

USUAL: Final = 50
_LIMIT: Final = Whole(1, 999_999_999)

command: Final = Group(
    {
        "list": "List the open duties, those of the last closed record first.",
        "assign": "Name the person who does a duty.",
        "done": "Record that a duty was done.",
        "except": "Record why a duty need not be done.",
    },
    help="What the district must do after a record was closed: the duties of its outcome in the protocol.",
)


@command.sub("list")
@click.option("--overdue", is_flag=True, help="only overdue duties")
@click.option("--owner", metavar="ROLE", help="only duties of this role")
@click.option("--search", metavar="WORDS", default="", help="words of a duty, its owner, its reason or its sources")
@click.option("--limit", metavar="N", type=_LIMIT, default=USUAL, help=f"maximum number of records (default: {USUAL})")
@click.option("--before", metavar="NO", help="only records closed before this one")
@json_option
@district_options
@pass_log
@needs(Right.LOOK)
def list_(
    home: Home,
    mode: Mode,
    overdue: bool,
    owner: str | None,
    search: str,
    limit: int,
    before: str | None,
    as_json: bool,
) -> int:
    """Print the open duties."""
    now = SystemClock().now()
    enter_view(home, Viewed.LIST)
    with reading(home, mode) as log:
        after = None if before is None else with_duties(find_record(log, before, mode)).id
        matching = _matching(log, now, after, owner=owner, overdue=overdue, words=search_words(search))
        found = list(islice(matching, limit + 1))
        of = log.names_of([one[0].record.id for one in found])
    rows = [row for one in found[:limit] for row in one]
    if as_json:
        output.json_data([_json(row) | _where(of, row) for row in rows])
    elif rows:
        heads = [name.upper() for name in _where(of, rows[0])]
        cells = ((*_where(of, row).values(), *_cells(row)) for row in rows)
        output.table([(*heads, "NUMBER", "DUTY", "OWNER", "DUE", "STATE", "TASK"), *cells])
    else:
        output.message("No open duty was found.")
    if len(found) > limit:
        last = rows[-1].record.no
        output.message(f"There are more than {limit}. --limit shows more; --before {last} shows older ones.")
    return Exit.DONE


def _matching(
    log: LogHistory, now: Instant, before: str | None, *, owner: str | None, overdue: bool, words: Sequence[str]
) -> Iterator[list[ListedDuty]]:
    """Yield the matching duties of each record that has any. before: the id of a record."""
    for rows in listed_duties(log, now, before):
        mine = [row for row in rows if owner in {None, row.duty.owner}]
        wanted = [row for row in mine if (not overdue or row.state is DutyState.OVERDUE) and row.has(words)]
        if wanted:
            yield wanted


def _where(of: Mapping[str, tuple[str, str]], row: ListedDuty) -> dict[str, str]:
    """Return the school and the desk of a duty, where they are of several desks."""
    return dict(zip(("school", "desk"), of.get(row.record.id, ()), strict=False))


def _cells(row: ListedDuty) -> tuple[str, ...]:
    owner = f"{row.duty.owner}: {row.duty.assigned}" if row.duty.assigned else row.duty.owner
    return row.record.no, row.duty.id, owner, due_words(row.duty), row.state.words, row.task


def _json(row: ListedDuty) -> dict[str, Any]:
    duty = row.duty
    return {
        "no": row.record.no,
        "duty": duty.id,
        "owner": duty.owner,
        "assigned": duty.assigned or None,
        "due": None if duty.due is None else duty.due.isoformat(),
        "state": row.state,
        "outcome": row.record.outcome,
        "do": row.task or None,
        "why": row.known.why.say(row.language) if row.known else None,
        "cite": list(row.known.cite) if row.known else [],
    }


@command.sub("assign", "A later name replaces an earlier one; the role that the protocol names stays its owner.")
@record_argument
@click.argument("duty", metavar="DUTY")
@click.option("--to", metavar="NAME", help="full name of the person; kept in the log")
@meaning_option
@pass_log
@needs(Right.DUTIES)
def assign(home: Home, mode: Mode, no: str, duty: str, to: str | None, by: str | None, texts: PromptedTexts) -> int:
    """Record the name. Raises Refused, UsageError or PrivateText."""
    record = _read(home, mode, no, duty)
    owing.assigned(record, duty, to="?", by="?")  # before anybody is asked for a name
    asked = arg_or_prompt(to, "--to", "Who does it (full name)")
    who = texts.checked("name", asked, LONGEST, Meaning.NAME)
    enter(home, mode, texts.kept(owing.assigned(record, duty, to=who, by=texts.name(by))))
    output.data(f"Entered into {record.no}: {duty} is assigned to {who}.")
    return Exit.DONE


@command.sub("done", "NO is a record number, and DUTY the name of a duty in `kiosk duty list`.")
@record_argument
@click.argument("duty", metavar="DUTY")
@click.option("--on", metavar="DAY", help="day when it was done (default: today)")
@click.option("--note", metavar="TEXT", help="how it was done; kept in the log")
@meaning_option
@pass_log
@needs(Right.DUTIES)
def done(
    home: Home, mode: Mode, no: str, duty: str, on: str | None, note: str | None, by: str | None, texts: PromptedTexts
) -> int:
    """Record that it was done. Raises Refused, UsageError or PrivateText."""
    record = _read(home, mode, no, duty)
    today = SystemClock().now().local().date()
    day = day_done(day_of(on) or today, record, today)
    words = texts.checked("note", note) if note else ""
    return _enter(home, mode, record, duty, owing.done(record, duty, on=day, by=texts.name(by), note=words), texts)


@command.sub("except", "Another entry (`kiosk duty done`) applies later, if the reason is gone.")
@record_argument
@click.argument("duty", metavar="DUTY")
@reason_option
@meaning_option
@pass_log
@needs(Right.DUTIES)
def except_(
    home: Home, mode: Mode, no: str, duty: str, reason: str | None, by: str | None, texts: PromptedTexts
) -> int:
    """Record the reason. Raises Refused, UsageError or PrivateText."""
    record = _read(home, mode, no, duty)
    words = texts.text(reason, "--reason", "Why it need not be done (kept in the log)")
    return _enter(home, mode, record, duty, owing.excepted(record, duty, reason=words, by=texts.name(by)), texts)


def _read(home: Home, mode: Mode, no: str, duty: str) -> EncounterRecord:
    """Return the record. Raises Refused if it can have no duty, UsageError if it has not this one."""
    with reading(home, mode) as log:
        return record_of_duty(log, no, duty, mode)


def _enter(
    home: Home, mode: Mode, record: EncounterRecord, duty: str, entries: tuple[Entry, ...], texts: PromptedTexts
) -> int:
    enter(home, mode, *map(texts.kept, entries))
    output.data(entered(record, duty))
    return Exit.DONE
