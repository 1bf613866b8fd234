"""`kiosk log retention set`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_log
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import meaning_option
from kiosk.commands.common.people import needs
from kiosk.commands.common.records import reading
from kiosk.commands.common.texts import PromptedTexts
from kiosk.errors import Exit, UsageError
from kiosk.log.archive import newest_day
from kiosk.log.log import LogOnDisk
from kiosk.log.retention_state import of_kind
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.people.roles import Right
from kiosk.record.retention.schedule import ALL, RetentionRule, first_day, read_period, set_rule
from kiosk.reports.export_request import protocol_in_use
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock


@as_command(f"CATEGORY is the id of an outcome, for the records that ended so, or “{ALL}”.")
@click.argument("category", metavar="CATEGORY")
@click.option(
    "--period",
    metavar="TIME",
    required=True,
    help="retention period: “3 years” after a record was closed or last added to, “until 2035-06-30”, “permanent”",
)
@click.option("--authority", metavar="TEXT", help="schedule or decision that says so; kept in the log")
@meaning_option
@pass_log
@needs(Right.RETENTION)
def command(
    home: Home, mode: Mode, category: str, period: str, authority: str | None, by: str | None, texts: PromptedTexts
) -> int:
    """Set the retention period of a category."""
    parsed, category = read_period(period), category.strip()
    with reading(home, mode) as log:
        _require_known(category, home, log)
        day = first_day(SystemClock().now().local().date(), newest_day(home))
    decision = texts.text(authority, "--authority", "Schedule or decision")
    rule = RetentionRule(category, parsed, decision, texts.name(by), day)
    enter(home, mode, texts.kept(set_rule(rule)))
    which = "All records" if category == ALL else f"Records that ended as {category}"
    output.data(
        f"{which}: retention period {parsed}, from {day}. Nothing is destroyed by itself: see `kiosk log retention "
        f"eligible`."
    )
    return Exit.DONE


def _require_known(category: str, home: Home, log: LogOnDisk) -> None:
    """Raise UsageError for a category that no record has or can have."""
    protocol = protocol_in_use(home)
    known = {
        *(protocol.outcomes if protocol else ()),
        *(str(kept.body["outcome"]) for kept in of_kind(log, EntryKind.ENCOUNTER_CLOSED) if "outcome" in kept.body),
    }
    if category not in {ALL, *known}:
        raise UsageError(f"No record ends as “{category}”.", f"Choose {ALL}, or one of: {', '.join(sorted(known))}.")
