"""The confirmation that a person read a record as a public copy shows it: `--reviewed`."""

from __future__ import annotations

from kiosk.commands.common import output
from kiosk.commands.common.people import enter_view
from kiosk.commands.common.records import reading
from kiosk.commands.log.amend.acts import Asked, Planned
from kiosk.log.record_search import entries_of, find_record
from kiosk.record.amend_targets import require_closed
from kiosk.record.disclosure.levels import Level
from kiosk.record.disclosure.review import reviewing
from kiosk.record.people.logins import Viewed
from kiosk.reports.export_request import classes_of_home
from kiosk.reports.formats import records_of
from kiosk.reports.formatting import with_meaning
from kiosk.reports.record import record_lines
from kiosk.settings import Home, Mode


def planned(home: Home, mode: Mode, no: str, asked: Asked) -> Planned:
    """Print the record as a public copy shows it; return the entry that a person read it. Raises Refused."""
    with reading(home, mode) as log:
        record = find_record(log, no, mode)
        require_closed(record)
        (entries,) = entries_of(log, [record.id])
        (public,) = records_of([entries], Level.PUBLIC, classes_of_home(log, home))
    enter_view(home, Viewed.RECORD, record.no)
    output.lines(record_lines(public))
    reason = asked.texts.text(asked.reason, "--reason", "Why it can leave, or what to withhold (kept in the log)")
    by = asked.texts.name(asked.by)
    return Planned(
        record.no,
        (reviewing(record, entries[-1], reason=reason, by=by),),
        (f"read before public copies, by {by}", f"reason: {with_meaning(reason, asked.texts.meaning(reason))}"),
        f"The review is in {record.no}.",
        question=f"Does {record.no} leave in public copies, as shown above?",
        otherwise=", so it stays out of public copies",
    )
