"""Records requests: which are overdue, and how many are open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

from kiosk.doctor.check import Check, State, Subject
from kiosk.log.acts.requests import all_requests
from kiosk.log.archive import open_history
from kiosk.settings import Home
from kiosk.worded import listed, many


def check_requests(home: Home, today: date) -> Iterator[Check]:
    """Yield a check that names the overdue requests, or the next deadline of an open one; none without open requests.

    A new log does not hide those of the log that it replaced. today: by this computer's clock. Raises StoreUnusable.
    """
    if not home.log("live").exists():
        return
    with closing(open_history(home, "live")) as log:
        pending = [one for one in all_requests(log) if one.closed is None]
    overdue = [f"{one.no} (due {one.deadline})" for one in pending if one.is_overdue(today)]
    if overdue:
        words = f"{many(len(overdue), 'records request is', 'records requests are')} overdue: {listed(overdue)}."
        repair = "Answer it, then enter that: `kiosk request give`, `extend` or `close`."
        yield Check(Subject.REQUESTS, State.AMBER, words, repair)
    elif pending:
        first = min(pending, key=lambda one: one.deadline)
        count = many(len(pending), "records request is", "records requests are")
        yield Check(Subject.REQUESTS, State.GREEN, f"{count} open; {first.no} is due on {first.deadline}.")
