"""`kiosk log retention destroy`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import click

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter_each
from kiosk.commands.common.options import by_option, records_argument
from kiosk.commands.common.prompts import confirm, name_for_log
from kiosk.commands.common.records import reading
from kiosk.errors import Exit, Refused, StoreUnusable, UsageError
from kiosk.log import destruction
from kiosk.log.archive import LogHistory
from kiosk.log.record_search import find_records
from kiosk.log.retention_state import (
    all_read,
    copies_made_since,
    eligible_records,
    holds,
    last_confirmed_day,
    records_of,
    statuses_of,
)
from kiosk.record.amend_targets import storable_text
from kiosk.record.entries import Entry
from kiosk.record.retention import eligibility
from kiosk.record.retention.copies import holding
from kiosk.record.retention.eligibility import RetentionStatus, why_not
from kiosk.reports.destruction_preview import preview, refused, repair
from kiosk.settings import LONGEST, Home, Mode
from kiosk.system.clock import Clock, SystemClock
from kiosk.worded import many


@dataclass(frozen=True, slots=True)
class _Asked:
    """The request. by: the person; authorization: the reference of the signed approval, empty for none.

    day: the last day that counts for retention; None while none is confirmed.
    """

    home: Home
    mode: Mode
    clock: Clock
    by: str
    authorization: str
    day: date | None = None


@as_command("Their entries stay. NO is a record number, such as 2026-0001; or give --eligible.")
@records_argument
@click.option("--eligible", is_flag=True, help="all records that are eligible and not on hold")
@click.option(
    "--authorization",
    "--authorisation",
    metavar="REF",
    help="reference of the signed approval (Connecticut: RC-075)",
)
@click.option("--yes", is_flag=True, help="consent without a question; for scripts")
@by_option
@pass_log
def command(
    home: Home,
    mode: Mode,
    numbers: tuple[str, ...],
    eligible: bool,
    authorization: str | None,
    yes: bool,
    by: str | None,
) -> int:
    """Preview the destruction, ask, and destroy the details. Raises Refused; the log records each refusal."""
    if bool(numbers) == eligible:
        raise UsageError("Name the records.", "Give their numbers, or --eligible for all that are eligible.")
    asked = _asked(home, mode, by, authorization)
    busy = _busy(asked)
    with reading(home, mode) as log:
        asked = replace(asked, day=last_confirmed_day(log, asked.clock))
        selected = _selected(asked, log, numbers)
        _require_allowed(asked, selected, lambda entries: enter_each(home, mode, entries))
        if busy is not None:
            raise StoreUnusable("Nothing was destroyed: the kiosk is open.", "Close it, then try again.") from busy
        if not selected:
            output.message("Nothing is left to destroy.")
            return Exit.DONE
        for line in _preview(asked, log, selected):
            output.message(line)
    _require_confirmed(yes=yes)
    return _destroy(asked, [status.record.id for status in selected])


def _asked(home: Home, mode: Mode, by: str | None, authorization: str | None) -> _Asked:
    clock, name = SystemClock(), name_for_log(by)
    if authorization is None and output.at_terminal():
        authorization = output.ask("Reference of the signed approval (Connecticut: RC-075)")
    reference = (
        storable_text("authorization", authorization, LONGEST) if authorization and authorization.strip() else ""
    )
    return _Asked(home, mode, clock, name, reference)


def _busy(asked: _Asked) -> StoreUnusable | None:
    """Finish interrupted work; return an error if a kiosk is open."""
    try:
        with bootstrap.settled(asked.home, asked.mode, asked.clock):
            return None
    except StoreUnusable as error:
        if not bootstrap.is_in_use(error):
            raise
        return error


def _selected(asked: _Asked, log: LogHistory, numbers: Sequence[str]) -> list[RetentionStatus]:
    """Return the selected records that still have details; without numbers, all eligible ones.

    Without numbers, records on hold are left out and named in a message.
    """
    records = find_records(log, numbers, asked.mode) if numbers else eligible_records(log, asked.day)
    statuses = statuses_of(log, records, holds(asked.home, asked.mode))
    for one in statuses:
        if one.holds and not numbers:
            output.message(refused(one, eligibility.KeptBecause.ON_HOLD, asked.day))
        elif not one.values:
            output.message(f"The details of {one.record.no} were destroyed before.")
    return [one for one in statuses if one.values and (numbers or not one.holds)]


def _require_allowed(
    asked: _Asked, selected: Sequence[RetentionStatus], record: Callable[[Sequence[Entry]], None]
) -> None:
    """Raise Refused if one record may not be destroyed. Then none is, and `record` records each refusal in the log."""
    readable = all_read(asked.home, asked.mode)
    found = [(one, why_not(one, asked.day, asked.authorization, all_read=readable)) for one in selected]
    refusals = [(one, why) for one, why in found if why is not None]
    if not refusals:
        return
    entries = [eligibility.refusal(one, why, authorization=asked.authorization, by=asked.by) for one, why in refusals]
    record(entries)
    what = " ".join(refused(one, why, asked.day) for one, why in refusals)
    raise Refused(f"Nothing was destroyed. {what}", repair(refusals[0][1]))


def _preview(asked: _Asked, log: LogHistory, selected: Sequence[RetentionStatus]) -> list[str]:
    found = (kept for one in selected for kept in holding(copies_made_since(log, one.record), one.record))
    made = {kept.event_id: kept for kept in found}  # each once, even when it holds several of the records
    copies = [str(copy) for copy in destruction.copies(asked.home, asked.mode)]
    return list(preview(selected, made.values(), copies))


def _require_confirmed(*, yes: bool) -> None:
    if yes:
        return
    if not output.at_terminal():
        raise UsageError("Destruction needs your consent, and nothing was destroyed.", "Use a terminal, or add --yes.")
    if not confirm("Destroy these details permanently?"):
        raise Refused("Nothing was destroyed.", "Run the command again to destroy them.")


def _destroy(asked: _Asked, ids: Sequence[str]) -> int:
    """Check again with the log locked, because a hold may have been placed since; then destroy the details."""
    with bootstrap.settled(asked.home, asked.mode, asked.clock) as writer:

        def record(refusals: Sequence[Entry]) -> None:
            bootstrap.append_to(writer, asked.home, asked.mode, asked.clock, *refusals)

        with reading(asked.home, asked.mode) as log:
            selected = statuses_of(log, records_of(log, ids), holds(asked.home, asked.mode))
            _require_allowed(asked, selected, record)
        entries = [eligibility.destruction(one, authorization=asked.authorization, by=asked.by) for one in selected]
        clean = bootstrap.destroy(asked.home, asked.mode, writer, entries, asked.clock)
    for one in selected:
        count = many(len(one.values), "value was", "values were")
        output.data(f"{one.record.no}: {count} destroyed under {asked.authorization}.")
    if clean:
        return Exit.DONE
    output.message("Another program has the log open, so a copy may remain. Close it, and run this again.")
    return Exit.FOUND
