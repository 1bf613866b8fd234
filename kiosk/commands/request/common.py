"""A request by its number, in the log and in a line, for several commands."""

from __future__ import annotations

import click

from kiosk.commands.common.records import reading
from kiosk.log.acts.requests import find_request
from kiosk.record.requests.records_request import RecordsRequest
from kiosk.settings import Home, Mode
from kiosk.system.clock import SystemClock

number_argument = click.argument("no", metavar="NO")
NUMBER = "NO is the number of a records request, such as R-2026-0001."


def found(home: Home, mode: Mode, no: str) -> RecordsRequest:
    """Return the request with this number. Raises UsageError, StoreUnusable."""
    with reading(home, mode) as log:
        return find_request(log, no, mode)


def is_late(request: RecordsRequest) -> bool:
    """Check that a request is overdue today, by this computer's clock."""
    return request.is_overdue(SystemClock().now().local().date())
