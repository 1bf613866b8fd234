"""`kiosk assess`."""

from __future__ import annotations

from functools import partial
from typing import Any

import click

from kiosk.app.acts.records.assessment import planned
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.options import meaning_option, record_argument
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.values import OneOf
from kiosk.errors import Exit, UsageError
from kiosk.log.record_search import find_record
from kiosk.record.after_action.assessment import Assessor, Decision
from kiosk.record.people.roles import Right
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command(
    "NO is a record number, such as 2026-0001. The record does not change: an assessment is an entry of its own, and "
    "its note is none of the record's notes.\n\n"
    "Decisions: " + "; ".join(f"{one} ({one.words})" for one in Decision) + ".\n\n"
    "A privileged note is in no copy below the level full, and on no screen: `kiosk log show NO --privileged` shows it."
)
@record_argument
@click.option("--role", metavar="ROLE", type=OneOf(Assessor), required=True, help="role of the person who assesses it")
@click.option("--decision", metavar="DECISION", type=OneOf(Decision), help="decision about the record")
@click.option("--note", metavar="TEXT", help="note; every decision but complete needs one")
@click.option(
    "--privileged",
    metavar="yes|no",
    type=OneOf(("yes", "no")),
    help="whether the note is privileged (default: no; counsel must say it)",
)
@meaning_option
@pass_log
@needs(Right.REVIEW, gets_by=True)
def command(home: Home, mode: Mode, /, no: str, note: str | None, privileged: str | None, **typed: Any) -> int:
    """Enter the assessment. Raises Refused, UsageError or PrivateText."""
    assessor, texts = Assessor.of_id(typed["role"]) or Assessor.ADMINISTRATOR, typed["texts"]
    if note and privileged is None and assessor is Assessor.COUNSEL:
        raise UsageError("Only counsel can say whether this note is privileged.", "Add --privileged yes or no.")
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
    decision, secret = Decision.of_id(typed["decision"]), privileged == "yes"
    clock, by = SystemClock(), partial(texts.name, typed["by"])
    plan = planned(record, assessor, decision, note or "", texts, by, privileged=secret, at=clock.now())
    plan.enter(home, mode, clock, texts)
    output.data(plan.done)
    return Exit.DONE
