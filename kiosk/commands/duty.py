"""`kiosk duty`: the duties of the district after a record was closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import Group, pass_log
from kiosk.commands.common.dates import day_of
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import json_option, meaning_option, reason_option, record_argument
from kiosk.commands.common.people import enter_view, needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import Whole
from kiosk.errors import Exit, Refused, UsageError
from kiosk.log.archive import LogHistory
from kiosk.log.record_search import find_record
from kiosk.protocol.model import Duty, Protocol
from kiosk.record.amend_targets import require_closed
from kiosk.record.duties import owing
from kiosk.record.duties.open_duties import OpenDuties, open_duties
from kiosk.record.duty import DutyState, RecordDuty
from kiosk.record.encounter_record import EncounterRecord
from kiosk.record.entries import Entry
from kiosk.record.people.logins import Viewed
from kiosk.record.people.roles import Right
from kiosk.reports.formatting import due_words
from kiosk.settings import Home, Mode
from kiosk.system.clock import Instant, SystemClock
from kiosk.worded import many

USUAL: Final = 50
_LIMIT: Final = Whole(1, 999_999_999)

command: Final = Group(
    {
        "list": "List the open duties, those of the last closed record first.",
        "done": "Record that a duty was done.",
        "except": "Record why a duty need not be done.",
    },
    help="What the district must do after a record was closed: the duties of its outcome in the protocol.",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """An open duty in the list. known: the duty in the protocol with which the record was closed, if the log has it."""

    record: OpenDuties
    duty: RecordDuty
    state: DutyState
    known: Duty | None
    language: str

    @property
    def task(self) -> str:
        """The text of the duty in the protocol's source language."""
        return self.known.do.say(self.language) if self.known else ""


@command.sub("list")
@click.option("--overdue", is_flag=True, help="only overdue duties")
@click.option("--owner", metavar="ROLE", help="only duties of this role")
@click.option("--limit", metavar="N", type=_LIMIT, default=USUAL, help=f"maximum number of records (default: {USUAL})")
@click.option("--before", metavar="NO", help="only records closed before this one")
@json_option
@pass_log
@needs(Right.LOOK)
def list_(
    home: Home, mode: Mode, overdue: bool, owner: str | None, limit: int, before: str | None, as_json: bool
) -> int:
    """Print the open duties."""
    now = SystemClock().now()
    enter_view(home, Viewed.LIST)
    with reading(home, mode) as log:
        after = None if before is None else _with_duties(find_record(log, before, mode)).id
        matching = _matching(log, now, after, owner=owner, overdue=overdue)
        found = list(islice(matching, limit + 1))
    rows = [row for one in found[:limit] for row in one]
    if as_json:
        output.json_data([_json(row) for row in rows])
    elif rows:
        output.table([("NUMBER", "DUTY", "OWNER", "DUE", "STATE", "TASK"), *map(_cells, rows)])
    else:
        output.message("No open duty was found.")
    if len(found) > limit:
        last = rows[-1].record.no
        output.message(f"There are more than {limit}. --limit shows more; --before {last} shows older ones.")
    return Exit.DONE


def _matching(
    log: LogHistory, now: Instant, before: str | None, *, owner: str | None, overdue: bool
) -> Iterator[list[_Row]]:
    """Yield the matching duties of each record that has any. before: the id of a record."""
    for record in open_duties(log, before):
        protocol = log.protocols(record.pack)
        rows = [_row(record, duty, duty.state(now), protocol) for duty in record.duties]
        wanted = [
            row for row in rows if owner in {None, row.duty.owner} and (not overdue or row.state is DutyState.OVERDUE)
        ]
        if wanted:
            yield wanted


def _row(record: OpenDuties, duty: RecordDuty, state: DutyState, protocol: Protocol | None) -> _Row:
    outcome = protocol.outcomes.get(record.outcome) if protocol else None
    known = next((one for one in outcome.duties if one.id == duty.id), None) if outcome else None
    return _Row(record, duty, state, known, protocol.source_language if protocol else "")


def _cells(row: _Row) -> tuple[str, ...]:
    return row.record.no, row.duty.id, row.duty.owner, due_words(row.duty), row.state.words, row.task


def _json(row: _Row) -> dict[str, Any]:
    duty = row.duty
    return {
        "no": row.record.no,
        "duty": duty.id,
        "owner": duty.owner,
        "due": None if duty.due is None else duty.due.isoformat(),
        "state": row.state,
        "outcome": row.record.outcome,
        "do": row.task or None,
        "why": row.known.why.say(row.language) if row.known else None,
        "cite": list(row.known.cite) if row.known else [],
    }


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
    day = _day(on, record)
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
        record = find_record(log, no, mode)
    require_closed(record)
    if record.destroyed is not None:
        raise Refused(f"The details of {record.no} were destroyed, and its duties with them.", "Nothing is left to do.")
    names = [one.id for one in _with_duties(record).duties]
    if duty not in names:
        raise UsageError(f"{record.no} has no duty “{duty}”.", f"Choose one of: {', '.join(names)}.")
    return record


def _with_duties(record: EncounterRecord) -> EncounterRecord:
    if not record.duties:
        raise UsageError(f"{record.no} has no duties.", "`kiosk duty list` lists the open duties.")
    return record


def _day(on: str | None, record: EncounterRecord) -> date:
    """Return the day when it was done. Raises UsageError for one before the encounter, or in the future."""
    today = SystemClock().now().local().date()
    day = day_of(on) or today
    opened = record.opened_at.local().date()
    if day > today:
        raise UsageError(f"{day} is in the future.", "Record it when it was done.")
    if day < opened:
        raise UsageError(f"{day} is before the record was opened ({opened}).", "Give the day when it was done.")
    return day


def _enter(
    home: Home, mode: Mode, record: EncounterRecord, duty: str, entries: tuple[Entry, ...], texts: PromptedTexts
) -> int:
    enter(home, mode, *map(texts.kept, entries))
    left = [one.id for one in record.duties if one.settled is None and one.id != duty]
    rest = f"{many(len(left), 'duty is', 'duties are')} open: {', '.join(left)}." if left else "No duty is open."
    output.data(f"Entered into {record.no}: {duty}. {rest}")
    return Exit.DONE
