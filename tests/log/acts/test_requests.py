"""Records requests in the logs: what may be entered, and what is found also after the log was replaced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.app.bootstrap import append_entry
from kiosk.errors import Refused, ReplaceReason, UsageError
from kiosk.log.acts.requests import all_requests, cited, find_export, find_request
from kiosk.log.archive import LogHistory, open_history
from kiosk.log.intake.checks import require_enterable
from kiosk.log.replace import replace_log
from kiosk.privacy.guard import PrivateText
from kiosk.record.amendments import Ref
from kiosk.record.encounter_record import ref_of
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.requests.entries import changing, receiving
from kiosk.record.requests.records_request import Answer, Channel, Closed, Given, RecordsRequest, Scope
from kiosk.settings import Home
from kiosk.system.clock import FixedClock, SystemClock
from tests.homes import encounter

AT = FixedClock().now()
EXPORT = Entry(EntryKind.EXPORT_MADE, {"format": "csv", "level": "public", "count": 1}, actor=Actor.COMMAND)


def a_request(no: str = "R-2026-0001", **other: Any) -> RecordsRequest:
    """A request that came in November."""
    days = (date(2026, 11, 23), date(2026, 12, 1))
    made = RecordsRequest("", no, AT, "Robin Example", Channel.LETTER, *days, 4, Scope("All of March"), "Dana Ruiz")
    return replace(made, **other)


def closing_it(request: RecordsRequest, reason: str = "No such records") -> Entry:
    """The entry that answers it without a copy."""
    return changing(request, Closed(AT, Answer.ANSWERED, reason, "Dana Ruiz"))


@pytest.fixture
def home(home: Home) -> Home:
    """A home with a record, a request and an export, entries 0 to some."""
    encounter(home)
    append_entry(home, "live", SystemClock(), receiving(a_request()), EXPORT)
    return home


@pytest.fixture
def log(home: Home) -> Iterator[LogHistory]:
    """Its logs."""
    with closing(open_history(home, "live")) as log:
        yield log


def test_what_fits_the_state_of_a_request_may_be_entered(home: Home, log: LogHistory) -> None:
    """A second request, a copy, an end."""
    (request,) = all_requests(log)
    export = find_export(log, log.size() - 1)
    require_enterable(home, "live", [receiving(a_request("R-2026-0002"))])
    require_enterable(home, "live", [changing(request, Given(AT, ref_of(export), "Dana Ruiz")), closing_it(request)])


def test_two_at_once_do_not_both_win(home: Home, log: LogHistory) -> None:
    """Of two new requests with one number, and of two ends, the second is refused; also in one message."""
    (request,) = all_requests(log)
    for entries in (
        [receiving(a_request())],
        [receiving(a_request("R-2026-0002")), receiving(a_request("R-2026-0002"))],
        [closing_it(request), closing_it(request)],
    ):
        with pytest.raises(Refused):
            require_enterable(home, "live", entries)
    append_entry(home, "live", SystemClock(), closing_it(request))
    with pytest.raises(Refused):
        require_enterable(home, "live", [closing_it(request)])


def test_what_cites_nothing_is_refused(home: Home, log: LogHistory) -> None:
    """A request that is not there or has another number; an export that is another kind of entry, or nowhere."""
    (request,) = all_requests(log)
    first = next(log.logs[0].entries())
    for entry in (
        closing_it(replace(request, id="nobody's")),
        closing_it(replace(request, no="R-2026-0007")),
        changing(request, Given(AT, Ref(log.size() - 1, "nobody's"), "Dana Ruiz")),
        changing(request, Given(AT, Ref(first.seq, ""), "Dana Ruiz")),
    ):
        with pytest.raises(Refused):
            require_enterable(home, "live", [entry])


@pytest.mark.parametrize(
    "value",
    [{"requester": "SSN 123-45-6789"}, {"asked": "They are undocumented"}, {"by": "A1234567"}, {"more": "123-45-6789"}],
)
def test_private_text_is_refused_in_each_value(home: Home, value: dict[str, str]) -> None:
    """Also in one that nobody knows; a surname with two meanings passes as a name."""
    entry = receiving(a_request("R-2026-0002"))
    require_enterable(home, "live", [replace(entry, body={**entry.body, "requester": "Ms. Asylum"})])
    with pytest.raises(PrivateText):
        require_enterable(home, "live", [replace(entry, body={**entry.body, **value})])


def test_requests_and_exports_are_found_after_the_log_was_replaced(home: Home) -> None:
    """In their order; an entry number means the newest export with it."""
    with closing(open_history(home, "live")) as log:
        (request,), export = all_requests(log), find_export(log, log.size() - 1)
    replace_log(home, "live", SystemClock(), ReplaceReason.KEY_LOST, by="setup")
    require_enterable(home, "live", [changing(request, Given(AT, ref_of(export), "Dana Ruiz"))])
    append_entry(home, "live", SystemClock(), closing_it(request), receiving(a_request("R-2026-0002")))
    with closing(open_history(home, "live")) as log:
        assert [(one.no, one.closed is None) for one in all_requests(log)] == [
            ("R-2026-0001", False),
            ("R-2026-0002", True),
        ]
        assert find_request(log, " r-2026-0001 ").id == request.id
        found = cited(log, ref_of(export))
        assert found is not None
        assert (found[0], found[1].event_id) == (0, export.event_id)


@pytest.mark.parametrize("no", ["R-2026-0002", "2026-0001", "", "P-R-2026-0001"])
def test_another_number_is_no_request(log: LogHistory, no: str) -> None:
    """One of practice is looked for elsewhere."""
    with pytest.raises(UsageError) as wrong:
        find_request(log, no, "live")
    assert ("--practice" in wrong.value.repair) is no.startswith("P-")


@pytest.mark.parametrize("entry", [0, 3, 10**17])
def test_another_entry_is_no_export(log: LogHistory, entry: int) -> None:
    """Neither an answer nor a number that no entry has."""
    with pytest.raises(UsageError):
        find_export(log, entry)
