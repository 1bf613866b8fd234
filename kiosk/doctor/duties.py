"""Overdue duties of the district after closed records."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.doctor.check import Check, State, Subject
from kiosk.record.duties.open_duties import Log, open_duties
from kiosk.record.duty import DutyState
from kiosk.system.clock import Instant
from kiosk.worded import listed, many


def check_duties(log: Log, now: Instant) -> Iterator[Check]:
    """Yield a check for the duties that are overdue now, and the number of those that are open; none without any."""
    found = [(record.no, duty, duty.state(now)) for record in open_duties(log) for duty in record.duties]
    overdue = [f"{no} {duty.id} ({duty.owner})" for no, duty, state in found if state is DutyState.OVERDUE]
    if overdue:
        words = f"{many(len(overdue), 'duty is', 'duties are')} overdue: {listed(overdue)}."
        repair = "Run `kiosk duty list --overdue`, then `kiosk duty done NO DUTY` or `kiosk duty except NO DUTY`."
        yield Check(Subject.DUTIES, State.AMBER, words, repair)
    elif found:
        words = f"{many(len(found), 'duty is', 'duties are')} open, and none is overdue (`kiosk duty list`)."
        yield Check(Subject.DUTIES, State.GREEN, words)
