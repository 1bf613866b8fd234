"""Check of the previous logs: each can be read, and its tables, indexes and triggers are as they were made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from kiosk.doctor.check import Check, State, Subject
from kiosk.errors import StoreUnusable
from kiosk.log.archive import archived_files
from kiosk.log.log import open_at
from kiosk.settings import Home


def check_previous_logs(home: Home) -> Iterator[Check]:
    """Check the file of each previous live log; yield nothing for those that are intact."""
    for path in archived_files(home, "live"):
        try:
            with closing(open_at(path)) as log:
                log.require_schema()
        except StoreUnusable as error:
            yield Check(Subject.PREVIOUS_LOGS, State.AMBER, error.what, error.repair)
