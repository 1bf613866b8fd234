"""`kiosk log hold`: legal holds, which keep records even after their retention period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import Group, pass_log
from kiosk.commands.common.entries import enter_each
from kiosk.commands.common.options import json_option, meaning_option, reason_option, record_argument
from kiosk.commands.common.people import enter_view, needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.errors import Exit, Refused, UsageError
from kiosk.log.record_search import find_record, find_records
from kiosk.log.retention_state import holds as holds_in_force
from kiosk.record.holds import Hold, placing, releasing
from kiosk.record.people.logins import Viewed
from kiosk.record.people.roles import Right
from kiosk.reports.destruction_preview import hold_words
from kiosk.reports.formatting import stamp
from kiosk.settings import LONGEST, Home, Mode
from kiosk.worded import many

command: Final = Group(
    {
        "list": "List the legal holds in force.",
        "place": "Place a legal hold on records.",
        "release": "Release a legal hold on a record.",
    },
    help="A record on legal hold can't be destroyed, even when its retention period is over.",
)


@command.sub("list")
@json_option
@pass_log
@needs(Right.LOOK)
def list_(home: Home, mode: Mode, as_json: bool) -> int:
    """Print the holds in force."""
    enter_view(home, Viewed.LIST)
    with reading(home, mode):
        found = holds_in_force(home, mode)
    if as_json:
        names = ("no", "reason", "by", "matter", "meanings")
        output.json_data([{"at": stamp(x.at, None)} | {name: getattr(x, name) for name in names} for x in found])
        return Exit.DONE
    output.lines(f"{hold.no}  {hold_words(hold)}" for hold in found)
    if not found:
        output.message("No record is on hold.")
    return Exit.DONE


@command.sub("place", "NO is a record number, such as 2026-0001.")
@click.argument("numbers", metavar="NO...", nargs=-1, required=True)
@click.option("--matter", metavar="REF", default="", help="case or request that the hold is for")
@reason_option
@meaning_option
@pass_log
@needs(Right.HOLD)
def place(
    home: Home,
    mode: Mode,
    numbers: tuple[str, ...],
    matter: str,
    reason: str | None,
    by: str | None,
    texts: PromptedTexts,
) -> int:
    """Place a hold on each record."""
    with reading(home, mode) as log:
        records = find_records(log, numbers, mode)
    typed = {"reason": texts.text(reason, "--reason", "Reason why it must be kept"), "by": texts.name(by)}
    typed["matter"] = texts.checked("matter", matter, LONGEST) if matter else ""
    enter_each(home, mode, [texts.kept(placing(record.id, record.no, **typed)) for record in records])
    output.data(f"On hold: {', '.join(record.no for record in records)}.")
    return Exit.DONE


@command.sub("release", "The record stays on hold while another hold on it is in force.")
@record_argument
@click.option("--matter", metavar="REF", help="case of the hold, when the record has several")
@click.option("--all", "every", is_flag=True, help="every hold on the record")
@reason_option
@meaning_option
@pass_log
@needs(Right.HOLD)
def release(
    home: Home,
    mode: Mode,
    no: str,
    matter: str | None,
    every: bool,
    reason: str | None,
    by: str | None,
    texts: PromptedTexts,
) -> int:
    """Release the selected hold or holds."""
    if every and matter is not None:
        raise UsageError("A release is of one matter, or of every hold.", "Give --matter or --all, not both.")
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        holds = [hold for hold in holds_in_force(home, mode) if hold.encounter_id == record.id]
    selected = _selected(holds, record.no, matter, every=every)
    typed = {"reason": texts.text(reason, "--reason", "Reason why the hold ends"), "by": texts.name(by)}
    enter_each(home, mode, [texts.kept(releasing(hold, **typed)) for hold in selected])
    left = [hold for hold in holds if hold not in selected]
    rest = many(len(left), "stays", "stay") if left else "none is left"
    output.data(f"Released: {many(len(selected), 'hold')} on {record.no}; {rest}.")
    return Exit.DONE


def _selected(holds: Sequence[Hold], no: str, matter: str | None, *, every: bool) -> list[Hold]:
    """Return the holds to release. Raises Refused if there is none, UsageError if the selection is not clear."""
    if not holds:
        raise Refused(f"There is no hold on {no}.", "`kiosk log hold list` shows the holds.")
    if every or (len(holds) == 1 and matter is None):
        return [*holds]
    if matter is None:
        matters = ", ".join(sorted(f"“{hold.matter}”" for hold in holds))
        raise UsageError(
            f"There are {len(holds)} holds on {no}, for {matters}.",
            "Name one with --matter, or release every one with --all.",
        )
    selected = [hold for hold in holds if hold.matter == matter.strip()]
    if not selected:
        raise UsageError(f"No hold on {no} is for “{matter}”.", "`kiosk log hold list` shows the holds.")
    return selected
